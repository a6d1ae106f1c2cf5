import { plot } from 'asciichart';
import type { PastGap } from '../../core/history/query/past-page.ts';
import type { Bucket } from '../../core/home/readings/series.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import type { HouseView } from '../text/house-view.ts';
import type { StyleName } from '../theme/theme.ts';
import { type Cell, gapCell } from './chart-gaps.ts';
import type { ChartSamples } from './chart-samples.ts';
import type { ChartScale } from './chart-scale.ts';

/** A value of the hours that it is compared with. */
const COMPARED: Cell = { text: '+', style: 'frame' };

type Put = (row: number, column: number, cell: Cell) => void;

/** The cells of a plot of so many rows, from the top: gaps, limits, ranges, the hours beside, and the line over all. */
export function plotCells(
  view: HouseView,
  sensor: SensorConfig,
  { buckets, gaps, compared, edges }: ChartSamples,
  scale: ChartScale,
  rows: number,
): readonly Cell[][] {
  const cells: Cell[][] = Array.from({ length: rows }, () =>
    buckets.map(() => ({ text: ' ', style: 'chart' as const })),
  );
  const put: Put = (row, column, cell) => {
    const line = cells[row];
    if (line !== undefined && column < line.length) line[column] = cell;
  };
  // Where a page is turned the dots move with all the rest, and need not be sent.
  const [from = 0, next = 1] = edges;
  const first = Math.round(from / (next - from)) % 2;
  for (const { value, style } of limitsOf(sensor, scale)) {
    const row = rowOf(value, scale, rows);
    for (let column = first; column < buckets.length; column += 2) put(row, column, { text: '·', style });
  }
  fillGaps(view, gaps, rows, put);
  drawRanges(buckets, scale, rows, put);
  drawCompared(compared, scale, rows, put);
  for (const { start, values } of segments(buckets, scale, rows)) {
    for (const [row, line] of plotSegment(values, rows, view.glyphs.chart).entries()) {
      for (const [column, text] of line.entries()) if (text !== ' ') put(row, start + column, { text, style: 'chart' });
    }
  }
  return cells;
}

/** From the lowest to the highest value of each column. */
function drawRanges(buckets: readonly (Bucket | null)[], scale: ChartScale, rows: number, put: Put): void {
  for (const [column, bucket] of buckets.entries()) {
    if (bucket === null) continue;
    for (let row = rowOf(bucket.max, scale, rows); row <= rowOf(bucket.min, scale, rows); row += 1) {
      put(row, column, { text: '·', style: 'axis' });
    }
  }
}

function drawCompared(compared: readonly (Bucket | null)[], scale: ChartScale, rows: number, put: Put): void {
  for (const [column, bucket] of compared.entries()) {
    if (bucket !== null) put(rowOf(bucket.sum / bucket.count, scale, rows), column, COMPARED);
  }
}

function fillGaps(view: HouseView, gaps: readonly (PastGap | null)[], rows: number, put: Put): void {
  for (const [column, gap] of gaps.entries()) {
    if (gap === null) continue;
    for (let row = 0; row < rows; row += 1) put(row, column, gapCell(view.glyphs, gap));
  }
}

/** The row of a value, counted from the top. */
function rowOf(value: number, scale: ChartScale, rows: number): number {
  return rows - 1 - Math.round(((value - scale.low) / (scale.high - scale.low)) * (rows - 1));
}

function limitsOf(sensor: SensorConfig, scale: ChartScale): readonly { value: number; style: StyleName }[] {
  const { warning = {}, critical = {} } = sensor;
  const limits: { value: number | undefined; style: StyleName }[] = [
    { value: warning.low, style: 'limit' },
    { value: warning.high, style: 'limit' },
    { value: critical.low, style: 'critical' },
    { value: critical.high, style: 'critical' },
  ];
  return limits.flatMap(({ value, style }) =>
    value !== undefined && value >= scale.low && value <= scale.high ? [{ value, style }] : [],
  );
}

/** The stretches without a gap, as heights in rows above the bottom. */
function segments(
  buckets: readonly (Bucket | null)[],
  scale: ChartScale,
  rows: number,
): readonly { readonly start: number; readonly values: readonly number[] }[] {
  const found: { start: number; values: number[] }[] = [];
  for (const [column, bucket] of buckets.entries()) {
    if (bucket === null) continue;
    const height = rows - 1 - rowOf(bucket.sum / bucket.count, scale, rows);
    const last = found.at(-1);
    if (last !== undefined && last.start + last.values.length === column) last.values.push(height);
    else found.push({ start: column, values: [height] });
  }
  return found;
}

/**
 * One stretch drawn by asciichart, as characters by row and column. It draws n - 1 columns for n values and an axis of
 * its own: the first value is given twice and the axis is cut off.
 */
function plotSegment(
  values: readonly number[],
  rows: number,
  symbols: readonly string[],
): readonly (readonly string[])[] {
  const first = values[0];
  if (first === undefined || rows < 2) return [];
  const picture = plot([first, ...values], {
    min: 0,
    max: rows - 1,
    height: rows - 1,
    offset: 1,
    symbols,
    // An empty label would take the first column with it.
    format: () => ' ',
  });
  return picture.split('\n').map(line => [...line].slice(1));
}
