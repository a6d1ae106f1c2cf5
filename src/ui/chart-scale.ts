/** The vertical scale of a chart: what its lowest and its highest row stand for, and the labels between. */
export interface ChartScale {
  readonly low: number;
  readonly high: number;
  /** From label to label: a round value, and always the same number of rows. */
  readonly step: number;
  readonly rowsPerStep: number;
}

/** So many rows from label to label at the least, where there is room for that. */
const LABEL_ROWS = 2;
const ROOMY_ROWS = 8;
/** And so many at the most, more only on a chart so high that it has its six labels all the same. */
const MOST_LABEL_ROWS = 4;
/** From the finest step that could do, so many are tried: one of them always does. */
const TRIED_STEPS = 7;

/**
 * A scale around what is to be shown, with a round value every so many of its `rows`, from the lowest row up; `least` is
 * the smallest span, so that noise is not drawn as a mountain range. It is the scale that leaves the values most room,
 * with the most labels of equals, so that it stands still until a value is beyond it.
 */
export function chartScale(lowest: number, highest: number, least: number, rows: number): ChartScale {
  const span = Math.max(highest - lowest, least, Number.MIN_VALUE);
  const middle = (lowest + highest) / 2;
  const from = Math.min(lowest, middle - least / 2);
  const to = Math.max(highest, middle + least / 2);
  const labelRows = rows < ROOMY_ROWS ? 1 : LABEL_ROWS;
  const finest = roundStep((span * labelRows) / Math.max(1, rows - 1));
  const scales = stepsFrom(finest).map(step => scaleOf(from, to, step, rows));
  const fitting = scales.filter(scale => scale.rowsPerStep >= labelRows);
  const height = ({ low, high }: ChartScale): number => high - low;
  return fitting.reduce(
    (best, scale) => (height(scale) < height(best) * 0.999999 ? scale : best),
    fitting[0] ?? { ...scaleOf(from, to, finest, rows), rowsPerStep: 1 },
  );
}

function stepsFrom(finest: number): readonly number[] {
  const steps = [finest];
  while (steps.length < TRIED_STEPS) steps.push(roundStep((steps.at(-1) ?? finest) * 1.1));
  return steps;
}

function scaleOf(from: number, to: number, step: number, rows: number): ChartScale {
  const low = Math.floor(from / step) * step;
  // One value right at a label needs no room above it.
  const steps = Math.max((to - low) / step, Number.EPSILON);
  // As wide as it goes with room for the highest, but for the dust of binary fractions.
  const rowsPerStep = Math.min(Math.floor((rows - 1) / steps + 1e-9), Math.max(MOST_LABEL_ROWS, Math.ceil(rows / 6)));
  const high = low + (rowsPerStep < 1 ? Math.ceil(steps) : (rows - 1) / rowsPerStep) * step;
  return { low: tidy(low, step), high: tidy(high, step), step, rowsPerStep };
}

/** The digits behind the point that the labels of a step need. */
export function stepDecimals(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** 1, 2 or 5 times a power of ten, not less than the size. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = [1, 2, 5].find(one => one * power >= size * 0.999) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions. */
function tidy(value: number, step: number): number {
  return Number(value.toFixed(Math.min(100, stepDecimals(step) + 6)));
}
