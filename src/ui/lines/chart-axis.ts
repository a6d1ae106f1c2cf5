import { type ChartSamples, PAGE_STEP_MS, type Page } from '../chart-samples.ts';
import { type ChartScale, stepDecimals } from '../chart-scale.ts';
import { blank, fitLine, span } from '../line.ts';
import { unsignedZero } from '../number-field.ts';
import { type Lines, timeText, type View } from '../view.ts';

/** A label in each row that a round value falls on: as many rows from one to the next everywhere. */
export function axisLabels(scale: ChartScale, rows: number): readonly string[] {
  const labels: string[] = new Array<string>(rows).fill('');
  for (let row = rows - 1, value = scale.low; row >= 0; row -= scale.rowsPerStep, value += scale.step) {
    labels[row] = unsignedZero(value.toFixed(stepDecimals(scale.step)));
  }
  return labels;
}

/** A time of day below a column of the plot. */
interface Tick {
  readonly column: number;
  readonly at: number;
}

/** The columns from one time to the next at the least: a time has five. */
const TICK_LEAST = 9;

/** The axis below a chart and the times below that: two rows. That of a page is drawn as far as time has come. */
export function timeAxis(view: View, samples: ChartSamples, gutter: number, width: number): Lines {
  const { frame } = view.glyphs;
  const columns = width - gutter;
  const drawn = Math.min(columns, samples.page?.begun ?? columns);
  const rule = Array.from({ length: columns }, (_, column) => (column < drawn ? frame.horizontal : ' '));
  const times = new Array<string>(width + 6).fill(' ');
  for (const { column, at } of ticksOf(samples, columns)) {
    if (column < drawn) rule[column] = frame.teeTop;
    const begin = Math.min(width - 5, Math.max(0, gutter + column - 2));
    for (const [place, character] of [...timeText(view, at).slice(0, 5)].entries()) times[begin + place] = character;
  }
  return [
    fitLine([blank(gutter - 1), span(`${frame.bottomLeft}${rule.join('')}`, 'axis')], width),
    fitLine([span(times.slice(0, width).join(''), 'axis')], width),
  ];
}

function ticksOf({ from, to, page }: ChartSamples, columns: number): readonly Tick[] {
  if (page !== undefined) return pageTicks(from, page, columns);
  const count = columns >= 60 ? 4 : columns >= 24 ? 2 : 1;
  return Array.from({ length: count + 1 }, (_, tick) => ({
    column: Math.round((tick / count) * (columns - 1)),
    at: from + (tick / count) * (to - from),
  }));
}

/** Full half hours, or every so many of them. */
function pageTicks(from: number, { columnMs }: Page, columns: number): readonly Tick[] {
  const perStep = PAGE_STEP_MS / columnMs;
  const stepMs = PAGE_STEP_MS * Math.ceil(TICK_LEAST / perStep);
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / stepMs) * stepMs; (at - from) / columnMs < columns; at += stepMs) {
    ticks.push({ column: (at - from) / columnMs, at });
  }
  return ticks;
}
