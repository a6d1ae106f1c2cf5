import { cadenceOf } from '../../core/home/select-freshness.ts';
import { sampleSeries } from '../../core/home/series.ts';
import { getRow } from '../../core/home/table.ts';
import type { View } from '../view.ts';

/** What one column of a sparkline stands for, ms: a boundary for all, so that all shift at once and rarely. */
const COLUMN_MS = 10_000;

/**
 * The history of a sensor on the scale of its configured range, `width` columns of ten seconds, newest on the right.
 * The scale never changes, so a new column is a shift by one and nothing else. A gap is blank.
 */
export function sparkline(view: View, sensorId: string, width: number): string {
  const { home, glyphs } = view;
  const reading = getRow(home.readings, sensorId);
  const sensor = home.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined || width <= 0) return ' '.repeat(Math.max(0, width));
  const holdMs = Math.max(2 * cadenceOf(home, reading, sensor), COLUMN_MS);
  const buckets = sampleSeries(reading.series, { endAt: home.at, columnMs: COLUMN_MS, columns: width, holdMs });
  const { min, max } = sensor.range;
  return buckets
    .map(bucket => (bucket === null ? ' ' : barOf(glyphs.sparkline, (bucket.last - min) / (max - min))))
    .join('');
}

/** The bar for a share of the scale; what is beyond the scale is the lowest or the highest bar. */
export function barOf(bars: readonly string[], share: number): string {
  const index = Math.min(bars.length - 1, Math.max(0, Math.floor(share * bars.length)));
  return bars[index] ?? ' ';
}
