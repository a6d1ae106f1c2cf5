import type { AlarmState } from './alarm.ts';

/**
 * Since when a raised alarm is not so any more, ms, though not yet for as long as it takes to be over; else `null`. Of a
 * denial and a refused login, which are about nothing in the house and are counted, nothing is said: what happened cannot
 * be not so.
 */
export function notSoSince({ quietSince, about, raisedValue }: AlarmState): number | null {
  return about.length === 0 && raisedValue !== null ? null : quietSince;
}
