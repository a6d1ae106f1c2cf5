import { describe, expect, test } from 'vitest';
import { type Range, rangeOf, widenRange } from '../../../../src/core/home/readings/range.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

describe('widenRange', () => {
  test.each([
    [21.3, { min: 20, max: 40 }],
    [-4, { min: -4, max: -2 }],
    [0, { min: 0, max: 0.5 }],
    [1_013, { min: 1_000, max: 2_000 }],
  ])('begins about as wide as %d is great, with round ends', (value, range) => {
    expect(widenRange(null, value)).toEqual(range);
  });

  test.each([20, 39.9, 40])('stays the same object while it holds what comes: %d', value => {
    const range = { min: 20, max: 40 };
    expect(widenRange(range, value)).toBe(range);
  });

  test.each([
    [40.1, { min: 20, max: 60 }],
    [19.9, { min: 0, max: 40 }],
    [100, { min: 0, max: 100 }],
    [-1, { min: -50, max: 50 }],
  ])('grows for %d by steps of half of what it then spans', (value, range) => {
    expect(widenRange({ min: 20, max: 40 }, value)).toEqual(range);
  });

  test.each([
    [0.1, { min: 0.1, max: 0.15 }],
    [0.3, { min: 0.2, max: 0.4 }],
    [1, { min: 1, max: 1.5 }],
    [2, { min: 2, max: 3 }],
    [4, { min: 4, max: 6 }],
    [10, { min: 10, max: 15 }],
    [11, { min: 10, max: 20 }],
  ])('takes the next of 1, 2, 5 and 10 for its step, itself if it is one: %d', (value, range) => {
    expect(widenRange(null, value)).toEqual(range);
  });

  test('holds each value, in few steps, whatever comes', () => {
    const random = createRandom(30);
    for (let round = 0; round < rounds(300); round += 1) {
      const scale = 10 ** (random.below(40) - 20);
      let range: Range | null = null;
      let steps = 0;
      for (let count = 0; count < 200; count += 1) {
        const value = (random.next() - 0.3) * scale * (count / 50 + 1);
        const next = widenRange(range, value);
        expect(
          next.min < next.max && next.min <= value && value <= next.max,
          `${value} in ${JSON.stringify(next)}`,
        ).toBe(true);
        if (next !== range) steps += 1;
        range = next;
      }
      expect(steps).toBeLessThan(16);
    }
  });

  test.each([1.7e308, -1.7e308, 5e-324, Number.MAX_VALUE])('has ends for %d', value => {
    const first = widenRange(null, value);
    for (const range of [first, widenRange(first, -value)]) {
      expect(range.min).toBeLessThan(range.max);
      expect([range.min, range.max].every(Number.isFinite)).toBe(true);
    }
  });
});

test("the scale of a sensor is the house file's, then the learned one, then 0 to 1", () => {
  const sensor = { label: 'Flow', topic: 'heating/flow', unit: '°C' };
  const learnedRange = { min: 20, max: 40 };
  expect(rangeOf({ ...sensor, range: { min: 0, max: 90 } }, { learnedRange })).toEqual({ min: 0, max: 90 });
  expect(rangeOf(sensor, { learnedRange })).toBe(learnedRange);
  expect(rangeOf(sensor, { learnedRange: null })).toEqual({ min: 0, max: 1 });
  expect(rangeOf(sensor, undefined)).toEqual({ min: 0, max: 1 });
});
