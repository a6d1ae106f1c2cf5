import { describe, expect, test } from 'vitest';
import { dewPoint } from '../../../../src/core/home/readings/derived.ts';
import { createRandom } from '../../../helpers/random/random.ts';

describe('the dew point', () => {
  test.each([
    [20, 50, 9.26],
    [25, 60, 16.69],
    [10, 30, -6.77],
  ])('at %d °C and %d %% is %d °C', (temperature, humidity, expected) => {
    expect(dewPoint(temperature, humidity)).toBeCloseTo(expected, 1);
  });

  test.each([
    [-45, 1],
    [60, 100],
    [0, 100],
    [20, 0.001],
  ])('is told at the ends of what the formula holds for: %d °C, %d %%', (temperature, humidity) => {
    expect(dewPoint(temperature, humidity)).not.toBeNull();
  });

  test.each([
    [-45.01, 50],
    [60.01, 50],
    [20, 0],
    [20, -1],
    [20, 100.01],
    [Number.NaN, 50],
    [20, Number.NaN],
  ])('is not told beyond them: %d °C, %d %%', (temperature, humidity) => {
    expect(dewPoint(temperature, humidity)).toBeNull();
  });

  test('is the temperature in saturated air, below it in any other, and rises with the humidity', () => {
    const random = createRandom(4);
    for (let round = 0; round < 500; round += 1) {
      const temperature = -45 + random.next() * 105;
      const humidity = 0.1 + random.next() * 99;
      const point = dewPoint(temperature, humidity) ?? Number.NaN;
      expect(dewPoint(temperature, 100)).toBeCloseTo(temperature, 9);
      expect(point).toBeLessThan(temperature);
      expect(dewPoint(temperature, humidity + 0.5)).toBeGreaterThan(point);
      // The other way round, by the pressure of saturated vapour in hPa.
      const pressure = (t: number): number => 6.112 * Math.exp((17.62 * t) / (243.12 + t));
      expect(pressure(point) / pressure(temperature)).toBeCloseTo(humidity / 100, 9);
    }
  });
});
