import { cutText } from '../../core/fit-text.ts';
import { noEvents, type PageEvents } from '../../core/history/query/page-events.ts';
import type { PastGap } from '../../core/history/query/past-page.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import { columnAt } from '../layout/chart-time.ts';
import { BESIDE_LABEL, LABEL_LEAST } from '../layout/plot.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, joinSpans, type Line, lineWidth, overlayLines, type Span, span } from '../text/line.ts';
import { type AxisMarks, axisLabels, timeAxis } from './chart-axis.ts';
import { type Cell, emptyWords, gapCell } from './chart-gaps.ts';
import type { ChartSamples } from './chart-samples.ts';
import { chartScale, chartSpan } from './chart-scale.ts';
import { eventSign } from './event-sign.ts';
import { plotCells } from './plot-cells.ts';

/** Rows below the plot: the axis and the times. */
const AXIS_ROWS = 2;
/** Columns before a plot whose labels are short. */
const GUTTER_LEAST = LABEL_LEAST + BESIDE_LABEL;
/** Beyond this the steps of a scale, and sums of values, are no numbers any more: no sensor says so, but a topic may. */
const LARGEST = 1e300;
/** The fewest rows in which a chart says anything. */
export const CHART_MIN_ROWS = 5;

/** What is drawn on a chart besides its values. */
export interface ChartLook {
  readonly events: PageEvents;
  /** The moment whose value is read, ms; `null` where none is. */
  readonly cursor: number | null;
  /** What is said where there is no value; what the gaps say where it is absent. */
  readonly emptyWords?: string;
}

const PLAIN: ChartLook = { events: noEvents, cursor: null };

/**
 * A chart with axes: `height` rows of `width` columns. The line is the mean of each column, dots behind it reach from its lowest to
 * its highest value, limits are dotted lines. A gap is a gap: no line is drawn where nothing was heard, and where it is
 * known why, the column is filled with that.
 */
export function chartLines(
  view: HouseView,
  sensor: SensorConfig,
  samples: ChartSamples,
  width: number,
  height: number,
  look: ChartLook = PLAIN,
): Lines {
  const known = samples.buckets.filter(bucket => bucket !== null);
  if (known.length === 0) return emptyChart(view, samples, width, height, look);
  const beside = samples.compared.flatMap(bucket => (bucket === null ? [] : [bucket.sum / bucket.count]));
  const lowest = Math.min(...known.map(bucket => bucket.min), ...beside);
  const highest = Math.max(...known.map(bucket => bucket.max), ...beside);
  if (!(lowest > -LARGEST && highest < LARGEST)) {
    return emptyChart(view, samples, width, height, { ...look, emptyWords: 'These values are too large to draw' });
  }
  const { from, to } = chartSpan(samples.range, lowest, highest);
  const scale = chartScale(from, to, height - AXIS_ROWS);
  const labels = axisLabels(scale, height - AXIS_ROWS);
  const gutter = Math.max(LABEL_LEAST, ...labels.map(label => label.length)) + BESIDE_LABEL;
  const columns = Math.max(1, width - gutter);
  const shown = fitSamples(samples, columns);
  const cells = plotCells(view, sensor, shown, scale, height - AXIS_ROWS);
  if (look.cursor !== null) drawCursor(view, cells, columnAt(shown.edges, look.cursor));
  const rows = cells.map((row, place): Line => {
    const label = labels[place] ?? '';
    const tick = label === '' ? view.glyphs.frame.vertical : (view.glyphs.chart[1] ?? '|');
    return fitLine(
      [
        span(` ${label.padStart(gutter - BESIDE_LABEL)}`.slice(0, gutter - 1), 'axis'),
        span(tick, 'axis'),
        ...joinSpans(row),
      ],
      width,
    );
  });
  return [...rows, ...timeAxis(view, shown, gutter, width, marksOf(view, shown, look))];
}

/** A chart without a value: why, and where it is known what time it is of, its axis. */
function emptyChart(view: HouseView, samples: ChartSamples, width: number, height: number, look: ChartLook): Lines {
  const hasTime = samples.gaps.some(gap => gap !== null);
  const shown = fitSamples(samples, Math.max(1, width - GUTTER_LEAST));
  const axis = hasTime ? timeAxis(view, shown, GUTTER_LEAST, width, marksOf(view, shown, look)) : [];
  const text = cutText(look.emptyWords ?? emptyWords(samples.gaps), width);
  const filled = joinSpans([
    blank(GUTTER_LEAST),
    ...shown.gaps.map(gap => (gap === null ? blank(1) : gapSpan(view, gap))),
  ]);
  const rows: Line[] = Array.from({ length: height - axis.length }, () => fitLine(filled, width));
  const words: Line = [span(hasTime ? ` ${text} ` : text, 'muted')];
  const [row, column] = [Math.floor(height / 2), Math.floor((width - lineWidth(words)) / 2)];
  return [...overlayLines(rows, [words], column, Math.min(row, rows.length - 1)), ...axis];
}

function gapSpan({ glyphs }: HouseView, gap: PastGap): Span {
  const { text, style } = gapCell(glyphs, gap);
  return span(text, style);
}

/** The page in so many columns: labels that are wider than was thought take what is not shown first, then the oldest. */
function fitSamples(samples: ChartSamples, columns: number): ChartSamples {
  const { buckets, edges, first, begun } = samples;
  const excess = Math.max(0, buckets.length - columns);
  const toCome = buckets.length - begun;
  const hidden = Math.max(Math.min(first, excess), excess - toCome);
  const shownOf = <Value>(values: readonly (Value | null)[]): readonly (Value | null)[] =>
    Array.from({ length: columns }, (_, column) => values[column + hidden] ?? null);
  return {
    ...samples,
    edges: edges.slice(hidden, hidden + columns + 1),
    first: Math.max(0, first - hidden),
    begun: begun - hidden,
    buckets: shownOf(buckets),
    gaps: shownOf(samples.gaps),
    compared: shownOf(samples.compared),
  };
}

/** A line through the free cells of a column: what is drawn there stays. */
function drawCursor({ glyphs }: HouseView, cells: readonly Cell[][], column: number): void {
  for (const row of cells) {
    if (row[column]?.text === ' ') row[column] = { text: glyphs.frame.vertical, style: 'focus' };
  }
}

/**
 * The signs on the axis: the worst of what happened in a column, where what happened cannot be read any more, and where the
 * cursor is.
 */
function marksOf(view: HouseView, { edges, first, begun }: ChartSamples, { events, cursor }: ChartLook): AxisMarks {
  const signs = new Map<number, Span>();
  for (let column = first; column < begun; column += 1) {
    const [from = 0, until = 0] = [edges[column], edges[column + 1]];
    if (events.lost.some(one => one.from < until && one.until > from)) signs.set(column, gapSpan(view, 'damaged'));
  }
  for (const { from, until, mark } of events.marks) {
    const column = columnAt(edges, from);
    // While a page of another length is still known, its columns are none of these.
    const isColumn = edges[column] === from && edges[column + 1] === until;
    if (isColumn && column >= first && column < begun) signs.set(column, eventSign(view.glyphs, mark));
  }
  const column = cursor === null ? -1 : columnAt(edges, cursor);
  if (column >= 0) signs.set(column, span(signs.get(column)?.text ?? view.glyphs.frame.cross, 'focus'));
  return signs;
}
