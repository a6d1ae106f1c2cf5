import { liveUntil } from '../../core/home/clients/select-freshness.ts';
import type { Reading } from '../../core/home/state/reading.ts';
import type { HomeState } from '../../core/home/state/state.ts';

/** How long after the link came silence means nothing yet, ms: two cadences and a little. */
export const LISTENING_MS = 12_000;

/** All the values of a house in three numbers. */
export interface Summary {
  readonly total: number;
  /** Heard since the link came, retained messages left out. */
  readonly heard: number;
  /** The worst of them; `null` where all are live and within their limits. */
  readonly trouble: Reading | null;
}

interface ChunkSummary extends Summary {
  /** The `listeningSince` that it was made for. */
  readonly since: number | null;
  /** From when to when it holds if nothing more is heard, ms: then the next value is late. */
  readonly fromAt: number;
  readonly untilAt: number;
}

const cache = new WeakMap<readonly Reading[], ChunkSummary>();

/**
 * The values of a house in short. One message changes one chunk of readings, and only that is looked at again, and those
 * of which a value falls silent, so that a thousand sensors cost what four do.
 */
export function summaryOf(home: HomeState): Summary {
  let [total, heard, trouble]: [number, number, Reading | null] = [0, 0, null];
  for (const chunk of home.readings.chunks) {
    let part = cache.get(chunk);
    if (part === undefined || !holds(part, home)) {
      part = summarize(chunk, home);
      cache.set(chunk, part);
    }
    total += part.total;
    heard += part.heard;
    if (part.trouble !== null && (trouble === null || rank(part.trouble) > rank(trouble))) trouble = part.trouble;
  }
  return { total, heard, trouble };
}

function holds({ since, fromAt, untilAt }: ChunkSummary, { at, listeningSince }: HomeState): boolean {
  return since === listeningSince && at >= fromAt && at < untilAt;
}

function summarize(chunk: readonly Reading[], home: HomeState): ChunkSummary {
  const { at, listeningSince: since, house } = home;
  let [heard, trouble, untilAt]: [number, Reading | null, number] = [0, null, Number.POSITIVE_INFINITY];
  for (const reading of chunk) {
    const sensor = house.sensors.get(reading.id);
    if (sensor === undefined) continue;
    if (since !== null && !reading.isRetained && (reading.receivedAt ?? -1) >= since) heard += 1;
    const liveUntilAt = liveUntil(home, reading, sensor);
    if (liveUntilAt !== null) untilAt = Math.min(untilAt, liveUntilAt);
    // Its measure is lent by its client until it has one of its own: that may change with any message.
    const isLent = sensor.every === undefined && reading.cadence.medianMs === null;
    if (isLent && reading.receivedAt !== null && !reading.isRetained) untilAt = at;
    const isWell = liveUntilAt !== null && reading.fault === null && reading.level === 'ok';
    if (!isWell && (trouble === null || rank(reading) > rank(trouble))) trouble = reading;
  }
  return { total: chunk.length, heard, trouble, since, fromAt: at, untilAt };
}

/** How bad the last value is: one beyond a limit is worse than silence, however long ago it was heard. */
function rank({ level }: Reading): number {
  return level === 'critical' ? 2 : level === 'warning' ? 1 : 0;
}
