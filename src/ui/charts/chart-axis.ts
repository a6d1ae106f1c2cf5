import { columnAt } from '../layout/chart-time.ts';
import { unsignedZero } from '../layout/number-field.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, joinSpans, type Span, span } from '../text/line.ts';
import { ticksBetween } from './axis-ticks.ts';
import type { ChartSamples } from './chart-samples.ts';
import { type ChartScale, stepDecimals } from './chart-scale.ts';

/** A label in each row that a round value falls on: as many rows from one to the next everywhere. */
export function axisLabels(scale: ChartScale, rows: number): readonly string[] {
  const labels: string[] = new Array<string>(rows).fill('');
  for (let row = rows - 1, value = scale.low; row >= 0; row -= scale.rowsPerStep, value += scale.step) {
    labels[row] = unsignedZero(value.toFixed(stepDecimals(scale.step)));
  }
  return labels;
}

/** Signs on the axis by column. */
export type AxisMarks = ReadonlyMap<number, Span>;

/**
 * The axis below a chart and the times below that: two rows. It is drawn below the time that is shown, up to now: where
 * there is an axis and no line nothing was heard, and where there is none nothing is shown, or time has not come there.
 */
export function timeAxis(
  view: HouseView,
  samples: ChartSamples,
  gutter: number,
  width: number,
  marks?: AxisMarks,
): Lines {
  const { frame } = view.glyphs;
  const { first, begun } = samples;
  const rule = Array.from({ length: width - gutter }, (_, column) =>
    column >= first && column < begun ? frame.horizontal : ' ',
  );
  const times = new Array<string>(width + 8).fill(' ');
  for (const { column, label } of ticksOf(view, samples, rule.length)) {
    if (column < begun) rule[column] = frame.teeTop;
    const begin = Math.min(width - label.length, Math.max(0, gutter + column - Math.floor(label.length / 2)));
    for (const [place, character] of [...label].entries()) times[begin + place] = character;
  }
  const axis = rule.map((text, column): Span => marks?.get(column) ?? span(text, 'axis'));
  return [
    fitLine(joinSpans([blank(gutter - 1), span(frame.bottomLeft, 'axis'), ...axis]), width),
    fitLine([span(times.slice(0, width).join(''), 'axis')], width),
  ];
}

/** The round times of what is shown and of what is yet to come, each with its column. */
function ticksOf(
  { timeOfDay = at => at }: HouseView,
  { edges, first }: ChartSamples,
  columns: number,
): readonly { readonly column: number; readonly label: string }[] {
  const shown = edges.slice(0, columns + 1);
  const [from, until] = [shown[first] ?? 0, shown.at(-1) ?? 0];
  const columnMs = (until - from) / Math.max(1, shown.length - 1 - first);
  // The clock of the house may be ahead of that on the wall.
  const aheadMs = from - timeOfDay(from);
  return ticksBetween(from - aheadMs, until - aheadMs, columnMs).map(({ at, label }) => ({
    column: columnAt(shown, at + aheadMs),
    label,
  }));
}
