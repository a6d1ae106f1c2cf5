import { describe, expect, it } from 'vitest';
import { chartScale, chartSpan, stepDecimals } from '../../../src/ui/charts/chart-scale.ts';

describe('chartScale', () => {
  it('has a round value every so many rows, and room for all values', () => {
    expect(chartScale(38, 70, 10)).toEqual({ low: 30, high: 75, step: 10, rowsPerStep: 2 });
    expect(chartScale(14, 15, 10)).toEqual({ low: 14, high: 15.125, step: 0.5, rowsPerStep: 4 });
    expect(chartScale(-0.2, 0.1, 10)).toMatchObject({ low: -0.2, step: 0.1 });
  });

  it('holds all values, for any of them, with labels as far apart as its rows', () => {
    for (let place = 1; place < 2_000; place += 1) {
      const low = Math.sin(place) * 10 ** (place % 7);
      const high = low + 0.5 + Math.abs(Math.cos(place)) * 10 ** (place % 5);
      const rows = 3 + (place % 30);
      const scale = chartScale(low, high, rows);
      expect(scale.low).toBeLessThanOrEqual(low + 1e-6);
      expect(scale.high).toBeGreaterThanOrEqual(high - 1e-6);
      expect(scale.rowsPerStep).toBeGreaterThanOrEqual(1);
      expect(scale.low + ((rows - 1) / scale.rowsPerStep) * scale.step).toBeCloseTo(scale.high, 4);
      expect(rows / scale.rowsPerStep).toBeLessThan(40);
      // A third of the rows at the least are for the values.
      const used = (high - low) / (scale.high - scale.low);
      if (rows >= 7) expect(used, `${low} to ${high} in ${rows} rows`).toBeGreaterThan(0.33);
    }
  });

  it('gives its labels the digits that they need', () => {
    expect([100, 20, 1, 0.5, 0.2, 0.05].map(stepDecimals)).toEqual([0, 0, 0, 1, 1, 2]);
  });
});

describe('chartSpan', () => {
  const range = { min: 20, max: 90 };

  it('is a round one that holds all values, and no mountain range of noise', () => {
    expect(chartSpan(range, 38.2, 69.9)).toEqual({ from: 30, to: 70 });
    expect(chartSpan(range, 54.1, 54.3)).toEqual({ from: 54, to: 58 });
    expect(chartSpan({ min: 0, max: 30 }, 14.1, 14.3)).toEqual({ from: 14, to: 16 });
    for (let place = 1; place < 2_000; place += 1) {
      const lowest = Math.sin(place) * 10 ** (place % 8);
      const highest = lowest + Math.abs(Math.cos(place)) * 10 ** (place % 6);
      const { from, to } = chartSpan(range, lowest, highest);
      expect(from).toBeLessThanOrEqual(lowest);
      expect(to).toBeGreaterThanOrEqual(highest);
      if (highest - lowest > 2)
        expect((highest - lowest) / (to - from), `${lowest} to ${highest}`).toBeGreaterThan(0.29);
    }
  });

  it('grows in a few steps where a sensor begins to speak and swings', () => {
    for (let seed = 1; seed < 100; seed += 1) {
      const spans = new Set<string>();
      let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let step = 0; step < 300; step += 1) {
        const value = 50 + 20 * Math.sin(seed + step / (5 + (seed % 20))) + Math.sin(step * seed);
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
        spans.add(JSON.stringify(chartSpan(range, lowest, highest)));
      }
      expect(spans.size, [...spans].join(' ')).toBeLessThanOrEqual(12);
    }
  });

  it('ends for values that no chart can hold', () => {
    for (const [lowest, highest] of [
      [-1.7e308, 1.7e308],
      [1e300, 1e300],
      [0, 0],
      [5e-324, 1e-320],
    ] as const) {
      const { from, to } = chartSpan(range, lowest, highest);
      expect(from).toBeLessThanOrEqual(lowest);
      expect(to).toBeGreaterThanOrEqual(highest);
      expect(chartSpan({ min: -1.7e308, max: 1.7e308 }, lowest, highest).to).toBeGreaterThanOrEqual(highest);
    }
  });
});
