import { describe, expect, test } from 'vitest';
import { hearLogEntry } from '../../../../src/core/home/broker-log/log-echo.ts';
import type { LogSource } from '../../../../src/core/home/state/broker.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import type { BrokerLogEntry } from '../../../../src/core/mosquitto/log/log-entry.ts';
import { NOON, runHouse } from '../../../helpers/house/house-run.ts';

const { state: empty } = runHouse();
const left = (clientId: string, at: number | null = null): BrokerLogEntry => ({
  kind: 'left',
  at,
  clientId,
  peer: null,
});

/** Hears lines one after the other, each `afterMs` after noon, and says of each whether it was an echo. */
function hearAll(...lines: readonly (readonly [entry: BrokerLogEntry, source: LogSource, afterMs: number])[]) {
  let state: HomeState = empty;
  const echoes = lines.map(([entry, source, afterMs]) => {
    const heard = hearLogEntry({ ...state, at: NOON + afterMs }, entry, source);
    ({ state } = heard);
    return heard.isEcho;
  });
  return { echoes, remembered: state.recentLog.length };
}

describe('a line that comes by two ways', () => {
  test.each<[string, readonly (readonly [BrokerLogEntry, LogSource, number])[], boolean]>([
    [
      'at once',
      [
        [left('a'), 'file', 0],
        [left('a'), 'topic', 0],
      ],
      true,
    ],
    [
      'with another stamp',
      [
        [left('a', 1_000), 'file', 0],
        [left('a', 2_000), 'topic', 0],
      ],
      true,
    ],
    [
      'at the end of ten seconds',
      [
        [left('a'), 'file', 0],
        [left('a'), 'topic', 10_000],
      ],
      true,
    ],
    [
      'later than that',
      [
        [left('a'), 'file', 0],
        [left('a'), 'topic', 10_001],
      ],
      false,
    ],
    [
      'by the same way',
      [
        [left('a'), 'file', 0],
        [left('a'), 'file', 1],
      ],
      false,
    ],
    [
      'about another client',
      [
        [left('a'), 'file', 0],
        [left('b'), 'topic', 1],
      ],
      false,
    ],
  ])('%s', (_, lines, isEcho) => {
    expect(hearAll(...lines).echoes).toEqual([false, isEcho]);
  });

  test('is the echo of one line, and not of the next one like it', () => {
    const { echoes } = hearAll([left('a'), 'file', 0], [left('a'), 'topic', 1], [left('a'), 'topic', 2]);
    expect(echoes).toEqual([false, true, false]);
  });

  test('is forgotten with its echo, by time, and where more than 64 others came since', () => {
    expect(hearAll([left('a'), 'file', 0], [left('a'), 'topic', 1]).remembered).toBe(0);
    expect(hearAll([left('a'), 'file', 0], [left('b'), 'file', 10_001]).remembered).toBe(1);
    const others = (count: number) =>
      Array.from({ length: count }, (_, index) => [left(`c${index}`), 'file', 1] as const);
    expect(hearAll([left('a'), 'file', 0], ...others(63), [left('a'), 'topic', 2]).echoes.at(-1)).toBe(true);
    const late = hearAll([left('a'), 'file', 0], ...others(64), [left('a'), 'topic', 2]);
    expect([late.echoes.at(-1), late.remembered]).toEqual([false, 64]);
  });
});
