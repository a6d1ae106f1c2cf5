import { expect, it } from 'vitest';
import { countRaise, endFlood, type FloodWatch, noFlood } from '../../../src/core/alarms/flood.ts';

const raise = (number: number, at: number) => ({
  at,
  alarm: { id: `a${number}`, label: `A${number}`, priority: 'note' as const },
});
const after = (times: readonly number[]): FloodWatch =>
  times.reduce((watch, at, number) => countRaise(watch, raise(number, at)), noFlood);

it('more than ten alarms within ten minutes are a flood, which knows the first one', () => {
  const ten = Array.from({ length: 10 }, (_, number) => number * 1_000);
  expect(after(ten).flood).toBeNull();
  expect(after([...ten, 599_999]).flood).toEqual({ sinceAt: 0, count: 11, firstId: 'a0' });
  // The first one is ten minutes past.
  expect(after([...ten, 600_000])).toMatchObject({ flood: null, raises: { length: 10 } });
  expect(after([...ten, 600_000, 600_001]).flood).toMatchObject({ firstId: 'a1', sinceAt: 1_000, count: 11 });
  expect(after([...ten, 20_000, 30_000]).flood).toEqual({ sinceAt: 0, count: 12, firstId: 'a0' });
});

it('a flood is over when fewer than five are left of ten minutes', () => {
  const flood = after(Array.from({ length: 11 }, (_, number) => number * 1_000));
  expect(endFlood(flood, 605_999)).toBe(flood);
  // Those of 7, 8, 9 and 10 s are left.
  expect(endFlood(flood, 606_000)).toMatchObject({ flood: null, raises: { length: 4 } });
  expect(endFlood(noFlood, 606_000)).toBe(noFlood);
});
