import type { SensorConfig } from '../../house/schema.ts';

/** A scale, in the unit of its sensor; `min` is below `max`. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The scale of a sensor of which neither the house file nor a value tells one. */
const UNKNOWN: Range = { min: 0, max: 1 };

/** The scale of a sensor: the house file's, or the one that its values taught. */
export function rangeOf(sensor: SensorConfig, reading: { readonly learnedRange: Range | null } | undefined): Range {
  return sensor.range ?? reading?.learnedRange ?? UNKNOWN;
}

/**
 * A learned scale that holds one more value. It grows to round numbers in a few wide steps and never shrinks, so that
 * what is drawn on it stands still; it begins about as wide as the first value is great.
 */
export function widenRange(range: Range | null, value: number): Range {
  if (range !== null && range.min <= value && value <= range.max) return range;
  const low = Math.min(range?.min ?? value, value);
  const high = Math.max(range?.max ?? value, value);
  const step = roundStep(Math.max(high - low, range === null ? Math.abs(value) || 1 : 0) / 2);
  const min = Math.floor(low / step) * step;
  const max = Math.max(Math.ceil(high / step) * step, min + step);
  const isTold = Number.isFinite(min) && Number.isFinite(max) && min < max;
  return isTold ? { min: tidy(min), max: tidy(max) } : { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
}

/** 1, 2 or 5 times a power of ten, not less than the size. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 5].find(one => one * power >= size) ?? 10) * power;
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
