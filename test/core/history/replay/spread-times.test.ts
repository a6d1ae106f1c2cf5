import { describe, expect, it } from 'vitest';
import { spreadTimes } from '../../../../src/core/history/replay/spread-times.ts';

const free = () => ({ exact: null, latest: Number.POSITIVE_INFINITY });

/** The steps between moments. */
const stepsOf = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((time, place) => time - (times[place] ?? 0));

describe('times of which the second was kept', () => {
  it.each([0.2, 0.7, 1, 2.5, 5.013, 60])(
    'are spread by a cadence of %f s, each in its second and in order',
    cadence => {
      const seconds = Array.from({ length: 200 }, (_, place) => Math.floor(1_000 + place * cadence));
      const times = spreadTimes(seconds, free);
      expect(times.map(time => Math.floor(time / 1_000))).toEqual(seconds);
      const steps = stepsOf(times).slice(20, -20);
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
      const sorted = [...steps].sort((one, other) => one - other);
      expect(Math.abs((sorted[Math.floor(sorted.length / 2)] ?? 0) - cadence * 1_000)).toBeLessThan(130);
    },
  );

  it('keep what is known of them, and do not reach over a step of their second', () => {
    const known = [free(), { exact: 15_432, latest: Number.POSITIVE_INFINITY }, { exact: null, latest: 20_050 }];
    const times = spreadTimes([10, 15, 20], place => known[place] ?? free());
    expect(times).toEqual([10_000, 15_432, 20_050]);
  });

  it('begin anew behind a silence', () => {
    expect(spreadTimes([1, 2, 3, 4, 500, 501, 502], free)[4]).toBe(500_000);
  });
});
