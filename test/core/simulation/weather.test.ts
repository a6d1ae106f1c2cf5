import { describe, expect, it } from 'vitest';
import type { Random } from '../../../src/core/simulation/random.ts';
import { createWeather, outsideTemperature, stepWeather } from '../../../src/core/simulation/weather.ts';

const HOUR = 3_600_000;
const always = (normal: number) => ({ normal: () => normal }) as Random;

describe('the weather', () => {
  it.each([
    [15, 0, 11],
    [3, 0, 3],
    [9, 0, 7],
    [21, 0, 7],
    [15, 1.5, 12.5],
  ])('at %d h with %d K of clouds and wind is %d °C', (hours, passing, temperature) => {
    expect(outsideTemperature({ ...createWeather(hours * HOUR), passing })).toBeCloseTo(temperature, 9);
  });

  it('goes on through the day, and begins it anew', () => {
    expect(stepWeather(createWeather(0), 1_000, always(0)).timeOfDayMs).toBe(1_000);
    expect(stepWeather(createWeather(24 * HOUR - 1), 2, always(0)).timeOfDayMs).toBe(1);
    expect(createWeather(-HOUR).timeOfDayMs).toBe(23 * HOUR);
  });

  it('is moved by clouds no further than 1.6 K', () => {
    const passing = (normal: number) => stepWeather(createWeather(0), 100 * HOUR, always(normal)).passing;
    expect([passing(4), passing(-4), passing(1)]).toEqual([1.6, -1.6, 0.6]);
  });
});
