import type { House } from '../house/house.ts';
import { isUnpaced, partsOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { lateAfterMs } from './clients/freshness.ts';
import { goneItems } from './clients/item-presence.ts';
import { liveUntil } from './clients/select-freshness.ts';
import type { ClientState } from './state/client.ts';
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
  /** The clients that lend some of them their cadence. */
  readonly lent: ReadonlyMap<string, Lent>;
}

/** What rests on the cadence that a client lends: it may change with each message. */
interface Lent {
  /** Since when the one that was heard first of those that are live has been silent, ms; infinite where there is none. */
  silentSince: number;
  /** The cadence by which others are not live, ms: it holds as long as that is the same; `null` where all are. */
  unwellBy: number | null;
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
  for (const [id, { silentSince, unwellBy }] of lent) {
    const cadenceMs = getRow(clients, id)?.cadence.ms ?? 0;
    if (unwellBy !== null && unwellBy !== cadenceMs) return false;
    if (at >= silentSince + lateAfterMs(cadenceMs, null)) return false;
  }
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
  const lent = new Map<string, Lent>();
  for (const reading of chunk) {
    const sensor = house.sensors.get(reading.id);
    if (sensor === undefined) continue;
    if (since !== null && !reading.isRetained && (reading.receivedAt ?? -1) >= since) heard += 1;
    const liveUntilAt = liveUntil(home, reading, sensor);
    if (liveUntilAt !== null) untilAt = Math.min(untilAt, liveUntilAt);
    const lender = lenderOf(reading, sensor, home);
    if (lender !== undefined) noteLent(lent, lender, reading, liveUntilAt, home);
    const isKept = sensor.retained === true && isWellKept(reading);
    kept += Number(isKept);
    if (isKept || (liveUntilAt !== null && reading.fault === null && reading.level === 'ok')) continue;
    unwell.push(reading);
    if (trouble === null || rank(reading) > rank(trouble)) trouble = reading;
  }
  return { total: chunk.length, heard: heard + kept, kept, trouble, unwell, since, fromAt: at, untilAt, lent };
}

function noteLent(
  lent: Map<string, Lent>,
  { id, cadence }: ClientState,
  { receivedAt }: Reading,
  liveUntilAt: number | null,
  { listeningSince }: HomeState,
): void {
  const known = lent.get(id) ?? { silentSince: Number.POSITIVE_INFINITY, unwellBy: null };
  const silentSince = Math.max(receivedAt ?? 0, listeningSince ?? 0);
  if (liveUntilAt === null) known.unwellBy = cadence.ms;
  else known.silentSince = Math.min(known.silentSince, silentSince);
  lent.set(id, known);
}

/** The client that lends a value its cadence until it has one of its own: of what was never heard nothing rests on that. */
function lenderOf(
  { id, cadence, receivedAt, isRetained }: Reading,
  sensor: SensorConfig,
  { house, clients }: HomeState,
): ClientState | undefined {
  const isPaced = sensor.every === undefined && sensor.expireAfter === undefined && !isUnpaced(sensor);
  if (!isPaced || receivedAt === null || isRetained || cadence.medianMs !== null) return undefined;
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
