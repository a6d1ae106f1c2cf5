import { cadenceOf } from '../core/home/select-freshness.ts';
import { type Bucket, sampleSeries } from '../core/home/series.ts';
import type { HomeState } from '../core/home/state.ts';
import { getRow } from '../core/home/table.ts';
import type { ChartWindow } from './app-state.ts';

/** What a chart is drawn from. */
export interface ChartSamples {
  readonly buckets: readonly (Bucket | null)[];
  /** When the first bucket begins and the last one ends, ms. */
  readonly from: number;
  readonly to: number;
  /** Over all buckets; `null` where nothing was heard. */
  readonly stats: { readonly min: number; readonly mean: number; readonly max: number } | null;
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
