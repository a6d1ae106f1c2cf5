import type { HouseStep } from '../alarms/condition.ts';
import type { HomeState } from '../home/state/state.ts';

/** For how long something was so, as far as that was watched. Moments and times are ms. */
export interface TimeSo {
  readonly soMs: number;
  /** How it was at the last look: so, not so, or not known. */
  readonly was: boolean | null;
  readonly lookedAt: number;
  /** Until when it was known, if nothing more was heard; `null` where it is known until the next look. */
  readonly knownUntil: number | null;
}

/** What is known at a look: whether it is so, `null` where that is not known, and until when that holds. */
export type Look = Pick<TimeSo, 'was' | 'knownUntil'>;

/** How time counts that was not so: it `empties` the glass as fast as it was filled, or `breaks` it. */
export interface Counting {
  readonly notSo: 'empties' | 'breaks';
  /** The most that is counted, ms. */
  readonly fullMs: number;
}

/** Nothing is known yet. */
export function noTimeSo(at: number): TimeSo {
  return { soMs: 0, was: null, lookedAt: at, knownUntil: null };
}

/** The same after a step: the time since the last look counts as it was then, as far as it was known. */
export function stepTimeSo(time: TimeSo, { after }: HouseStep, look: Look, counting: Counting): TimeSo {
  const soMs = look.was === false && counting.notSo === 'breaks' ? 0 : timeSo(time, after, counting);
  return { ...look, soMs, lookedAt: after.at };
}

/** How long it was so until now, ms. */
export function timeSo(time: TimeSo, { at, listeningSince }: HomeState, { fullMs }: Counting): number {
  const { soMs, was, lookedAt, knownUntil } = time;
  const hasGap = listeningSince === null || listeningSince > lookedAt;
  if (was === null || hasGap) return soMs;
  const passedMs = Math.max(0, Math.min(at, knownUntil ?? at) - lookedAt);
  return Math.max(0, Math.min(fullMs, soMs + (was ? passedMs : -passedMs)));
}
