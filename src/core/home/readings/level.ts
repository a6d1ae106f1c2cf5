import type { SensorConfig } from '../../house/schema.ts';

/** How good or bad a value is; the words are the contract's. */
export type Level = 'ok' | 'warning' | 'critical';

/** The levels from the best to the worst. */
export const LEVELS: readonly Level[] = ['ok', 'warning', 'critical'];

/** The level of a value by the limits of its sensor: beyond a limit, not on it. */
export function levelOf(sensor: SensorConfig, value: number): Level {
  if (isBeyond(sensor.critical, value)) return 'critical';
  return isBeyond(sensor.warning, value) ? 'warning' : 'ok';
}

/** The gravest limit that a value is beyond, in the unit of its sensor; `null` where it is beyond none. */
export function limitBeyond(
  sensor: SensorConfig,
  value: number,
): { readonly side: 'above' | 'below'; readonly limit: number } | null {
  for (const limits of [sensor.critical, sensor.warning]) {
    if (limits?.high !== undefined && value > limits.high) return { side: 'above', limit: limits.high };
    if (limits?.low !== undefined && value < limits.low) return { side: 'below', limit: limits.low };
  }
  return null;
}

/** The same in words: `above 80`. */
export function limitText(sensor: SensorConfig, value: number): string | null {
  const beyond = limitBeyond(sensor, value);
  return beyond === null ? null : `${beyond.side} ${beyond.limit}`;
}

/** The worse of two levels. */
export function worseLevel(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) >= LEVELS.indexOf(other) ? one : other;
}

function isBeyond(limits: SensorConfig['warning'], value: number): boolean {
  if (limits === undefined) return false;
  return (limits.high !== undefined && value > limits.high) || (limits.low !== undefined && value < limits.low);
}
