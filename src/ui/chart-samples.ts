import { cadenceOf } from '../core/home/select-freshness.ts';
import { type Bucket, sampleSeries } from '../core/home/series.ts';
import type { HomeState } from '../core/home/state.ts';
import { getRow } from '../core/home/table.ts';
import type { ChartWindow } from './app-state.ts';
import { chartLagMs } from './chart-lag.ts';

/** What a chart is drawn from. */
export interface ChartSamples {
  readonly buckets: readonly (Bucket | null)[];
  /** When the first bucket begins and the last one ends, ms. */
  readonly from: number;
  readonly to: number;
  /** Over all buckets; `null` where nothing was heard. */
  readonly stats: { readonly min: number; readonly mean: number; readonly max: number } | null;
  /** Set for a page: it stands still and fills up, one bucket a column. */
  readonly page?: Page;
}

/** How a page lies in time. */
export interface Page {
  readonly columnMs: number;
  /** How many of its columns have begun: the others are yet to come. */
  readonly begun: number;
}

/** Seconds of one bucket by the minutes of the window: all divide it, and what the series keeps divides them. */
const BUCKET_SECONDS: Readonly<Record<number, readonly number[]>> = {
  10: [10, 20, 30, 60],
  60: [30, 60, 120, 180],
  360: [180, 240, 360, 720],
  1440: [900, 1200, 1800, 3600],
};

/** Samples a sensor over a window in at most so many columns. */
export function chartSamples(home: HomeState, sensorId: string, window: ChartWindow, columns: number): ChartSamples {
  const reading = getRow(home.readings, sensorId);
  const sensor = home.house.sensors.get(sensorId);
  const choices = BUCKET_SECONDS[window.ms / 60_000] ?? [10];
  const seconds = choices.find(one => window.ms / (one * 1_000) <= columns) ?? choices.at(-1) ?? 10;
  const columnMs = seconds * 1_000;
  const count = window.ms / columnMs;
  const to = Math.floor(home.at / columnMs) * columnMs + columnMs;
  const from = to - window.ms;
  if (reading === undefined || sensor === undefined) return { buckets: [], from, to, stats: null };
  const holdMs = Math.max(2 * cadenceOf(home, reading, sensor), columnMs);
  const buckets = sampleSeries(reading.series, { endAt: home.at, columnMs, columns: count, holdMs });
  return { buckets, from, to, stats: statsOf(buckets) };
}

/** A page shows at least this much of the past, ms. */
const PAGE_LEAST_MS = 3_600_000;
/** Pages begin at multiples of this, ms, so that one is turned so rarely: all that is drawn moves then. */
export const PAGE_STEP_MS = 1_800_000;
/** All divide the step, and what the series keeps divides them. */
const PAGE_COLUMN_SECONDS = [60, 120, 180, 300, 600, 900];

/**
 * Samples a sensor over an hour and more, one bucket for each of so many columns (1 or more), beginning at a full half
 * hour. Time goes on from left to right until the page is full. So a new bucket is one more column, where a window that
 * slides would draw nearly all cells anew: two thousand bytes.
 */
export function pageSamples(home: HomeState, sensorId: string, columns: number): ChartSamples {
  // As of a few seconds ago: each chart begins its columns in a second of its own.
  const page = pageAt(home, sensorId, columns, home.at - chartLagMs(home.readings.places.get(sensorId) ?? 0));
  // But for the first values, so that no chart says for these seconds that nothing was heard.
  return page.stats === null ? pageAt(home, sensorId, columns, home.at) : page;
}

function pageAt(home: HomeState, sensorId: string, columns: number, at: number): ChartSamples {
  const seconds = PAGE_COLUMN_SECONDS.find(one => one * 1_000 * columns >= PAGE_LEAST_MS + PAGE_STEP_MS) ?? 1800;
  const columnMs = seconds * 1_000;
  const spanMs = columns * columnMs;
  const from = (Math.floor((at - spanMs) / PAGE_STEP_MS) + 1) * PAGE_STEP_MS;
  const begun = Math.floor((at - from) / columnMs) + 1;
  const frame = { from, to: from + spanMs, page: { columnMs, begun } };
  const reading = getRow(home.readings, sensorId);
  const sensor = home.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined) return { ...frame, buckets: [], stats: null };
  const holdMs = Math.max(2 * cadenceOf(home, reading, sensor), columnMs);
  const past = sampleSeries(reading.series, { endAt: at, columnMs, columns: begun, holdMs });
  const future = new Array<null>(columns - begun).fill(null);
  return { ...frame, buckets: [...past, ...future], stats: statsOf(past) };
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
