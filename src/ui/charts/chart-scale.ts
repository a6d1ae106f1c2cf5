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

/** A chart shows this part of the sensor's range at the least, so that noise is not drawn as a mountain range. */
const LEAST_SHARE = 0.05;

/** Four of these are what a chart shows: 20, 40 or 80, times a power of ten. */
const QUARTERS = [5, 10, 20];

/**
 * What a chart of values between `lowest` and `highest` is to show: four round steps from a round place on, the smallest
 * that hold them. So the scale of a sensor that has just begun to speak grows in a few wide steps, each of which draws the
 * whole chart anew, and often stands still where an extreme has left the time that is shown.
 */
export function chartSpan(
  range: { readonly min: number; readonly max: number },
  lowest: number,
  highest: number,
): { readonly from: number; readonly to: number } {
  const least = Math.max((range.max - range.min) * LEAST_SHARE, Math.abs(highest) * 1e-9, 1e-9);
  for (let power = 10 ** Math.floor(Math.log10(least) - 2); Number.isFinite(power); power *= 10) {
    for (const quarter of QUARTERS.map(one => one * power)) {
      const from = Math.floor(lowest / quarter) * quarter;
      if (4 * quarter >= least && from + 4 * quarter >= highest) return { from, to: from + 4 * quarter };
    }
  }
  return { from: lowest, to: highest };
}

/**
 * A scale from `from` to `to`, which is more, with a round value every so many of its `rows`, from the lowest row up. It
 * is the scale that leaves the values most room, with the most labels of equals.
 */
export function chartScale(from: number, to: number, rows: number): ChartScale {
  const span = Math.max(to - from, Number.MIN_VALUE);
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
