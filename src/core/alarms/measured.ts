import { staleAfterMs } from '../home/clients/freshness.ts';
import { isOffline, silenceOf } from '../home/clients/hearing.ts';
import { cadenceOf, freshnessNow, whyDeaf } from '../home/clients/select-freshness.ts';
import { freshnessOfSwitch, freshnessOfWord } from '../home/clients/select-spoken.ts';
import { formatValue } from '../home/readings/value-text.ts';
import { derivedValue } from '../home/select.ts';
import type { Freshness } from '../home/state/client.ts';
import type { Reading } from '../home/state/reading.ts';
import { type HomeState, listeningTo } from '../home/state/state.ts';
import { getRow } from '../home/state/table.ts';
import { clientLabelOf, labelOf, partsOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { valueText } from '../house/values/commanded.ts';
import { textOfSaid } from '../house/values/words.ts';

/** That something is not known now, and why. */
export interface Unknown {
  readonly kind: 'unwatched';
  /** A clause without numbers that run on. */
  readonly why: string;
}

/** A value of now. */
export interface Measured {
  readonly kind: 'known';
  readonly value: number;
  /** With its unit. */
  readonly text: string;
  readonly unit: string;
  readonly decimals: number | undefined;
  /** When it is not of now any more if nothing is heard, ms; `null` for never. */
  readonly againAt: number | null;
}

/** What something says in words, of now. */
export interface Said {
  readonly kind: 'known';
  readonly word: string;
  readonly text: string;
  /** When it came to be that, ms, where that was seen without a gap in what was heard; else `null`. */
  readonly changedAt: number | null;
}

/** Why nothing can be judged at this moment; `null` while we listen. */
export function deafness(state: HomeState): Unknown | null {
  return state.listeningSince === null ? { kind: 'unwatched', why: whyDeaf(state) } : null;
}

/** The value of a sensor, of a derived value, or of a set-point, where it is of now. */
export function measure(state: HomeState, id: string): Measured | Unknown {
  const reading = getRow(state.readings, id);
  const sensor = state.house.sensors.get(id);
  if (reading !== undefined && sensor !== undefined) return measureSensor(state, reading, sensor);
  const derived = state.house.derived.get(id);
  if (derived !== undefined) return measureDerived(state, id, partsOf(derived));
  return measureSetPoint(state, id);
}

/** The number alone of a sensor whose value is of now, as nearly each is, and when it is not any more; else `null`. */
export function glance(state: HomeState, id: string): Pick<Measured, 'value' | 'againAt'> | null {
  const reading = getRow(state.readings, id);
  const sensor = state.house.sensors.get(id);
  if (reading === undefined || sensor === undefined || reading.value === null) return null;
  if (!isOfNow(freshnessNow(state, reading, sensor))) return null;
  return { value: reading.value, againAt: staleAt(state, reading, sensor) };
}

/**
 * The same of a sensor that has said it at this very moment, which takes no more than a look: what was just said is live, unless
 * its client is said to be gone. `null` where that is not so plain.
 */
export function justSaid(state: HomeState, id: string): { readonly value: number; readonly staleAt: number } | null {
  const reading = getRow(state.readings, id);
  const sensor = state.house.sensors.get(id);
  if (reading === undefined || sensor === undefined || reading.value === null) return null;
  if (reading.receivedAt !== state.at || reading.isRetained || reading.fault !== null) return null;
  if (state.listeningSince === null || state.listeningSince > state.at || isOffline(state, id)) return null;
  return { value: reading.value, staleAt: staleAt(state, reading, sensor) ?? Number.POSITIVE_INFINITY };
}

function measureSensor(state: HomeState, reading: Reading, sensor: SensorConfig): Measured | Unknown {
  const { unit, decimals } = sensor;
  const freshness = freshnessNow(state, reading, sensor);
  if (reading.value === null || !isOfNow(freshness)) return unknown(state, reading.id, freshness);
  const text = formatValue(reading.value, unit, decimals);
  return { kind: 'known', value: reading.value, text, unit, decimals, againAt: staleAt(state, reading, sensor) };
}

function measureDerived(state: HomeState, id: string, parts: readonly [string, string]): Measured | Unknown {
  const known = parts.map(part => measure(state, part));
  const missing = known.find(part => part.kind === 'unwatched');
  if (missing?.kind === 'unwatched') return missing;
  const { value, unit } = derivedValue(state, id);
  if (value === null) return { kind: 'unwatched', why: `${labelOf(state.house, id)} cannot be computed` };
  const times = known.flatMap(part => (part.kind === 'known' ? (part.againAt ?? []) : []));
  const againAt = times.length === 0 ? null : Math.min(...times);
  return { kind: 'known', value, text: formatValue(value, unit), unit, decimals: undefined, againAt };
}

function measureSetPoint(state: HomeState, id: string): Measured | Unknown {
  const config = state.house.switches.get(id);
  const said = say(state, id);
  if (said.kind === 'unwatched') return said;
  const value = Number(said.word);
  const label = labelOf(state.house, id);
  if (config?.kind !== 'number' || !Number.isFinite(value)) return { kind: 'unwatched', why: `${label} is no number` };
  return { kind: 'known', value, text: said.text, unit: config.unit, decimals: config.decimals, againAt: null };
}

/** Where something that is commanded stands, or what something says, where that is of now. */
export function say(state: HomeState, id: string): Said | Unknown {
  const row = getRow(state.switches, id);
  if (row !== undefined) {
    const { freshness } = freshnessOfSwitch(state, id);
    if (row.position === null || !isOfNow(freshness)) return unknown(state, id, freshness);
    const text = valueText(row.position, state.house.switches.get(id));
    return { kind: 'known', word: row.position, text, changedAt: seenAt(state, row.changedAt) };
  }
  const word = getRow(state.words, id);
  const config = state.house.words.get(id);
  if (word === undefined || config === undefined) return { kind: 'unwatched', why: `${id} is no item of this house` };
  const { freshness } = freshnessOfWord(state, id);
  if (word.word === null || !isOfNow(freshness)) return unknown(state, id, freshness);
  const text = textOfSaid(word, config);
  return { kind: 'known', word: word.word, text, changedAt: seenAt(state, word.changedAt) };
}

/** What changed before a gap may have changed again in it. */
function seenAt({ listeningSince }: HomeState, changedAt: number | null): number | null {
  return changedAt !== null && changedAt >= (listeningSince ?? Number.POSITIVE_INFINITY) ? changedAt : null;
}

/** A value that is late is the last one all the same: only one message is missing. */
function isOfNow(freshness: Freshness): boolean {
  return freshness === 'live' || freshness === 'late';
}

/** When the value of a sensor is stale if nothing more is heard, ms; `null` for never. */
export function staleAt(state: HomeState, reading: Reading, sensor: SensorConfig): number | null {
  const at =
    Math.max(reading.receivedAt ?? 0, listeningTo(state, sensor.topic) ?? 0) +
    staleAfterMs(cadenceOf(state, reading, sensor), silenceOf(sensor));
  return Number.isFinite(at) ? at : null;
}

function unknown(state: HomeState, id: string, freshness: Freshness): Unknown {
  const deaf = deafness(state);
  return deaf ?? { kind: 'unwatched', why: whyUnknown(state, id, freshness) };
}

function whyUnknown({ house, readings, presences }: HomeState, id: string, freshness: Freshness): string {
  const label = labelOf(house, id);
  const client = house.servedBy.get(id);
  switch (freshness) {
    case 'offline':
      return `${client === undefined || presences.get(id)?.offline != null ? label : clientLabelOf(house, client)} is offline`;
    case 'retained':
      return `only a retained value of ${label} is known`;
    case 'waiting':
      return `${label} was not heard since the link came`;
    case 'stale':
      return getRow(readings, id)?.fault == null ? `${label} is stale` : `${label} cannot be read`;
    default:
      return `${label} is ${freshness}`;
  }
}
