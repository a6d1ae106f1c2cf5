import { ROLL_UPS, type RollUpStep } from '../roll-up.ts';

/** The coarsest roll-up that no edge cuts; `null` where only the readings themselves are fine enough. Edges in seconds. */
export function rollUpFor(edges: readonly number[]): RollUpStep | null {
  return ROLL_UPS.findLast(step => edges.every(edge => edge % step === 0)) ?? null;
}

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** Lengths that a person reads easily, seconds; from 5 minutes on each is a multiple of the roll-up below it. */
const STEPS_S = [
  ...[1, 5, 10, 30, MINUTE_S, 2 * MINUTE_S, 5 * MINUTE_S, 10 * MINUTE_S, 20 * MINUTE_S, 30 * MINUTE_S],
  ...[HOUR_S, 2 * HOUR_S, 3 * HOUR_S, 6 * HOUR_S, 12 * HOUR_S, DAY_S, 7 * DAY_S, 14 * DAY_S, 28 * DAY_S],
];

/** The shortest of these lengths of which at most so many fill a stretch of `lengthS` seconds. */
export function stepFor(lengthS: number, most: number): number {
  const longest = STEPS_S.at(-1) ?? DAY_S;
  return STEPS_S.find(step => lengthS / step <= most) ?? Math.ceil(lengthS / most / longest) * longest;
}
