import { metricUnit } from '../../prometheus-unit.ts';

/** Digits that a converted value has: more are the dust of the factors. */
const DIGITS = 9;

/**
 * What makes a value in one unit one in another, as of °F and °C; `null` where they do not measure the same, or nothing is
 * known of one of them.
 */
export function unitChange(from: string, to: string): ((value: number) => number) | null {
  if (from === to) return value => value;
  const [given, wanted] = [metricUnit(from), metricUnit(to)];
  if (given === null || wanted === null || given.name !== wanted.name) return null;
  return value => Number(((value * given.factor + given.shift - wanted.shift) / wanted.factor).toPrecision(DIGITS));
}
