import { plot } from 'asciichart';
import type { SensorConfig } from '../../core/home/config-schema.ts';
import type { Bucket } from '../../core/home/series.ts';
import type { ChartSamples } from '../chart-samples.ts';
import { type ChartScale, chartScale, stepDecimals } from '../chart-scale.ts';
import { blank, fitLine, type Line, type Span, span } from '../line.ts';
import { unsignedZero } from '../number-field.ts';
import type { StyleName } from '../theme.ts';
import { type Lines, timeText, type View } from '../view.ts';

/** The part of the configured range that a chart shows at the least. */
const LEAST_SHARE = 0.04;
/** Columns of the labels at the least, so that charts side by side have their axes at the same place: `14.5`. */
const LABEL_LEAST = 4;
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
  view: View,
  sensor: SensorConfig,
  samples: ChartSamples,
  width: number,
  height: number,
): Lines {
  if (samples.stats === null) return emptyChart(width, height);
  const { min, max } = samples.stats;
  const scale = chartScale(min, max, (sensor.range.max - sensor.range.min) * LEAST_SHARE, height - AXIS_ROWS);
  const labels = axisLabels(scale, height - AXIS_ROWS);
  const gutter = Math.max(LABEL_LEAST, ...labels.map(label => label.length)) + 2;
  const columns = Math.max(1, width - gutter);
  const stretched = stretch(samples.buckets, columns);
  const cells = plotCells(view, sensor, stretched, scale, height - AXIS_ROWS);
  const rows = cells.map((row, place): Line => {
    const label = labels[place] ?? '';
    const tick = label === '' ? view.glyphs.frame.vertical : (view.glyphs.chart[1] ?? '|');
    return fitLine(
      [span(` ${label.padStart(gutter - 2)}`.slice(0, gutter - 1), 'axis'), span(tick, 'axis'), ...joinCells(row)],
      width,
    );
  });
  return [...rows, ...timeAxis(view, samples, gutter, width)];
}

function emptyChart(width: number, height: number): Lines {
  const rows: Line[] = Array.from({ length: height }, () => [blank(width)]);
  const words = 'Nothing was heard in this time';
  rows[Math.floor(height / 2)] = fitLine([blank(Math.floor((width - words.length) / 2)), span(words, 'muted')], width);
  return rows;
}

/** A label in each row that a round value falls on: as many rows from one to the next everywhere. */
function axisLabels(scale: ChartScale, rows: number): readonly string[] {
  const labels: string[] = new Array<string>(rows).fill('');
  for (let row = rows - 1, value = scale.low; row >= 0; row -= scale.rowsPerStep, value += scale.step) {
    labels[row] = unsignedZero(value.toFixed(stepDecimals(scale.step)));
  }
  return labels;
}

/** The row of a value, counted from the top. */
function rowOf(value: number, scale: ChartScale, rows: number): number {
  return rows - 1 - Math.round(((value - scale.low) / (scale.high - scale.low)) * (rows - 1));
}

/** The buckets spread over all columns, each as wide as there is room. */
function stretch(buckets: readonly (Bucket | null)[], columns: number): readonly (Bucket | null)[] {
  return Array.from(
    { length: columns },
    (_, column) => buckets[Math.floor((column * buckets.length) / columns)] ?? null,
  );
}

function plotCells(
  view: View,
  sensor: SensorConfig,
  buckets: readonly (Bucket | null)[],
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
  for (const { value, style } of limitsOf(sensor, scale)) {
    const row = rowOf(value, scale, rows);
    for (let column = 0; column < buckets.length; column += 2) put(row, column, { text: '·', style });
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

/** The axis below, with the time at its begin, its end and up to three places between. */
function timeAxis(view: View, samples: ChartSamples, gutter: number, width: number): Lines {
  const columns = width - gutter;
  const count = columns >= 60 ? 4 : columns >= 24 ? 2 : 1;
  const rule = Array.from({ length: columns }, () => view.glyphs.frame.horizontal);
  const times = new Array<string>(width + 6).fill(' ');
  for (let tick = 0; tick <= count; tick += 1) {
    const column = Math.round((tick / count) * (columns - 1));
    const text = timeText(view, samples.from + (tick / count) * (samples.to - samples.from)).slice(0, 5);
    rule[column] = view.glyphs.frame.teeTop;
    const begin = Math.min(width - 5, Math.max(0, gutter + column - 2));
    for (const [place, character] of [...text].entries()) times[begin + place] = character;
  }
  return [
    fitLine([blank(gutter - 1), span(`${view.glyphs.frame.bottomLeft}${rule.join('')}`, 'axis')], width),
    fitLine([span(times.slice(0, width).join(''), 'axis')], width),
  ];
}
