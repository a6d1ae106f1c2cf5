import { unsignedZero } from '../layout/number-field.ts';
import { type HouseView, type Lines, timeText } from '../text/house-view.ts';
import { blank, fitLine, span } from '../text/line.ts';
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

/** A time of day below a column of the plot. */
interface Tick {
  readonly column: number;
  readonly at: number;
}

/** The columns from one time to the next at the least: a time has five. */
const TICK_LEAST = 9;
/** Minutes from one time to the next: round ones, and all columns divide the first of them that is wide enough. */
const TICK_MINUTES = [1, 2, 5, 10, 30, 60, 180, 360, 720, 1440];

/**
 * The axis below a chart and the times below that: two rows. It is drawn below the time that is shown, up to now: where
 * there is an axis and no line nothing was heard, and where there is none nothing is shown, or time has not come there.
 */
export function timeAxis(view: HouseView, samples: ChartSamples, gutter: number, width: number): Lines {
  const { frame } = view.glyphs;
  const { first, begun } = samples;
  const rule = Array.from({ length: width - gutter }, (_, column) =>
    column >= first && column < begun ? frame.horizontal : ' ',
  );
  const times = new Array<string>(width + 6).fill(' ');
  for (const { column, at } of ticksOf(samples, rule.length)) {
    if (column < begun) rule[column] = frame.teeTop;
    const begin = Math.min(width - 5, Math.max(0, gutter + column - 2));
    for (const [place, character] of [...timeText(view, at).slice(0, 5)].entries()) times[begin + place] = character;
  }
  return [
    fitLine([blank(gutter - 1), span(`${frame.bottomLeft}${rule.join('')}`, 'axis')], width),
    fitLine([span(times.slice(0, width).join(''), 'axis')], width),
  ];
}

/** The round times of what is shown and of what is yet to come. */
function ticksOf({ from, columnMs, first }: ChartSamples, columns: number): readonly Tick[] {
  const steps = TICK_MINUTES.map(minutes => minutes * 60_000);
  const stepMs = steps.find(one => one >= TICK_LEAST * columnMs) ?? steps.at(-1) ?? columnMs;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((from + first * columnMs) / stepMs) * stepMs; at < from + columns * columnMs; at += stepMs) {
    ticks.push({ column: (at - from) / columnMs, at });
  }
  return ticks;
}
