import { formatBeside, formatBound } from '../home/readings/value-text.ts';

/** A bound of a value, in its unit. */
export interface Bound {
  readonly side: 'high' | 'low';
  /** It is so beyond it, and not on it. */
  readonly limit: number;
  /** By how much it must come back before it is over; 0 or more. */
  readonly hysteresis: number;
}

/** Where a value stands to a bound: what was `beyond` it is `held` until it has come back far enough. */
export type Standing = 'beyond' | 'held' | 'within';

/** Where a value stands; `isRaised` says whether it was beyond the bound before and is not over. */
export function standingOf(bound: Bound, value: number, isRaised: boolean): Standing {
  if (isBeyond(value, bound.side, bound.limit)) return 'beyond';
  return isRaised && isBeyond(value, bound.side, endOf(bound)) ? 'held' : 'within';
}

/** Whether a value is beyond a limit of a side, and not on it. */
export function isBeyond(value: number, side: Bound['side'], limit: number): boolean {
  return side === 'high' ? value > limit : value < limit;
}

/** Where a value must come back to, without the dust of binary fractions. */
export function endOf({ side, limit, hysteresis }: Bound): number {
  return Number((side === 'high' ? limit - hysteresis : limit + hysteresis).toPrecision(12));
}

/** How a number is written. */
export interface Written {
  readonly unit: string;
  readonly decimals?: number | undefined;
}

/** A value beside a bound, with as many digits as it takes to see on which side of it, or of its end, it is. */
export function besideText(bound: Bound, value: number, standing: Standing, { unit, decimals }: Written): string {
  return formatBeside(value, standing === 'held' ? endOf(bound) : bound.limit, unit, decimals);
}

/** What is said of a value that is held, as it is not beyond its bound any more: `; it is over from 79.0 °C down`; else ''. */
export function heldText(bound: Bound, standing: Standing, { unit, decimals }: Written): string {
  if (standing !== 'held') return '';
  return `; it is over from ${formatBound(endOf(bound), unit, decimals)} ${bound.side === 'high' ? 'down' : 'up'}`;
}
