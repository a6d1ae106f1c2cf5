import type { SensorConfig } from '../../house/schema.ts';
import { limitBeyond } from './level.ts';

/** A value with its unit as people write it: `54.3 °C`; without a unit the number alone. */
export function formatValue(value: number, unit: string, decimals = 1): string {
  const number = value.toFixed(decimals);
  const unsigned = Number(number) === 0 ? number.replace('-', '') : number;
  return unit === '' ? unsigned : `${unsigned} ${unit}`;
}

/** A bound as it was set, with its unit: more digits than its values have where it has more, for a rounded one is another. */
export function formatBound(bound: number, unit: string, decimals = 1): string {
  return formatValue(
    bound,
    unit,
    digitsFor(bound, decimals, shown => shown === bound),
  );
}

/** A value beside a bound, with its unit: more digits than usual where it would else stand on the bound, and does not. */
export function formatBeside(value: number, bound: number, unit: string, decimals = 1): string {
  const side = Math.sign(value - bound);
  return formatValue(
    value,
    unit,
    digitsFor(value, decimals, shown => Math.sign(shown - bound) === side),
  );
}

/** More digits behind the point than this no number has that was measured. */
const MOST_DIGITS = 20;

function digitsFor(value: number, least: number, isEnough: (shown: number) => boolean): number {
  let digits = least;
  while (digits < MOST_DIGITS && !isEnough(Number(value.toFixed(digits)))) digits += 1;
  return digits;
}

/**
 * What a value says against the limit that it is beyond: of now only where it is of now, else with its age; `null` where
 * it is beyond none.
 */
export function limitSentence(
  sensor: SensorConfig,
  value: number,
  when: 'now' | 'retained' | `${string} ago`,
): string | null {
  const beyond = limitBeyond(sensor, value);
  if (beyond === null) return null;
  const { label, unit, decimals } = sensor;
  const said = `${formatBeside(value, beyond.limit, unit, decimals)}, ${beyond.side} ${beyond.limit}`;
  if (when === 'now') return `${label} is ${said}`;
  const past = when === 'retained' ? 'in a retained message of unknown age' : `when it was last heard, ${when}`;
  return `${label} was ${said}, ${past}`;
}
