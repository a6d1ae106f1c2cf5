import type { House } from '../house/house.ts';
import { isUnpaced, partsOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { goneItems } from './clients/item-presence.ts';
import { liveUntil } from './clients/select-freshness.ts';
import type { Reading } from './state/reading.ts';
import type { HomeState } from './state/state.ts';
import { getRow, rowsOf } from './state/table.ts';

/** How long after the link came silence means nothing yet, ms: two cadences and a little. */
export const LISTENING_MS = 12_000;

/** All the values of a house in three numbers. */
export interface Summary {
  readonly total: number;
  /** Heard since the link came, retained messages left out. */
  readonly heard: number;
  /** Of those the ones that are retained, as their device lets the broker keep them. */
  readonly kept: number;
  /** The worst of them; `null` where all are live and within their limits. */
  readonly trouble: Reading | null;
}

/** How bad an item is that is not well. */
export type Unwell = 'warning' | 'critical';

interface ChunkSummary extends Summary {
  /** All of them that are not live or not within their limits. */
  readonly unwell: readonly Reading[];
  /** The `listeningSince` that it was made for. */
  readonly since: number | null;
  /** From when to when it holds if nothing more is heard, ms: then the next value is late. */
  readonly fromAt: number;
  readonly untilAt: number;
  /** The clients that lend some of them their cadence, ms: it holds as long as that is the same. */
  readonly lent: ReadonlyMap<string, number>;
}

const cache = new WeakMap<readonly Reading[], ChunkSummary>();

/**
 * The values of a house in short. One message changes one chunk of readings, and only that is looked at again, and those
 * of which a value falls silent, so that a thousand sensors cost what four do.
 */
export function summaryOf(home: HomeState): Summary {
  let [total, heard, kept, trouble]: [number, number, number, Reading | null] = [0, 0, 0, null];
  for (const chunk of home.readings.chunks) {
    const part = partOf(chunk, home);
    total += part.total;
    heard += part.heard;
    kept += part.kept;
    if (part.trouble !== null && (trouble === null || rank(part.trouble) > rank(trouble))) trouble = part.trouble;
  }
  return { total, heard, kept, trouble };
}

const unwellCache = new WeakMap<House, ReadonlyMap<string, Unwell>>();

/**
 * The items that are not well, by their ids: values that are not live or beyond a limit, with what is derived from them,
 * and switches that a device or the broker has something against. In the first seconds after a connect silence is nothing.
 * The same map as long as they are the same.
 */
export function unwellOf(home: HomeState): ReadonlyMap<string, Unwell> {
  const { house } = home;
  const gone = goneItems(home).map(id => [id, 'warning'] as const);
  const found = new Map<string, Unwell>([
    ...servedOffline(home),
    ...gone,
    ...unwellReadings(home),
    ...unwellOthers(home),
  ]);
  for (const [id, config] of house.derived) if (partsOf(config).some(part => found.has(part))) found.set(id, 'warning');
  const known = unwellCache.get(house);
  if (known !== undefined && isSame(known, found)) return known;
  unwellCache.set(house, found);
  return found;
}

type Found = readonly (readonly [id: string, unwell: Unwell])[];

function servedOffline({ house, clients }: HomeState): Found {
  const offline = rowsOf(clients).filter(client => client.offline !== null);
  return offline.flatMap(({ id }) => (house.clients.get(id)?.publishes ?? []).map(one => [one, 'warning'] as const));
}

function unwellReadings(home: HomeState): Found {
  const { listeningSince: since, at } = home;
  const isEarly = since === null || at - since < LISTENING_MS;
  const unwell = home.readings.chunks.flatMap(chunk => partOf(chunk, home).unwell);
  const isOnlySilent = ({ level, fault, isRetained }: Reading): boolean =>
    level === 'ok' && fault === null && !isRetained;
  return unwell
    .filter(reading => !isEarly || !isOnlySilent(reading))
    .map(({ id, level }) => [id, level === 'critical' ? 'critical' : 'warning'] as const);
}

/** What is commanded, and what is said in words: their silence means nothing. */
function unwellOthers({ switches, words }: HomeState): Found {
  const commanded = rowsOf(switches).filter(row => row.retainedCommand !== null || row.fault !== null);
  const said = rowsOf(words).filter(row => row.level !== 'ok' || row.fault !== null);
  return [
    ...commanded.map(({ id }) => [id, 'warning'] as const),
    ...said.map(({ id, level }) => [id, level === 'critical' ? 'critical' : 'warning'] as const),
  ];
}

function isSame(one: ReadonlyMap<string, Unwell>, other: ReadonlyMap<string, Unwell>): boolean {
  if (one.size !== other.size) return false;
  for (const [id, unwell] of one) if (other.get(id) !== unwell) return false;
  return true;
}

function partOf(chunk: readonly Reading[], home: HomeState): ChunkSummary {
  const known = cache.get(chunk);
  if (known !== undefined && holds(known, home)) return known;
  const part = summarize(chunk, home);
  cache.set(chunk, part);
  return part;
}

function holds({ since, fromAt, untilAt, lent }: ChunkSummary, { at, listeningSince, clients }: HomeState): boolean {
  if (since !== listeningSince || at < fromAt || at >= untilAt) return false;
  for (const [id, cadenceMs] of lent) if (getRow(clients, id)?.cadence.ms !== cadenceMs) return false;
  return true;
}

function summarize(chunk: readonly Reading[], home: HomeState): ChunkSummary {
  const { at, listeningSince: since, house } = home;
  let [heard, kept, trouble, untilAt]: [number, number, Reading | null, number] = [
    0,
    0,
    null,
    Number.POSITIVE_INFINITY,
  ];
  const unwell: Reading[] = [];
  const lent = new Map<string, number>();
  for (const reading of chunk) {
    const sensor = house.sensors.get(reading.id);
    if (sensor === undefined) continue;
    if (since !== null && !reading.isRetained && (reading.receivedAt ?? -1) >= since) heard += 1;
    const liveUntilAt = liveUntil(home, reading, sensor);
    if (liveUntilAt !== null) untilAt = Math.min(untilAt, liveUntilAt);
    const lender = lenderOf(reading, sensor, home);
    if (lender !== undefined) lent.set(lender.id, lender.cadence.ms);
    const isKept = sensor.retained === true && isWellKept(reading);
    kept += Number(isKept);
    if (isKept || (liveUntilAt !== null && reading.fault === null && reading.level === 'ok')) continue;
    unwell.push(reading);
    if (trouble === null || rank(reading) > rank(trouble)) trouble = reading;
  }
  return { total: chunk.length, heard: heard + kept, kept, trouble, unwell, since, fromAt: at, untilAt, lent };
}

/** The client that lends a value its cadence until it has one of its own. */
function lenderOf({ id, cadence }: Reading, sensor: SensorConfig, { house, clients }: HomeState) {
  if (isUnpaced(sensor) || sensor.every !== undefined || cadence.medianMs !== null) return undefined;
  return getRow(clients, house.servedBy.get(id) ?? '');
}

/** A value that its device lets the broker keep, within its limits: its age is unknown, and no fault. */
function isWellKept({ isRetained, value, fault, level }: Reading): boolean {
  return isRetained && value !== null && fault === null && level === 'ok';
}

/** How bad the last value is: one beyond a limit is worse than silence, however long ago it was heard. */
function rank({ level }: Reading): number {
  return level === 'critical' ? 2 : level === 'warning' ? 1 : 0;
}
