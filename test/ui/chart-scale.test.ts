import { describe, expect, it } from 'vitest';
import { chartScale, stepDecimals } from '../../src/ui/chart-scale.ts';

describe('chartScale', () => {
  it('has round bounds around the values', () => {
    expect(chartScale(38, 70, 2.8, 10)).toEqual({ low: 30, high: 70, step: 10 });
    expect(chartScale(14.1, 14.3, 1.2, 10)).toMatchObject({ low: 13.5, high: 15, step: 0.5 });
    expect(chartScale(-0.2, 0.1, 0.01, 10)).toMatchObject({ low: -0.2, high: 0.1 });
  });

  it('holds all values, for any of them', () => {
    for (let place = 1; place < 2_000; place += 1) {
      const low = Math.sin(place) * 10 ** (place % 7);
      const high = low + Math.abs(Math.cos(place)) * 10 ** (place % 5);
      const scale = chartScale(low, high, 0.5, 3 + (place % 30));
      expect(scale.low).toBeLessThanOrEqual(low + 1e-6);
      expect(scale.high).toBeGreaterThanOrEqual(high - 1e-6);
      expect(scale.high - scale.low).toBeGreaterThan(0);
      expect((scale.high - scale.low) / scale.step).toBeLessThan(40);
    }
  });

  it('gives its labels the digits that they need', () => {
    expect([100, 20, 1, 0.5, 0.2, 0.05].map(stepDecimals)).toEqual([0, 0, 0, 1, 1, 2]);
  });
});
