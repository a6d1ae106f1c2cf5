import { expect, test } from 'vitest';
import { listeningLines, readingLine } from '../../../src/core/engine/lines.ts';
import type { Span } from '../../../src/core/history/spans.ts';

const T = 1_795_824_000;
const told = (heard: readonly Span[], minutes: number): readonly string[] =>
  listeningLines('Our house', heard, { from: T, until: T + 60 * minutes }).map(line => {
    const [, seconds, second] = /^hometui_listening,house=Our\\ house seconds=(\d+) (\d+)000000000\n$/.exec(line) ?? [];
    return `${(Number(second) - T) / 60}: ${seconds}`;
  });

test.each<[string, readonly (readonly [number, number])[], number, readonly string[]]>([
  ['nobody listened: the last minute says so', [], 3, ['2: 0']],
  ['somebody listened all the time', [[0, 180]], 3, ['0: 60', '1: 60', '2: 60']],
  ['in a part of a minute', [[30, 45]], 2, ['0: 15', '1: 0']],
  [
    'in several parts of one',
    [
      [0, 5],
      [50, 70],
    ],
    3,
    ['0: 15', '1: 10', '2: 0'],
  ],
  ['beyond the stretch', [[-60, 600]], 1, ['0: 60']],
  ['no stretch at all', [[0, 60]], 0, []],
])('%s', (_, heard, minutes, lines) => {
  expect(
    told(
      heard.map(([from, until]) => ({ from: T + from, until: T + until })),
      minutes,
    ),
  ).toEqual(lines);
});

test('a value is a line with its house, sensor, unit and time', () => {
  expect(readingLine('Home', { id: 'flow', unit: '°C' }, T, 54.3)).toBe(
    `hometui,house=Home,sensor=flow,unit=°C value=54.3 ${T}000000000\n`,
  );
});
