import { describe, expect, it } from 'vitest';
import {
  type Cellar,
  cellarHumidity,
  cellarTemperature,
  createCellar,
  stepCellar,
} from '../../../src/core/simulation/cellar-model.ts';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { createWeather, outsideTemperature, stepWeather } from '../../../src/core/simulation/weather.ts';

function run(start: Cellar, seconds: number, isFanOn: boolean): Cellar {
  const random = createRandom(1);
  let cellar = start;
  for (let second = 0; second < seconds; second += 1) {
    cellar = stepCellar(cellar, 1_000, { isFanOn, weather: createWeather(0) }, random);
  }
  return cellar;
}

describe('stepCellar', () => {
  it('gets drier and a little cooler with the fan, and damp again without it', () => {
    const aired = run(createCellar(), 300, true);
    expect(createCellar().humidity - aired.humidity).toBeGreaterThan(8);
    expect(aired.temperature).toBeLessThan(createCellar().temperature);
    const shut = run(aired, 300, false);
    expect(shut.humidity).toBeGreaterThan(aired.humidity);
  });

  it('stays within 8 to 18 °C and 45 to 90 % whatever the fan, the weather and the steps do', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = createRandom(seed);
      let cellar = createCellar();
      let weather = createWeather(random.between(0, 86_400_000));
      for (let step = 0; step < 500; step += 1) {
        const dtMs = random.between(0, 600_000);
        weather = stepWeather(weather, dtMs, random);
        cellar = stepCellar(cellar, dtMs, { isFanOn: random.next() < 0.5, weather }, random);
        expect(cellarTemperature(cellar)).toBeGreaterThan(8);
        expect(cellarTemperature(cellar)).toBeLessThan(18);
        expect(cellarHumidity(cellar)).toBeGreaterThan(45);
        expect(cellarHumidity(cellar)).toBeLessThan(90);
      }
    }
  });
});

describe('weather', () => {
  it('is warmest in the afternoon and coldest before dawn', () => {
    const at = (hour: number): number => outsideTemperature(createWeather(hour * 3_600_000));
    expect(at(15)).toBeGreaterThan(at(9));
    expect(at(9)).toBeGreaterThan(at(3));
  });

  it('goes round the clock and stays mild', () => {
    const random = createRandom(2);
    let weather = createWeather(-1);
    expect(weather.timeOfDayMs).toBe(86_399_999);
    for (let step = 0; step < 5_000; step += 1) {
      weather = stepWeather(weather, 60_000, random);
      expect(weather.timeOfDayMs).toBeGreaterThanOrEqual(0);
      expect(weather.timeOfDayMs).toBeLessThan(86_400_000);
      expect(outsideTemperature(weather)).toBeGreaterThan(1);
      expect(outsideTemperature(weather)).toBeLessThan(13);
    }
  });
});

it('is read with what doors and laundry do to it, three deviations at the most', () => {
  const cellar: Cellar = { temperature: 13, humidity: 70, temperatureStir: 2, humidityStir: -2 };
  expect(cellarTemperature(cellar)).toBeCloseTo(13.44, 9);
  expect(cellarHumidity(cellar)).toBeCloseTo(67.4, 9);
  const stirred = (normal: number) =>
    stepCellar(cellar, 1e9, { isFanOn: false, weather: createWeather(0) }, { normal: () => normal } as Random);
  expect([stirred(4).temperatureStir, stirred(-4).humidityStir, stirred(2).humidityStir]).toEqual([3, -3, 2]);
});
