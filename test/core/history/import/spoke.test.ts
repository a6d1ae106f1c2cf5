import { expect, test } from 'vitest';
import { spokeIn } from '../../../../src/core/history/import/spoke.ts';

const at = (...seconds: readonly number[]): readonly number[] => seconds.flatMap(second => [second, 1]);

test.each<[string, readonly number[], number | null, readonly (readonly [number, number])[]]>([
  ['nothing', at(), null, []],
  ['one value', at(100), null, []],
  ['a steady series is heard all the time', at(0, 10, 20, 30), null, [[0, 30]]],
  ['from the value before it on', at(10, 20), 0, [[0, 20]]],
  ['up to two missed values', at(0, 10, 20, 49), null, [[0, 49]]],
  [
    'a third one that is missed is a gap',
    at(0, 10, 20, 50, 60),
    null,
    [
      [0, 20],
      [50, 60],
    ],
  ],
  ['values of one second beside others', at(0, 0, 0, 0, 10, 20), null, [[0, 20]]],
  ['a value before them that was long ago', at(100, 110, 120), 0, [[100, 120]]],
  ['values of one second say nothing of a cadence', at(5, 5, 5), null, []],
])('%s', (_, readings, before, spans) => {
  expect(spokeIn(readings, before)).toEqual(spans.map(([from, until]) => ({ from, until })));
});
