import type { Random } from './random.ts';
import { drift } from './relax.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A mild day in the heating season, in °C. */
const MEAN_OUTSIDE = 7;
/** Half the way between the coldest hour and the warmest, in K. */
const DAILY_SWING = 4;
/** The warmest time of a day is in the middle of the afternoon. */
const WARMEST_AT_MS = 15 * HOUR_MS;

/** Wind, clouds and showers pass within minutes: what makes the curves of a demo move. */
const PASSING_TIME_MS = 90_000;
const MAX_PASSING = 1.6;

/** What happens outside the house. */
export interface Weather {
  /** Milliseconds since midnight of the simulated day, in [0, 86 400 000). */
  readonly timeOfDayMs: number;
  /** How far clouds and wind have moved the temperature off the day's curve, in K, within ±1.6. */
  readonly passing: number;
}

/** The weather at a time of day, calm. */
export function createWeather(timeOfDayMs: number): Weather {
  return { timeOfDayMs: wrapDay(timeOfDayMs), passing: 0 };
}

/** The weather `dtMs` later. */
export function stepWeather(weather: Weather, dtMs: number, random: Random): Weather {
  const passing = drift(weather.passing, 0.6, PASSING_TIME_MS, dtMs, random);
  return {
    timeOfDayMs: wrapDay(weather.timeOfDayMs + dtMs),
    passing: Math.max(-MAX_PASSING, Math.min(MAX_PASSING, passing)),
  };
}

/** The temperature outside, in °C, within 1.4 to 12.6. */
export function outsideTemperature(weather: Weather): number {
  const turn = ((weather.timeOfDayMs - WARMEST_AT_MS) / DAY_MS) * 2 * Math.PI;
  return MEAN_OUTSIDE + DAILY_SWING * Math.cos(turn) + weather.passing;
}

function wrapDay(timeMs: number): number {
  return ((timeMs % DAY_MS) + DAY_MS) % DAY_MS;
}
