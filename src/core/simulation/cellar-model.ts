import type { Random } from './random.ts';
import { drift, relax } from './relax.ts';
import { outsideTemperature, type Weather } from './weather.ts';

/** The ground keeps a cellar near this, in °C. */
const GROUND = 13.6;
/** How much of the weather comes through walls and window, as a share of the difference to the ground. */
const WEATHER_SHARE = 0.12;
/** The fan brings air from outside: a larger share. */
const FAN_WEATHER_SHARE = 0.3;
const TEMPERATURE_LAG_MS = 240_000;

/** Damp walls keep the air near this, in % relative humidity, and win it back slowly. */
const DAMP = 72;
const DAMP_LAG_MS = 400_000;
/** Cold air from outside, warmed up in the cellar, is dry: where a long run of the fan leads. */
const AIRED = 54;
const AIRED_LAG_MS = 150_000;

/** Doors, laundry, draughts: what makes the curves of a demo move. */
const TEMPERATURE_SPREAD = 0.22;
const HUMIDITY_SPREAD = 1.3;
const STIR_TIME_MS = 50_000;
const MAX_STIR = 3;

/** The air of the cellar. */
export interface Cellar {
  /** Of the air without the short stirs, in °C. */
  readonly temperature: number;
  /** Of the air without the short stirs, in % relative humidity. */
  readonly humidity: number;
  /** The short stirs, in standard deviations, within ±3. */
  readonly temperatureStir: number;
  readonly humidityStir: number;
}

/** What moves it from outside. */
export interface CellarInputs {
  readonly isFanOn: boolean;
  readonly weather: Weather;
}

/** A damp cellar on an autumn day. */
export function createCellar(): Cellar {
  return { temperature: 13.4, humidity: 71, temperatureStir: 0, humidityStir: 0 };
}

/** The air `dtMs` later. */
export function stepCellar(cellar: Cellar, dtMs: number, inputs: CellarInputs, random: Random): Cellar {
  const outside = outsideTemperature(inputs.weather);
  const share = inputs.isFanOn ? FAN_WEATHER_SHARE : WEATHER_SHARE;
  const humidityGoal = inputs.isFanOn ? AIRED : DAMP;
  const humidityLagMs = inputs.isFanOn ? AIRED_LAG_MS : DAMP_LAG_MS;
  return {
    temperature: relax(cellar.temperature, GROUND + share * (outside - GROUND), TEMPERATURE_LAG_MS, dtMs),
    humidity: relax(cellar.humidity, humidityGoal, humidityLagMs, dtMs),
    temperatureStir: stir(cellar.temperatureStir, dtMs, random),
    humidityStir: stir(cellar.humidityStir, dtMs, random),
  };
}

/** What a thermometer without faults would read, in °C, within 9 to 15. */
export function cellarTemperature(cellar: Cellar): number {
  return cellar.temperature + TEMPERATURE_SPREAD * cellar.temperatureStir;
}

/** What a hygrometer without faults would read, in % relative humidity, within 48 to 78. */
export function cellarHumidity(cellar: Cellar): number {
  return cellar.humidity + HUMIDITY_SPREAD * cellar.humidityStir;
}

function stir(value: number, dtMs: number, random: Random): number {
  return Math.max(-MAX_STIR, Math.min(MAX_STIR, drift(value, 1, STIR_TIME_MS, dtMs, random)));
}
