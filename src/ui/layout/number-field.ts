import type { Metrics } from './metrics.ts';

/**
 * A number right-aligned on the decimal point in a field of `integer + fraction` columns. One that does not fit loses
 * its decimals, then becomes `1.2e+9`; it never loses leading digits.
 */
export function numberField(value: number, decimals: number, metrics: Pick<Metrics, 'integer' | 'fraction'>): string {
  const width = metrics.integer + metrics.fraction;
  const fixed = unsignedZero(value.toFixed(decimals));
  const behind = decimals === 0 ? 0 : decimals + 1;
  const padding = Math.max(0, metrics.fraction - behind);
  const aligned = fixed.padStart(width - padding) + ' '.repeat(padding);
  if (aligned.length <= width) return aligned;
  const shorter = [fixed, value.toFixed(0), value.toExponential(1), value.toExponential(0)];
  return (shorter.find(text => text.length <= width) ?? value.toExponential(0)).padStart(width);
}

/** Without the sign that rounding leaves before a zero. */
export function unsignedZero(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text;
}
