import type { Reading } from '../../core/home/readings/reading.ts';
import type { HomeState } from '../../core/home/state.ts';

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
}

const cache = new WeakMap<readonly Reading[], ChunkSummary>();

/**
 * The values of a house in short. One message changes one chunk of readings, and only that is looked at again, so that
 * a thousand sensors cost what four do.
 */
export function summaryOf({ readings, listeningSince }: HomeState): Summary {
  let [total, heard, trouble]: [number, number, Reading | null] = [0, 0, null];
  for (const chunk of readings.chunks) {
    let part = cache.get(chunk);
    if (part === undefined || part.since !== listeningSince) {
      part = summarize(chunk, listeningSince);
      cache.set(chunk, part);
    }
    total += part.total;
    heard += part.heard;
    trouble = worse(trouble, part.trouble);
  }
  return { total, heard, trouble };
}

function summarize(chunk: readonly Reading[], since: number | null): ChunkSummary {
  let [heard, trouble]: [number, Reading | null] = [0, null];
  for (const reading of chunk) {
    if (since !== null && !reading.isRetained && (reading.receivedAt ?? -1) >= since) heard += 1;
    if (rank(reading) > 0) trouble = worse(trouble, reading);
  }
  return { total: chunk.length, heard, trouble, since };
}

function worse(one: Reading | null, other: Reading | null): Reading | null {
  if (one === null || other === null) return one ?? other;
  return rank(other) > rank(one) ? other : one;
}

function rank(reading: Reading): number {
  if (reading.freshness !== 'live' || reading.fault !== null) return 1;
  return reading.level === 'critical' ? 3 : reading.level === 'warning' ? 2 : 0;
}
