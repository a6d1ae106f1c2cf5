/** The vertical scale of a chart: what its lowest and its highest row stand for, and the labels between. */
export interface ChartScale {
  readonly low: number;
  readonly high: number;
  /** From label to label: a round value, and always the same number of rows. */
  readonly step: number;
  readonly rowsPerStep: number;
}

/**
 * A scale around what is to be shown, with a round value every so many of its `rows`, from the lowest row up. It follows
 * the values only when they cross a round number, so that it stands still nearly always; `least` is the smallest span, so
 * that noise is not drawn as a mountain range. Of the steps that give a label about two rows or more, it takes the one
 * that leaves the values most room.
 */
export function chartScale(lowest: number, highest: number, least: number, rows: number): ChartScale {
  const span = Math.max(highest - lowest, least, Number.MIN_VALUE);
  const middle = (lowest + highest) / 2;
  const from = Math.min(lowest, middle - least / 2);
  const to = Math.max(highest, middle + least / 2);
  const finest = roundStep(span / Math.max(2, rows / 2));
  const steps = [finest, roundStep(finest * 1.1), roundStep(finest * 2.1), roundStep(finest * 10)];
  const scales = steps.map(step => scaleOf(from, to, step, rows));
  const fitting = scales.filter(scale => scale.rowsPerStep >= 1);
  return fitting.reduce(
    (best, scale) => (scale.high - scale.low < best.high - best.low ? scale : best),
    fitting[0] ?? { ...scaleOf(from, to, finest, rows), rowsPerStep: 1 },
  );
}

function scaleOf(from: number, to: number, step: number, rows: number): ChartScale {
  const low = Math.floor(from / step) * step;
  const count = Math.max(1, Math.ceil(to / step) - Math.floor(from / step));
  const rowsPerStep = Math.floor((rows - 1) / count);
  const high = low + (rowsPerStep < 1 ? count : (rows - 1) / rowsPerStep) * step;
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
