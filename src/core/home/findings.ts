import { formatAge } from '../duration.ts';
import { clientLabelOf, labelOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { levelOfWord, textOfSaid } from '../house/values/words.ts';
import { goneItems } from './clients/item-presence.ts';
import {
  clientFreshnessNow,
  type FreshnessReport,
  freshnessOfClient,
  freshnessOfReading,
  goneReason,
} from './clients/select-freshness.ts';
import { freshnessOfWord } from './clients/select-spoken.ts';
import { type Level, levelOf } from './readings/level.ts';
import { limitSentence } from './readings/value-text.ts';
import type { Freshness } from './state/client.ts';
import type { Reading } from './state/reading.ts';
import { SEAL_REFUSALS } from './state/seal.ts';
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
    // Without a cadence its last word is all that there is to know of it.
    if (freshness === 'live' || (freshness === 'retained' && state.house.unpaced.has(id))) return [];
    const label = clientLabelOf(state.house, id);
    if (isRefusal(freshness)) return [{ level: 'critical', reason: `${label}: ${freshness}, ${reason ?? ''}` }];
    const level: Level = freshness === 'offline' ? 'critical' : 'warning';
    const how = freshness === 'waiting' ? '' : `is ${freshness}: `;
    return [{ level, reason: `${label} ${how}${reason ?? ''}`.trim() }];
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
  const silent = new Set(clients.filter(id => clientFreshnessNow(state, id) !== 'live'));
  return ids.flatMap(id => {
    const sensor = state.house.sensors.get(id);
    const reading = getRow(state.readings, id);
    if (sensor === undefined || reading === undefined) return [];
    const report = freshnessOfReading(state, id);
    const { freshness, reason } = report;
    const isKept = freshness === 'retained' && sensor.retained === true && reading.fault === null;
    const isOfClient = freshness !== 'retained' && goneReason(state, id) === null;
    const isSaid = isKept || (isOfClient && silent.has(state.house.servedBy.get(id) ?? ''));
    const silence: Finding = {
      level: freshness === 'offline' || isRefusal(freshness) ? 'critical' : 'warning',
      reason: `${sensor.label}: ${isRefusal(freshness) ? `${freshness}, ` : ''}${reason ?? freshness}`,
    };
    return [...limitFindings(sensor, reading, report), ...(freshness === 'live' || isSaid ? [] : [silence])];
  });
}

/** What there is to say of these words: those that have a level, that cannot be read, and that were silent for too long. */
export function wordFindings(state: HomeState, ids: readonly string[]): readonly Finding[] {
  return ids.flatMap(id => {
    const config = state.house.words.get(id);
    const row = getRow(state.words, id);
    if (config === undefined || row === undefined) return [];
    const report = freshnessOfWord(state, id);
    if (row.fault !== null) return [{ level: 'warning', reason: `${config.label}: ${report.reason}` }];
    const isSilent = report.freshness === 'stale' && freshnessOfServer(state, id) === 'live';
    const silence: Finding[] = isSilent ? [{ level: 'warning', reason: `${config.label}: ${report.reason}` }] : [];
    const level = row.word === null ? 'ok' : levelOfWord(row.word, config);
    if (row.word === null || level === 'ok') return silence;
    const text = textOfSaid(row, config);
    return [{ level, reason: wordSentence(config.label, text, report) }, ...silence];
  });
}

/**
 * What there is to say of these words and of what is commanded: that it is gone, where that is said of it alone. Of a sensor
 * its value says so.
 */
export function goneFindings(state: HomeState, isCounted: (id: string) => boolean): readonly Finding[] {
  return goneItems(state)
    .filter(id => isCounted(id) && !state.house.sensors.has(id))
    .map(id => ({ level: 'critical', reason: `${labelOf(state.house, id)}: ${goneReason(state, id) ?? 'offline'}` }));
}

function wordSentence(label: string, text: string, { freshness, ageMs }: FreshnessReport): string {
  if (freshness === 'live') return `${label} is ${text}`;
  if (ageMs === null) return `${label} was ${text} in a retained message of unknown age`;
  return `${label} was ${text} when it was last heard, ${formatAge(ageMs)} ago`;
}

function freshnessOfServer(state: HomeState, id: string): string {
  const client = state.house.servedBy.get(id);
  return client === undefined ? 'live' : clientFreshnessNow(state, client);
}

function limitFindings(
  sensor: SensorConfig,
  reading: Reading,
  { freshness, ageMs }: FreshnessReport,
): readonly Finding[] {
  if (reading.value === null) return [];
  const isNow = freshness === 'live' || freshness === 'late';
  const when = isNow ? 'now' : ageMs === null ? 'retained' : (`${formatAge(ageMs)} ago` as const);
  const reason = limitSentence(sensor, reading.value, when);
  return reason === null ? [] : [{ level: levelOf(sensor, reading.value), reason }];
}

/** Whether all that comes is not taken: somebody else is on the line. */
function isRefusal(freshness: Freshness): boolean {
  return SEAL_REFUSALS.some(word => word === freshness);
}
