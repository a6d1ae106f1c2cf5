import { describe, expect, it } from 'vitest';
import { absoluteHumidity, coldestCorner, humidityAt } from '../../../src/core/heating/moist-air.ts';

describe('humid air', () => {
  it('holds so much water, by the Magnus formula', () => {
    expect(absoluteHumidity(0, 100)).toBeCloseTo(4.849, 3);
    expect(absoluteHumidity(20, 50)).toBeCloseTo(8.62, 2);
    expect(absoluteHumidity(20, 100)).toBeCloseTo(17.24, 2);
  });

  it('of 20 °C and 50 % has 80 % at a wall of 12.6 °C: the case of DIN 4108-2', () => {
    expect(humidityAt(12.6, 20, 50)).toBeCloseTo(80.1, 0);
    expect(humidityAt(20, 20, 50)).toBeCloseTo(50, 6);
  });

  it('has a corner that is colder by three tenths of the difference to outside', () => {
    expect(coldestCorner(20, -5)).toBeCloseTo(12.5, 6);
    expect(coldestCorner(20, 20)).toBe(20);
    // In summer the air inside is no warmer than the corner.
    expect(coldestCorner(20, 30)).toBe(20);
  });
});
