import { formatAge } from '../duration.ts';
import { labelOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { type FreshnessReport, freshnessOfClient, freshnessOfReading } from './clients/select-freshness.ts';
import { type Level, levelOf, limitText } from './readings/level.ts';
import { formatValue, limitSentence } from './readings/value-text.ts';
import type { Reading } from './state/reading.ts';
import type { HomeState } from './state/state.ts';
import { getRow } from './state/table.ts';

/** Something that makes the house less than well: how bad it is, and one sentence without a full stop. */
export interface Finding {
  readonly level: Level;
  readonly reason: string;
}

/** What there is to say of these clients: nothing of those that are live. */
export function clientFindings(state: HomeState, ids: readonly string[]): readonly Finding[] {
  return ids.flatMap(id => {
    const { freshness, reason } = freshnessOfClient(state, id);
    if (freshness === 'live') return [];
    const level: Level = freshness === 'offline' ? 'critical' : 'warning';
    const how = freshness === 'waiting' ? '' : `is ${freshness}: `;
    return [{ level, reason: `${labelOf(state.house, id)} ${how}${reason ?? ''}`.trim() }];
  });
}

/**
 * What there is to say of these sensors: values beyond a limit, and those that are not live. A client that is silent says
 * it once for all its sensors, where it is one of `clients`; else each says it for itself.
 */
export function sensorFindings(
  state: HomeState,
  ids: readonly string[],
  clients: readonly string[],
): readonly Finding[] {
  const silent = new Set(clients.filter(id => freshnessOfClient(state, id).freshness !== 'live'));
  return ids.flatMap(id => {
    const sensor = state.house.sensors.get(id);
    const reading = getRow(state.readings, id);
    if (sensor === undefined || reading === undefined) return [];
    const report = freshnessOfReading(state, id);
    const { freshness, reason } = report;
    const isSaid = freshness !== 'retained' && silent.has(state.house.servedBy.get(id) ?? '');
    const silence: Finding = {
      level: freshness === 'offline' ? 'critical' : 'warning',
      reason: `${sensor.label}: ${reason ?? freshness}`,
    };
    return [...limitFindings(sensor, reading, report), ...(freshness === 'live' || isSaid ? [] : [silence])];
  });
}

function limitFindings(
  sensor: SensorConfig,
  reading: Reading,
  { freshness, ageMs }: FreshnessReport,
): readonly Finding[] {
  const limit = reading.value === null ? null : limitText(sensor, reading.value);
  if (reading.value === null || limit === null) return [];
  const isNow = freshness === 'live' || freshness === 'late';
  const value = formatValue(reading.value, sensor.unit, sensor.decimals);
  const when = isNow ? 'now' : ageMs === null ? 'retained' : (`${formatAge(ageMs)} ago` as const);
  return [
    { level: levelOf(sensor, reading.value), reason: limitSentence({ label: sensor.label, value, limit }, when) },
  ];
}
