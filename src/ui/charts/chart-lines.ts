import { plot } from 'asciichart';
import type { Range } from '../../core/home/readings/range.ts';
import type { Bucket } from '../../core/home/readings/series.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, type Span, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';
import { axisLabels, timeAxis } from './chart-axis.ts';
import type { ChartSamples } from './chart-samples.ts';
import { type ChartScale, chartScale, chartSpan } from './chart-scale.ts';

/** Columns of the labels at the least, so that charts side by side have their axes at the same place: `14.5`. */
const LABEL_LEAST = 4;
/** Between the labels and the plot: a blank before them and the axis behind. */
const BESIDE_LABEL = 2;
/** Rows below the plot: the axis and the times. */
const AXIS_ROWS = 2;
/** The fewest rows in which a chart says anything. */
export const CHART_MIN_ROWS = 5;

interface Cell {
  readonly text: string;
  readonly style: StyleName;
}

/**
 * A chart with axes: `height` rows of `width` columns. The line is the mean of each column, dots behind it reach from its lowest to
 * its highest value, limits are dotted lines. A gap is a gap: nothing is drawn where nothing was heard.
 */
export function chartLines(
  view: HouseView,
  sensor: SensorConfig,
  samples: ChartSamples,
  width: number,
  height: number,
): Lines {
  const known = samples.buckets.filter(bucket => bucket !== null);
  if (known.length === 0) return emptyChart(width, height);
  const lowest = Math.min(...known.map(bucket => bucket.min));
  const highest = Math.max(...known.map(bucket => bucket.max));
  const { from, to } = chartSpan(samples.range, lowest, highest);
  const scale = chartScale(from, to, height - AXIS_ROWS);
  const labels = axisLabels(scale, height - AXIS_ROWS);
  const gutter = Math.max(LABEL_LEAST, ...labels.map(label => label.length)) + BESIDE_LABEL;
  const columns = Math.max(1, width - gutter);
  const shown = fitSamples(samples, columns);
  const cells = plotCells(view, sensor, shown, scale, height - AXIS_ROWS);
  const rows = cells.map((row, place): Line => {
    const label = labels[place] ?? '';
    const tick = label === '' ? view.glyphs.frame.vertical : (view.glyphs.chart[1] ?? '|');
    return fitLine(
      [
        span(` ${label.padStart(gutter - BESIDE_LABEL)}`.slice(0, gutter - 1), 'axis'),
        span(tick, 'axis'),
        ...joinCells(row),
      ],
      width,
    );
  });
  return [...rows, ...timeAxis(view, shown, gutter, width)];
}

/** The columns of the plot in a chart of that width, as far as the labels are no wider than the ends of its range. */
export function plotColumns({ min, max }: Range, decimals: number, width: number): number {
  const widths = [min, max].map(value => value.toFixed(decimals).length);
  return Math.max(1, width - Math.max(LABEL_LEAST, ...widths) - BESIDE_LABEL);
}

function emptyChart(width: number, height: number): Lines {
  const rows: Line[] = Array.from({ length: height }, () => [blank(width)]);
  const words = 'Nothing was heard in this time';
  rows[Math.floor(height / 2)] = fitLine([blank(Math.floor((width - words.length) / 2)), span(words, 'muted')], width);
  return rows;
}

/** The row of a value, counted from the top. */
function rowOf(value: number, scale: ChartScale, rows: number): number {
  return rows - 1 - Math.round(((value - scale.low) / (scale.high - scale.low)) * (rows - 1));
}

/** The page in so many columns: labels that are wider than was thought take what is not shown first, then the oldest. */
function fitSamples(samples: ChartSamples, columns: number): ChartSamples {
  const { buckets, from, columnMs, first, begun } = samples;
  const excess = Math.max(0, buckets.length - columns);
  const toCome = buckets.length - begun;
  const hidden = Math.max(Math.min(first, excess), excess - toCome);
  const shown = Array.from({ length: columns }, (_, column) => buckets[column + hidden] ?? null);
  const left = { from: from + hidden * columnMs, first: Math.max(0, first - hidden), begun: begun - hidden };
  return { ...samples, ...left, buckets: shown };
}

function plotCells(
  view: HouseView,
  sensor: SensorConfig,
  { buckets, from, columnMs }: ChartSamples,
  scale: ChartScale,
  rows: number,
): readonly (readonly Cell[])[] {
  const cells: Cell[][] = Array.from({ length: rows }, () =>
    buckets.map(() => ({ text: ' ', style: 'chart' as const })),
  );
  const put = (row: number, column: number, cell: Cell): void => {
    const line = cells[row];
    if (line !== undefined && column < line.length) line[column] = cell;
  };
  // Where a page is turned the dots move with all the rest, and need not be sent.
  const first = (from / columnMs) % 2;
  for (const { value, style } of limitsOf(sensor, scale)) {
    const row = rowOf(value, scale, rows);
    for (let column = first; column < buckets.length; column += 2) put(row, column, { text: '·', style });
  }
  for (const [column, bucket] of buckets.entries()) {
    if (bucket === null) continue;
    for (let row = rowOf(bucket.max, scale, rows); row <= rowOf(bucket.min, scale, rows); row += 1) {
      put(row, column, { text: '·', style: 'axis' });
    }
  }
  for (const { start, values } of segments(buckets, scale, rows)) {
    for (const [row, line] of plotSegment(values, rows, view.glyphs.chart).entries()) {
      for (const [column, text] of line.entries()) if (text !== ' ') put(row, start + column, { text, style: 'chart' });
    }
  }
  return cells;
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

function joinCells(cells: readonly Cell[]): readonly Span[] {
  const spans: { text: string; style: StyleName }[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    if (last !== undefined && (last.style === cell.style || cell.text === ' ')) last.text += cell.text;
    else spans.push({ ...cell });
  }
  return spans;
}
