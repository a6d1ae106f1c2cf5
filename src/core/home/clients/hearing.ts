import { DEFAULT_CADENCE_S, isUnpaced } from '../../house/house.ts';
import type { SensorConfig } from '../../house/schema.ts';
import type { Freshness } from '../state/client.ts';
import type { Reading } from '../state/reading.ts';
import type { HomeState } from '../state/state.ts';
import { getRow } from '../state/table.ts';
import { assessFreshness, type Heard } from './freshness.ts';

/** How fresh the value of a sensor is, without the reason. A client that is offline takes its values with it. */
export function freshnessNow(state: HomeState, reading: Reading, sensor: SensorConfig): Freshness {
  const { value, fault } = reading;
  if (value !== null && isOffline(state, reading.id)) return 'offline';
  const { freshness } = hearReading(state, reading, sensor);
  if (fault === null || value === null || freshness === 'retained') return freshness;
  // A newer payload should have replaced it, had that been readable: it is not of now, and stale at once.
  return freshness === 'waiting' ? 'waiting' : 'stale';
}

/** Whether an item, or the client that serves it, is said to be gone. */
export function isOffline(state: HomeState, servedId: string): boolean {
  if (state.presences.size > 0 && state.presences.get(servedId)?.offline != null) return true;
  return getRow(state.clients, state.house.servedBy.get(servedId) ?? '')?.offline != null;
}

/** The cadence that a sensor is measured by, ms: configured, learned, or its client's. */
export function cadenceOf(state: HomeState, reading: Reading, sensor: SensorConfig): number {
  if (sensor.every !== undefined) return sensor.every * 1_000;
  if (reading.cadence.medianMs !== null) return reading.cadence.medianMs;
  const client = getRow(state.clients, state.house.servedBy.get(reading.id) ?? '');
  return client?.cadence.ms ?? (state.house.config.cadence ?? DEFAULT_CADENCE_S) * 1_000;
}

/** How long the house file lets a sensor be silent, ms; `null` where it does not say. */
export function expireAfterOf({ expireAfter }: SensorConfig): number | null {
  return expireAfter === undefined ? null : expireAfter * 1_000;
}

/** How long a sensor may be silent by the house file, ms: for ever where it speaks when it has something to say. */
export function silenceOf(sensor: SensorConfig): number | null {
  return isUnpaced(sensor) ? Number.POSITIVE_INFINITY : expireAfterOf(sensor);
}

/** Freshness of a reading by what was heard, without words. */
export function hearReading(state: HomeState, reading: Reading, sensor: SensorConfig): Heard {
  return assessReading(state, reading, sensor, reading.isRetained ? null : reading.receivedAt);
}

/** The same where it was last heard at another time, ms. */
export function assessReading(state: HomeState, reading: Reading, sensor: SensorConfig, heardAt: number | null): Heard {
  return assessFreshness({
    now: state.at,
    listeningSince: state.listeningSince,
    heardAt,
    hasRetained: reading.isRetained,
    cadenceMs: cadenceOf(state, reading, sensor),
    expireAfterMs: silenceOf(sensor),
  });
}
