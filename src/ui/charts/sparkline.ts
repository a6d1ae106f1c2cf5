import { wasDeaf } from '../../core/home/clients/listened.ts';
import { cadenceOf } from '../../core/home/clients/select-freshness.ts';
import { rangeOf } from '../../core/home/readings/range.ts';
import { type Bucket, sampleSeries } from '../../core/home/readings/series.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { HouseView } from '../text/house-view.ts';
import { blank, type Line } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';
import { sparklineLagMs } from './chart-samples.ts';

/** What one column of a sparkline stands for, ms: what a series keeps of each. */
const COLUMN_MS = 10_000;

/**
 * The history of a sensor on the scale of its configured range, `width` columns of ten seconds, the newest value always
 * on the right. The scale never changes, so a new column is a shift by one and nothing else. Where nothing was heard
 * there is a dot: the room of a history that is yet to come, and a gap in one that is there; another sign where it is
 * known that nobody listened.
 */
export function sparkline(view: HouseView, sensorId: string, width: number): Line {
  const { home, glyphs } = view;
  const reading = getRow(home.readings, sensorId);
  const sensor = home.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined || width <= 0) return [blank(width)];
  const holdMs = Math.max(2 * cadenceOf(home, reading, sensor), COLUMN_MS);
  // One more than is shown: the newest shares its column with the one before until the sparkline moves on.
  const sampled = sampleSeries(reading.series, { endAt: home.at, columnMs: COLUMN_MS, columns: width + 1, holdMs });
  const hasMoved = home.at % COLUMN_MS >= sparklineLagMs(home.readings.places.get(sensorId) ?? 0);
  const buckets = hasMoved ? sampled.slice(1) : withNewestLast(sampled);
  const { min, max } = rangeOf(sensor, reading);
  const begin = (Math.floor(home.at / COLUMN_MS) - width + (hasMoved ? 1 : 0)) * COLUMN_MS;
  const bars = buckets.map((bucket, column) => {
    if (bucket !== null) return barOf(glyphs.sparkline, (bucket.last - min) / (max - min));
    const fromAt = begin + column * COLUMN_MS;
    return wasDeaf(home, fromAt, fromAt + COLUMN_MS) ? glyphs.gaps.unknown : glyphs.silence;
  });
  return spansOf(bars, [glyphs.silence, glyphs.gaps.unknown]);
}

function withNewestLast(sampled: readonly (Bucket | null)[]): readonly (Bucket | null)[] {
  const shown = sampled.slice(0, -1);
  return [...shown.slice(0, -1), sampled.at(-1) ?? shown.at(-1) ?? null];
}

function spansOf(bars: readonly string[], gaps: readonly string[]): Line {
  const spans: { text: string; style: StyleName }[] = [];
  for (const text of bars) {
    const style = gaps.includes(text) ? 'frame' : 'chart';
    const last = spans.at(-1);
    if (last?.style === style) last.text += text;
    else spans.push({ text, style });
  }
  return spans;
}

/** The bar for a share of the scale; what is beyond the scale is the lowest or the highest bar. */
function barOf(bars: readonly string[], share: number): string {
  const index = Math.min(bars.length - 1, Math.max(0, Math.floor(share * bars.length)));
  return bars[index] ?? ' ';
}
