import type { AlarmState, Flood } from '../home/alarms/alarm.ts';

/** More than so many alarms raised within so long, ms, are a flood: nobody can read each. */
const MOST = 10;
const FLOOD_MS = 600_000;
/** It is over when fewer than this were raised within that time. */
const CALM = 5;

/** An alarm that was raised lately, and when, ms. */
export interface Raise {
  readonly alarm: Pick<AlarmState, 'id' | 'label' | 'priority'>;
  readonly at: number;
}

/** What is known of a flood. */
export interface FloodWatch {
  /** Within the last ten minutes, the oldest first. */
  readonly raises: readonly Raise[];
  readonly flood: Flood | null;
}

export const noFlood: FloodWatch = { raises: [], flood: null };

/** One more was raised. */
export function countRaise({ raises, flood }: FloodWatch, raise: Raise): FloodWatch {
  const recent = [...raises.filter(({ at }) => raise.at - at < FLOOD_MS), raise];
  if (flood !== null) return { raises: recent, flood: { ...flood, count: flood.count + 1 } };
  const [first] = recent;
  if (recent.length <= MOST || first === undefined) return { raises: recent, flood: null };
  return { raises: recent, flood: { sinceAt: first.at, count: recent.length, firstId: first.alarm.id } };
}

/** Time went by, `now` in ms: the same where the flood is not over. */
export function endFlood(watch: FloodWatch, now: number): FloodWatch {
  if (watch.flood === null) return watch;
  const raises = watch.raises.filter(({ at }) => now - at < FLOOD_MS);
  return raises.length < CALM ? { raises, flood: null } : watch;
}
