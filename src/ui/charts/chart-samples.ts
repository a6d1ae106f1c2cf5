import type { PastGap, PastPage } from '../../core/history/query/past-page.ts';
import { wasDeaf } from '../../core/home/clients/listened.ts';
import { cadenceOf } from '../../core/home/clients/select-freshness.ts';
import { type Range, rangeOf } from '../../core/home/readings/range.ts';
import { type Bucket, keptSince, sampleBetween } from '../../core/home/readings/series.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { type ChartPlace, type ChartTime, type ChartWindow, evenEdges, isShort } from '../layout/chart-time.ts';
import { comparedBetween, joinPast, type PastColumns } from './past-columns.ts';

/** Within which all sparklines move on once, ms. */
const ROUND_MS = 10_000;

/**
 * How long after the begin of a column the sparkline of a sensor moves on, ms; `place` is that of the sensor in the house.
 * Each moves in a second of its own, and the first six not in that in which the clock changes its tens: all of them at
 * once are a burst on a thin line.
 */
export const sparklineLagMs = (place: number): number => ((2 + 3 * place) % 10) * 1_000;

/** The same of a chart: a second after the sparkline. */
const chartLagMs = (place: number): number => (sparklineLagMs(place) + 1_000) % ROUND_MS;

/** What a chart is drawn from: a page that stands still and fills up from left to right, one bucket a column. */
export interface ChartSamples extends ChartTime {
  /** One for each column of the page; `null` where nothing was heard, and where nothing is shown. */
  readonly buckets: readonly (Bucket | null)[];
  /** Why a column has none, as far as that is known. */
  readonly gaps: readonly (PastGap | null)[];
  /** The same hours of another day; empty where none are drawn beside. */
  readonly compared: readonly (Bucket | null)[];
  /** The scale of the sensor. */
  readonly range: Range;
  /** Of a page over all that it shows, of a window over that time; `null` where nothing was heard. */
  readonly stats: { readonly min: number; readonly mean: number; readonly max: number } | null;
}

/** What the series keeps of a window at its finest, s. */
const WINDOW_KEPT_SECONDS: Readonly<Record<number, number>> = { 10: 10, 60: 10, 360: 60, 1440: 300 };

/** Samples a sensor over the time of a place, from what was heard and what is kept of it. */
export function windowSamples(
  home: HomeState,
  sensorId: string,
  { window, until }: Pick<ChartPlace, 'window' | 'until'>,
  time: ChartTime,
  past: PastPage | null,
): ChartSamples {
  const samples = samplePage(home, sensorId, time, past);
  if (until !== null || !isShort(window)) return samples;
  return {
    ...samples,
    stats: past === null ? heardStats(home, sensorId, window) : lateStats(samples, home.at - window.ms),
  };
}

/** From the stretches that lie within the window as a whole: no value in it is older than that. */
function heardStats(home: HomeState, sensorId: string, window: ChartWindow): ChartSamples['stats'] {
  const columnMs = (WINDOW_KEPT_SECONDS[window.ms / MINUTE_MS] ?? 10) * 1_000;
  const begun = window.ms / columnMs;
  const from = (Math.floor(home.at / columnMs) + 1 - begun) * columnMs;
  return samplePage(home, sensorId, { edges: evenEdges(from, columnMs, begun), first: 0, begun }, null).stats;
}

/** Of the columns that begin at a moment or later. */
function lateStats({ buckets, edges }: ChartSamples, from: number): ChartSamples['stats'] {
  return statsOf(buckets.filter((_, column) => (edges[column] ?? 0) >= from));
}

/** What a page may be like: each kind shows at least so much of the past where that was heard, ms. */
interface PageKind {
  readonly leastMs: number;
  /** Pages begin at multiples of this, ms, so that one is turned so rarely: all that is drawn moves then. */
  readonly stepMs: number;
  /** All divide the step, and what the series keeps divides them. */
  readonly columnSeconds: readonly number[];
}

const MINUTE_MS = 60_000;
const LONG_PAGE: PageKind = {
  leastMs: 60 * MINUTE_MS,
  stepMs: 30 * MINUTE_MS,
  columnSeconds: [60, 120, 180, 300, 600, 900, 1800],
};
/** For as long as all that was heard is on it: in an hour, the first minutes would be lost. */
const FIRST_PAGE: PageKind = { leastMs: 6 * MINUTE_MS, stepMs: 2 * MINUTE_MS, columnSeconds: [10, 20, 30, 60, 120] };

/**
 * Samples a sensor over some minutes at first and an hour and more later, one bucket for each of so many columns (1 or
 * more), beginning at a round time. Time goes on from left to right until the page is full. So a new bucket is one more
 * column, where a window that slides would draw nearly all cells anew: two thousand bytes.
 */
export function pageSamples(home: HomeState, sensorId: string, columns: number): ChartSamples {
  // As of a few seconds ago: each chart begins its columns in a second of its own.
  const page = pageAt(home, sensorId, columns, home.at - chartLagMs(home.readings.places.get(sensorId) ?? 0));
  // But for the first values, so that no chart says for these seconds that nothing was heard.
  return page.stats === null ? pageAt(home, sensorId, columns, home.at) : page;
}

function pageAt(home: HomeState, sensorId: string, columns: number, at: number): ChartSamples {
  const reading = getRow(home.readings, sensorId);
  const since = Math.min(at, (reading && keptSince(reading.series)) ?? at);
  const begin = Math.floor(since / FINEST_MS) * FINEST_MS;
  const isFirst = reading !== undefined && at - begin < SHORT_PAGE_MS && columns > SHORT_PAGE_MS / FINEST_MS;
  if (isFirst) return shortPage(home, sensorId, columns, begin, at);
  const first = pageTime(FIRST_PAGE, columns, at, since);
  const time = (first.edges[0] ?? 0) <= since ? first : pageTime(LONG_PAGE, columns, at, since);
  return samplePage(home, sensorId, time, null);
}

/** What a series keeps at its finest, ms. */
const FINEST_MS = 10_000;
/** The first minute has a page of its own, ms, on which what is kept at its finest has more than one column. */
const SHORT_PAGE_MS = 60_000;

/** A page that the first minute fills: each column has the bucket that it lies in. */
function shortPage(home: HomeState, sensorId: string, columns: number, from: number, at: number): ChartSamples {
  const [lengthMs, count] = [SHORT_PAGE_MS, SHORT_PAGE_MS / FINEST_MS];
  const time = { edges: evenEdges(from, FINEST_MS, count), first: 0, begun: Math.floor((at - from) / FINEST_MS) + 1 };
  const kept = samplePage(home, sensorId, time, null);
  const columnMs = lengthMs / columns;
  // A bucket comes as a whole, and not column by column: that would cost bytes in each second.
  const begun = Math.min(columns, Math.ceil((time.begun * FINEST_MS) / columnMs));
  const bucketAt = (column: number): Bucket | null =>
    column < begun ? (kept.buckets[Math.floor((column * columnMs) / FINEST_MS)] ?? null) : null;
  return {
    ...kept,
    ...{ edges: evenEdges(from, columnMs, columns), first: 0, begun },
    buckets: Array.from({ length: columns }, (_, column) => bucketAt(column)),
    gaps: new Array<null>(columns).fill(null),
  };
}

/** A page that is full, or that begins with what was heard since then, ms. */
function pageTime({ leastMs, stepMs, columnSeconds }: PageKind, columns: number, at: number, since: number): ChartTime {
  const all = columnSeconds.map(seconds => seconds * 1_000);
  const columnMs = all.find(one => one * columns >= leastMs + stepMs) ?? all.at(-1) ?? stepMs;
  const turned = Math.floor((at - columns * columnMs) / stepMs) + 1;
  const from = Math.max(turned, Math.floor(since / stepMs)) * stepMs;
  return { edges: evenEdges(from, columnMs, columns), first: 0, begun: Math.floor((at - from) / columnMs) + 1 };
}

/** The buckets of a page's time, each in its column. */
function samplePage(home: HomeState, sensorId: string, time: ChartTime, past: PastPage | null): ChartSamples {
  const reading = getRow(home.readings, sensorId);
  const sensor = home.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined) {
    return { ...time, range: { min: 0, max: 1 }, buckets: [], gaps: [], compared: [], stats: null };
  }
  const { edges, first, begun } = time;
  const columnMs = (edges[1] ?? 0) - (edges[0] ?? 0);
  const holdMs = Math.max(2 * cadenceOf(home, reading, sensor), columnMs);
  const shown = edges.slice(first, begun + 1);
  const heard = sampleBetween(reading.series, shown, holdMs);
  const { buckets, gaps } = past === null ? withOwnGaps(home, heard, shown) : joinPast(heard, shown, past);
  const none = (count: number) => new Array<null>(Math.max(0, count)).fill(null);
  const padded = <Value>(values: readonly Value[]): readonly (Value | null)[] => [
    ...none(first),
    ...values,
    ...none(edges.length - 1 - begun),
  ];
  return {
    ...time,
    range: rangeOf(sensor, reading),
    buckets: padded(buckets),
    gaps: padded(gaps),
    compared: comparedBetween(past, edges),
    stats: statsOf(buckets),
  };
}

/** Without a history it is known when we ourselves did not listen; else nothing is said of a column without a value. */
function withOwnGaps(home: HomeState, buckets: readonly (Bucket | null)[], edges: readonly number[]): PastColumns {
  const gaps = buckets.map((bucket, place): PastGap | null => {
    const [from = 0, until = 0] = [edges[place], edges[place + 1]];
    return bucket === null && wasDeaf(home, from, until) ? 'not-listening' : null;
  });
  return { buckets, gaps };
}

function statsOf(buckets: readonly (Bucket | null)[]): ChartSamples['stats'] {
  const known = buckets.filter(bucket => bucket !== null);
  if (known.length === 0) return null;
  const count = known.reduce((sum, bucket) => sum + bucket.count, 0);
  const total = known.reduce((sum, bucket) => sum + bucket.sum, 0);
  return {
    min: Math.min(...known.map(bucket => bucket.min)),
    mean: total / count,
    max: Math.max(...known.map(bucket => bucket.max)),
  };
}
