import { describe, expect, test } from 'vitest';
import { type Range, widenRange } from '../../../../src/core/home/readings/range.ts';
import { createRandom } from '../../../helpers/random/random.ts';

describe('widenRange', () => {
  test.each([
    [21.3, { min: 20, max: 40 }],
    [-4, { min: -4, max: -2 }],
    [0, { min: 0, max: 0.5 }],
    [1_013, { min: 1_000, max: 2_000 }],
  ])('begins about as wide as %d is great, with round ends', (value, range) => {
    expect(widenRange(null, value)).toEqual(range);
  });

  test('stays the same object while it holds what comes', () => {
    const range = { min: 20, max: 40 };
    expect(widenRange(range, 39.9)).toBe(range);
  });

  test('holds each value, in few steps, whatever comes', () => {
    const random = createRandom(30);
    for (let round = 0; round < 300; round += 1) {
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
    const range = widenRange(widenRange(null, value), -value);
    expect(range.min).toBeLessThan(range.max);
    expect(Number.isFinite(range.max - range.min) || range.max === Number.MAX_VALUE).toBe(true);
  });
});
