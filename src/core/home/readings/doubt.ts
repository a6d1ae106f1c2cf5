import { formatDuration } from '../../duration.ts';
import type { SensorConfig } from '../../house/schema.ts';
import { isSameUnit } from '../../unit.ts';
import { formatValue } from './value-text.ts';

/** What a value is held against. */
export interface KnownBefore {
  /** The last good value; `null` where there is none. */
  readonly value: number | null;
  /** How long ago it was said, ms; `null` where that is not known. */
  readonly ageMs: number | null;
  /** What was said since and was a failed sensor's; `null` where nothing was. */
  readonly doubted: number | null;
  /** Whether a jump is held since, that waits for this value. */
  readonly hasHeld: boolean;
  /** Whether its device may have started anew since: it was silent for too long, or said to be gone. */
  readonly mayHaveRestarted: () => boolean;
}

/** The roles of sensors whose temperature is that of water, air or a wall of a house. */
const TEMPERATURES: ReadonlySet<string> = new Set(['flow', 'return', 'room', 'cellar', 'outside', 'wall']);
/** Those that a DHT may measure: that of the air. */
const AIRS: ReadonlySet<string> = new Set(['room', 'cellar', 'outside']);

/** Maxim DS18B20, data sheet: it measures from -55 to 125 °C, and holds 85 °C until it has measured once. */
const DS18B20_RANGE = { min: -55, max: 125 };
const POWER_ON = 85;
/** How near the last good value must be, K, for 85 °C to have been measured. */
const POWER_ON_NEAR = 10;
/** What the usual library says where no DS18B20 answers. */
const NOT_CONNECTED = -127;
/** 0x07FF in its registers: its conversion failed. As it stands there, and as devices round it. */
const NOT_CONVERTED: ReadonlySet<number> = new Set([127.94, 127.9375, 127.9, 127.938]);

/** Water, air and walls do not change by more, K, within `JUMP_MS`. */
const JUMP = 15;
const JUMP_MS = 30_000;
/** A DHT that fails says an end of its scale: no air gets there by more than this, K or %, within `END_MS`. */
const END_JUMP = 5;
const END_MS = 300_000;

/** Why a value is not believed. */
export interface Doubt {
  /** A clause. */
  readonly reason: string;
  /** Whether it only waits for the next reading to say so too. */
  readonly isHeld: boolean;
}

/** Whether there may be something to doubt: most houses give no roles, and then this is all that a message costs. */
export function mayBeDoubted({ role }: SensorConfig, value: number): boolean {
  return role !== undefined || value === NOT_CONNECTED;
}

/**
 * Why a value that can be read is not believed: what a sensor says that failed, as long as it does, or a jump that physics
 * forbids, until the next reading. `null` where nothing speaks against it.
 */
export function whyDoubted(sensor: SensorConfig, value: number, before: KnownBefore): Doubt | null {
  const failed = whyFailed(sensor, value, before);
  if (failed !== null) return { reason: failed, isHeld: false };
  const isWarmth = TEMPERATURES.has(sensor.role ?? '') && isSameUnit(sensor.unit, '°C');
  const jump = isWarmth ? whyJump(value, before) : null;
  return jump === null ? null : { reason: jump, isHeld: true };
}

/** What a sensor says that failed, as a clause. */
function whyFailed(sensor: SensorConfig, value: number, before: KnownBefore): string | null {
  const { role, unit } = sensor;
  if (role === 'humidity') return isSameUnit(unit, '%') ? whyNoHumidity(value, before) : null;
  if (!isSameUnit(unit, '°C')) return null;
  if (value === NOT_CONNECTED) return '-127 °C is what is said of a DS18B20 that does not answer: look at its wires';
  return role !== undefined && TEMPERATURES.has(role) ? whyNoTemperature(sensor, value, before) : null;
}

function whyNoTemperature(sensor: SensorConfig, value: number, before: KnownBefore): string | null {
  const shown = formatValue(value, '°C', 2);
  if (NOT_CONVERTED.has(value)) return `${shown} is what a DS18B20 says that could not measure`;
  if (value < DS18B20_RANGE.min || value > DS18B20_RANGE.max) return `${shown} is nothing that a house has`;
  if (value === POWER_ON && isPowerOn(before)) {
    return '85 °C is what a DS18B20 says that has not measured yet: its power may be weak, or it is read too soon';
  }
  if (value === 0 && AIRS.has(sensor.role ?? '') && hasJumpedToEnd(value, before)) {
    return `0 °C is what a DHT says that failed, and it was ${formatValue(before.value ?? 0, '°C')} just before`;
  }
  return null;
}

/** It stays so while the same is said; measured values stand 1/16 K beside it now and then. */
function isPowerOn({ value, doubted, mayHaveRestarted }: KnownBefore): boolean {
  return value === null || doubted === POWER_ON || Math.abs(value - POWER_ON) > POWER_ON_NEAR || mayHaveRestarted();
}

function whyNoHumidity(value: number, before: KnownBefore): string | null {
  const shown = formatValue(value, '%');
  if (value <= 0 || value > 100) return `${shown} is no humidity that air has: a DHT says it that failed`;
  if (value <= 99.9 || !hasJumpedToEnd(value, before)) return null;
  return `${shown} is what a DHT says that failed, and it was ${formatValue(before.value ?? 0, '%')} just before`;
}

/** Whether the end of its scale was reached by a jump; it is no better for being said again. */
function hasJumpedToEnd(value: number, { value: last, ageMs, doubted }: KnownBefore): boolean {
  if (last === null) return false;
  const isFar = Math.abs(value - last) > END_JUMP;
  return isFar && (doubted === value || (ageMs !== null && ageMs <= END_MS));
}

/** One reading alone is not believed; the next one is, if it says so too. */
function whyJump(value: number, { value: last, ageMs, hasHeld }: KnownBefore): string | null {
  if (last === null || ageMs === null || ageMs > JUMP_MS || hasHeld) return null;
  const byK = Math.abs(value - last);
  if (byK <= JUMP) return null;
  const how = `${byK.toFixed(1)} K ${value > last ? 'above' : 'below'} what it was ${soon(ageMs)} before`;
  return `${formatValue(value, '°C')} is ${how}`;
}

/** In whole seconds: a record keeps no more of it. */
function soon(ageMs: number): string {
  return ageMs < 1_000 ? 'a moment' : formatDuration(Math.floor(ageMs / 1_000) * 1_000);
}
