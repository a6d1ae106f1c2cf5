import { describe, expect, it } from 'vitest';
import { chartScale, stepDecimals } from '../../src/ui/chart-scale.ts';

describe('chartScale', () => {
  it('has a round value every so many rows, and room for all values', () => {
    expect(chartScale(38, 70, 2.8, 10)).toEqual({ low: 30, high: 75, step: 10, rowsPerStep: 2 });
    expect(chartScale(14.1, 14.3, 1.2, 10)).toEqual({ low: 13.5, high: 15, step: 0.5, rowsPerStep: 3 });
    expect(chartScale(-0.2, 0.1, 0.01, 10)).toMatchObject({ low: -0.2, step: 0.1 });
  });

  it('holds all values, for any of them, with labels as far apart as its rows', () => {
    for (let place = 1; place < 2_000; place += 1) {
      const low = Math.sin(place) * 10 ** (place % 7);
      const high = low + Math.abs(Math.cos(place)) * 10 ** (place % 5);
      const rows = 3 + (place % 30);
      const scale = chartScale(low, high, 0.5, rows);
      expect(scale.low).toBeLessThanOrEqual(low + 1e-6);
      expect(scale.high).toBeGreaterThanOrEqual(high - 1e-6);
      expect(scale.rowsPerStep).toBeGreaterThanOrEqual(1);
      expect(scale.low + ((rows - 1) / scale.rowsPerStep) * scale.step).toBeCloseTo(scale.high, 4);
      expect(rows / scale.rowsPerStep).toBeLessThan(40);
      // A third of the rows at the least are for the values, or for the least span where they are nearly the same.
      const used = Math.max(high - low, 0.5) / (scale.high - scale.low);
      if (rows >= 7) expect(used, `${low} to ${high} in ${rows} rows`).toBeGreaterThan(0.33);
    }
  });

  it('stands still until a value is beyond it', () => {
    for (let place = 1; place < 500; place += 1) {
      const rows = 8 + (place % 30);
      let [low, high] = [Math.sin(place) * 50, Math.sin(place) * 50 + 3];
      let scale = chartScale(low, high, 0.5, rows);
      for (let step = 1; step < 60; step += 1) {
        if (Math.sin(place * step) > 0) high += Math.abs(Math.cos(step));
        else low -= Math.abs(Math.cos(step));
        const next = chartScale(low, high, 0.5, rows);
        if (low >= scale.low && high <= scale.high) expect(next, `${low} to ${high} in ${rows} rows`).toEqual(scale);
        scale = next;
      }
    }
  });

  it('gives its labels the digits that they need', () => {
    expect([100, 20, 1, 0.5, 0.2, 0.05].map(stepDecimals)).toEqual([0, 0, 0, 1, 1, 2]);
  });
});
