import { formatCadence, formatDuration } from '../../duration.ts';

/** What is learned about how often something is heard. */
export interface Cadence {
  /** The last intervals between two arrivals, ms, oldest first; at most `WINDOW`. */
  readonly intervals: readonly number[];
  /** Arrivals in a row that came too close to the one before to be a cadence. */
  readonly burst: number;
  /** The median of the intervals, ms; `null` until `ENOUGH` are known. */
  readonly medianMs: number | null;
}

/** How many intervals are remembered: a silence or a burst among them does not move the median. */
const WINDOW = 9;
/** How many intervals make a cadence. */
const ENOUGH = 3;
/** Arrivals closer than this, ms, belong together: what was queued on the way arrives at once. */
const BURST_MS = 250;
/** After so many close arrivals in a row it is no burst but a fast sensor. */
const LONGEST_BURST = 20;

/** Nothing learned yet. */
export const noCadence: Cadence = { intervals: [], burst: 0, medianMs: null };

/**
 * Learns from one interval between two arrivals, ms. Only intervals during which we were listening all the time may be
 * given: a link that was down must not teach a slow cadence.
 */
export function learnInterval(cadence: Cadence, intervalMs: number): Cadence {
  const isBurst = intervalMs < BURST_MS && cadence.burst < LONGEST_BURST;
  if (isBurst) return { ...cadence, burst: cadence.burst + 1 };
  const { intervals: known } = cadence;
  const intervals = known.length < WINDOW ? known.slice() : known.slice(1);
  intervals.push(intervalMs);
  const burst = intervalMs < BURST_MS ? cadence.burst : 0;
  return { intervals, burst, medianMs: intervals.length < ENOUGH ? null : median(intervals) };
}

/** By which measure something is late or stale: what is merely assumed is not called its cadence. */
export function measureText(cadenceMs: number, isAssumed: boolean, expireAfterMs: number | null): string {
  if (expireAfterMs !== null) return `the house file lets it be silent for ${formatDuration(expireAfterMs)}`;
  const cadence = formatCadence(cadenceMs);
  return isAssumed ? `a cadence of ${cadence} is assumed` : `its cadence is ${cadence}`;
}

function median(values: readonly number[]): number {
  const sorted: number[] = [];
  for (const value of values) insert(sorted, value);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  const lower = sorted[Math.ceil(middle) - 1] ?? upper;
  return (lower + upper) / 2;
}

/** Puts a value into its place among so few: five times as fast as sorting them, for each message. */
function insert(sorted: number[], value: number): void {
  let place = sorted.length;
  for (; place > 0 && (sorted[place - 1] ?? 0) > value; place -= 1) sorted[place] = sorted[place - 1] ?? 0;
  sorted[place] = value;
}
