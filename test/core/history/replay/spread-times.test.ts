import { describe, expect, it } from 'vitest';
import { type KnownTime, spreadTimes } from '../../../../src/core/history/replay/spread-times.ts';

const free = (second: number): KnownTime => ({ second, exact: null, latest: Number.POSITIVE_INFINITY });
/** How far within their second values are put of which nothing else is known, ms. */
const within = (seconds: readonly number[]) =>
  spreadTimes(seconds.map(free)).map((time, place) => time - 1_000 * (seconds[place] ?? 0));

/** The steps between moments. */
const stepsOf = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((time, place) => time - (times[place] ?? 0));

describe('times of which the second was kept', () => {
  it.each([0.2, 0.7, 1, 2.5, 5.013, 60])(
    'are spread by a cadence of %f s, each in its second and in order',
    cadence => {
      const seconds = Array.from({ length: 200 }, (_, place) => Math.floor(1_000 + place * cadence));
      const times = spreadTimes(seconds.map(free));
      expect(times.map(time => Math.floor(time / 1_000))).toEqual(seconds);
      const steps = stepsOf(times).slice(20, -20);
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
      const sorted = [...steps].sort((one, other) => one - other);
      expect(Math.abs((sorted[Math.floor(sorted.length / 2)] ?? 0) - cadence * 1_000)).toBeLessThan(130);
    },
  );

  it('keep what is known of them, and do not reach over a step of their second', () => {
    const known = [free(10), { ...free(15), exact: 15_432 }, { ...free(20), latest: 20_050 }, free(25)];
    expect(spreadTimes(known)).toEqual([10_000, 15_432, 20_050, 25_050]);
    // A step that is older than its second does not pull a value out of it.
    expect(spreadTimes([{ ...free(10), latest: 9_000 }])).toEqual([10_000]);
    expect(spreadTimes([])).toEqual([]);
  });

  it('stay in their second to its last millisecond', () => {
    expect(spreadTimes([{ ...free(0), exact: 999 }, free(2), free(3), free(5)])).toEqual([999, 2_666, 3_999, 5_666]);
  });

  it('are spread by the eight intervals before and the eight behind them', () => {
    // Two seconds apart, but once three: the mean of sixteen is 2062.5 ms.
    const seconds = Array.from({ length: 60 }, (_, place) => 2 * place + (place > 20 ? 1 : 0));
    expect(within(seconds).slice(0, 40)).toEqual([
      ...Array.from({ length: 13 }, () => 0),
      ...[63, 126, 189, 252, 315, 378, 441, 504],
      ...[0, 63, 126, 189, 252, 315, 378, 441],
      ...Array.from({ length: 11 }, () => 441),
    ]);
  });

  it('have no silence among their intervals: none that is more than twice the one in the middle, and a second', () => {
    expect(within([0, 2, 4, 6, 8, 13, 15, 17, 19, 21]).slice(0, 5)).toEqual([0, 333, 666, 999, 999]);
    expect(within([0, 2, 4, 6, 8, 14, 16, 18, 20, 22])).toEqual(Array.from({ length: 10 }, () => 0));
    expect(within([1, 2, 3, 4, 500, 501, 502])).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(within([0, 60, 62, 64, 66])).toEqual([0, 0, 0, 0, 0]);
  });
});
