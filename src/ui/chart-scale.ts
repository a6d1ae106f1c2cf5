/** The vertical scale of a chart: bounds and the steps between its labels. */
export interface ChartScale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/**
 * A scale with round bounds around what is to be shown. It follows the values only when they cross a round number, so
 * that it stands still nearly always; `least` is the smallest span, so that noise is not drawn as a mountain range; a label
 * takes about two of the `rows`.
 */
export function chartScale(lowest: number, highest: number, least: number, rows = 10): ChartScale {
  const span = Math.max(highest - lowest, least, Number.MIN_VALUE);
  const step = roundStep(span / Math.max(2, rows / 2));
  const middle = (lowest + highest) / 2;
  const low = Math.floor(Math.min(lowest, middle - least / 2) / step) * step;
  const high = Math.ceil(Math.max(highest, middle + least / 2) / step) * step;
  return { low: tidy(low, step), high: tidy(high > low ? high : low + step, step), step };
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
  return Number(value.toFixed(stepDecimals(step) + 1));
}
