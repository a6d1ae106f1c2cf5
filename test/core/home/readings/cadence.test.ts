import { describe, expect, test } from 'vitest';
import { type Cadence, learnInterval, measureText, noCadence } from '../../../../src/core/home/readings/cadence.ts';
import { createRandom } from '../../../helpers/random/random.ts';

function learn(...intervals: readonly number[]): Cadence {
  return intervals.reduce(learnInterval, noCadence);
}

describe('a cadence', () => {
  test('is known from three intervals on', () => {
    expect(learn(5_000, 5_000).medianMs).toBeNull();
    expect(learn(5_000, 5_000, 5_000).medianMs).toBe(5_000);
  });

  test('is the middle one, or what lies between the two in the middle', () => {
    expect(learn(9_000, 1_000, 5_000).medianMs).toBe(5_000);
    expect(learn(9_000, 10_000, 1_000, 4_000).medianMs).toBe(6_500);
  });

  test('takes 250 ms for an interval, and anything shorter for a burst', () => {
    expect(learn(250, 250, 250)).toEqual({ intervals: [250, 250, 250], burst: 0, medianMs: 250 });
    expect(learn(249, 249, 249)).toEqual({ intervals: [], burst: 3, medianMs: null });
  });

  test('counts a burst from its beginning: an interval ends it', () => {
    expect(learn(100, 5_000, 100)).toEqual({ intervals: [5_000], burst: 1, medianMs: null });
  });

  test('takes more than 20 close arrivals in a row for a fast sensor', () => {
    const burst = new Array<number>(20).fill(100);
    expect(learn(...burst)).toEqual({ intervals: [], burst: 20, medianMs: null });
    expect(learn(...burst, 100, 100, 100)).toEqual({ intervals: [100, 100, 100], burst: 20, medianMs: 100 });
    expect(learn(...burst, 250).burst).toBe(0);
  });

  test('is the median of the last nine intervals, whatever they were', () => {
    const random = createRandom(9);
    for (let round = 0; round < 200; round += 1) {
      const intervals = Array.from({ length: 3 + random.below(15) }, () => 250 + random.below(100_000));
      const sorted = intervals.slice(-9).sort((left, right) => left - right);
      const middle = [sorted.at((sorted.length - 1) / 2), sorted.at(sorted.length / 2)] as [number, number];
      expect(learn(...intervals).medianMs).toBe((middle[0] + middle[1]) / 2);
    }
  });
});

test('the measure of a silence is what the house file says, then what was learned, then what is assumed', () => {
  expect(measureText(5_000, true, 90_000)).toBe('the house file lets it be silent for 90 s');
  expect(measureText(5_000, true, null)).toBe('a cadence of 5.0 s is assumed');
  expect(measureText(5_000, false, null)).toBe('its cadence is 5.0 s');
});
