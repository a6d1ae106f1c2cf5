/** What a sensor said during one stretch of time: no value in it is lost from its minimum and maximum. */
export interface Bucket {
  /** When the stretch begins, ms; a multiple of the tier's `bucketMs`. */
  readonly startAt: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  readonly sum: number;
  readonly count: number;
}

/**
 * One resolution of a series: the newest `capacity` buckets that hold something. The one that still grows stands apart, so
 * that a value makes a new bucket, and a list of hundreds only where a stretch begins.
 */
interface Tier {
  readonly bucketMs: number;
  readonly capacity: number;
  /** Oldest first. */
  readonly closed: readonly Bucket[];
  /** The newest; `null` where there is none. */
  readonly open: Bucket | null;
}

/** A bounded history of one sensor in three resolutions: an hour, six hours and a day. */
export interface Series {
  readonly tiers: readonly Tier[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Nothing heard yet. */
export const emptySeries: Series = {
  tiers: [
    { bucketMs: 10 * SECOND_MS, capacity: 360, closed: [], open: null },
    { bucketMs: MINUTE_MS, capacity: 360, closed: [], open: null },
    { bucketMs: 5 * MINUTE_MS, capacity: 288, closed: [], open: null },
  ],
};

/** The series with one more value that was received at `at`, ms. An `at` before the newest bucket counts into that. */
export function appendValue(series: Series, at: number, value: number): Series {
  return { tiers: series.tiers.map(tier => appendToTier(tier, at, value)) };
}

/** The series with what was kept of before it: stretches of its finest resolution, in the order of time. */
export function prependBuckets(series: Series, buckets: readonly Bucket[]): Series {
  const begin = oldestOf(series.tiers[0])?.startAt ?? Number.POSITIVE_INFINITY;
  const before = buckets.filter(({ startAt }) => startAt < begin);
  return before.length === 0 ? series : { tiers: series.tiers.map(tier => prependToTier(tier, before)) };
}

function prependToTier(tier: Tier, before: readonly Bucket[]): Tier {
  const joined = new Map<number, Bucket>();
  for (const bucket of [...before, ...bucketsOf(tier)]) {
    const startAt = Math.floor(bucket.startAt / tier.bucketMs) * tier.bucketMs;
    joined.set(startAt, { ...merge(joined.get(startAt) ?? null, bucket), startAt });
  }
  return withBuckets(tier, [...joined.values()]);
}

/** When the oldest value that is kept was received, ms, to the stretch that it is kept in; `null` where there is none. */
export function keptSince({ tiers }: Series): number | null {
  const whole = tiers.find(hasRoom) ?? tiers.at(-1);
  return oldestOf(whole)?.startAt ?? null;
}

/** One series behind another one of the same sensor: what both have of a time is as the later one has it. */
export function joinSeries(older: Series, newer: Series): Series {
  return {
    tiers: newer.tiers.map((tier, place) => {
      const begins = oldestOf(tier)?.startAt ?? Number.POSITIVE_INFINITY;
      const before = bucketsOf(older.tiers[place]).filter(({ startAt }) => startAt < begins);
      return withBuckets(tier, [...before, ...bucketsOf(tier)]);
    }),
  };
}

/** What a drawing asks a series for: `columns` stretches of `columnMs` each, the last one the stretch `endAt` is in. */
export interface SampleQuery {
  readonly endAt: number;
  /** At least 10,000 ms; best a multiple of that. */
  readonly columnMs: number;
  readonly columns: number;
  /** How long the last value of an empty column's past still stands for it, ms: within it a gap is no gap. */
  readonly holdMs: number;
}

/** One bucket a column, oldest first; `null` where nothing was heard. Columns are aligned to multiples of `columnMs`. */
export function sampleSeries(series: Series, query: SampleQuery): readonly (Bucket | null)[] {
  const { columnMs, columns, holdMs } = query;
  const lastStart = Math.floor(query.endAt / columnMs) * columnMs;
  const firstStart = lastStart - (columns - 1) * columnMs;
  const edges = Array.from({ length: columns + 1 }, (_, column) => firstStart + column * columnMs);
  return sampleBetween(series, edges, holdMs);
}

/** The same between given edges, ms, rising: best multiples of what the series keeps. */
export function sampleBetween(series: Series, edges: readonly number[], holdMs: number): readonly (Bucket | null)[] {
  const columns = Math.max(0, edges.length - 1);
  const sampled: (Bucket | null)[] = new Array<Bucket | null>(columns).fill(null);
  let before: Bucket | null = null;
  let column = -1;
  for (const bucket of bucketsOf(tierFor(series, edges))) {
    while (column < columns && bucket.startAt >= (edges[column + 1] ?? Number.POSITIVE_INFINITY)) column += 1;
    if (column < 0) before = bucket;
    else if (column < columns) sampled[column] = merge(sampled[column] ?? null, bucket);
  }
  return hold(sampled, before, edges, holdMs);
}

function hold(
  sampled: readonly (Bucket | null)[],
  before: Bucket | null,
  edges: readonly number[],
  holdMs: number,
): readonly (Bucket | null)[] {
  let known = before;
  return sampled.map((bucket, column) => {
    if (bucket !== null) {
      known = bucket;
      return bucket;
    }
    const startAt = edges[column] ?? 0;
    if (known === null || startAt - known.startAt > holdMs) return null;
    return { startAt, min: known.last, max: known.last, last: known.last, sum: known.last, count: 1 };
  });
}

/** The finest tier whose buckets no edge cuts and that reaches back far enough; else the coarsest that does. */
function tierFor(series: Series, edges: readonly number[]): Tier {
  const fitting = series.tiers.filter(tier => edges.every(edge => edge % tier.bucketMs === 0));
  const firstStart = edges[0] ?? 0;
  const reaching = fitting.find(tier => {
    const oldest = oldestOf(tier);
    return hasRoom(tier) || (oldest !== null && oldest.startAt <= firstStart);
  });
  const tier = reaching ?? fitting.at(-1) ?? series.tiers[0];
  if (tier === undefined) throw new RangeError('a series has at least one tier');
  return tier;
}

function appendToTier(tier: Tier, at: number, value: number): Tier {
  const { bucketMs, capacity, closed, open } = tier;
  const startAt = Math.floor(at / bucketMs) * bucketMs;
  if (open === null) return { bucketMs, capacity, closed, open: bucketOf(startAt, value) };
  if (startAt <= open.startAt) return { bucketMs, capacity, closed, open: withValue(open, value) };
  const kept = hasRoom(tier) ? closed : closed.slice(1);
  return { bucketMs, capacity, closed: [...kept, open], open: bucketOf(startAt, value) };
}

/** All buckets of a resolution, oldest first. */
function bucketsOf(tier: Tier | undefined): readonly Bucket[] {
  if (tier === undefined || tier.open === null) return [];
  return [...tier.closed, tier.open];
}

function withBuckets(tier: Tier, buckets: readonly Bucket[]): Tier {
  const closed = buckets.slice(-tier.capacity);
  const open = closed.pop() ?? null;
  return { ...tier, closed, open };
}

function oldestOf(tier: Tier | undefined): Bucket | null {
  return tier?.closed[0] ?? tier?.open ?? null;
}

/** Whether one more bucket pushes none out. */
function hasRoom({ closed, open, capacity }: Tier): boolean {
  return closed.length + (open === null ? 0 : 1) < capacity;
}

function bucketOf(startAt: number, value: number): Bucket {
  return { startAt, min: value, max: value, last: value, sum: value, count: 1 };
}

function withValue({ startAt, min, max, sum, count }: Bucket, value: number): Bucket {
  return {
    startAt,
    min: Math.min(min, value),
    max: Math.max(max, value),
    last: value,
    sum: sum + value,
    count: count + 1,
  };
}

function merge(older: Bucket | null, newer: Bucket): Bucket {
  if (older === null) return newer;
  return {
    startAt: older.startAt,
    min: Math.min(older.min, newer.min),
    max: Math.max(older.max, newer.max),
    last: newer.last,
    sum: older.sum + newer.sum,
    count: older.count + newer.count,
  };
}
