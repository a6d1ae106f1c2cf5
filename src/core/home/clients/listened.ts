import type { Listened } from '../state/link.ts';
import type { HomeState } from '../state/state.ts';

/** So many stretches are remembered: a line that breaks each minute fills an hour with as many. */
const MOST = 100;
/** What was heard is written so late at the latest, ms: of the time behind the last that is kept nothing is known. */
const UNWRITTEN_MS = 120_000;

/**
 * Notes where a listening of ours began or ended between two states. A line that dies is noticed later: until then it is
 * not known that nobody listened. Where time was skipped it ended before that.
 */
export function noteListening(before: HomeState, after: HomeState): HomeState {
  const [old, now] = [before.listeningSince, after.listeningSince];
  // What another process of ours has heard for longer was not heard here: its values are in the history.
  if (old === now || (old !== null && now !== null && now < old)) return after;
  const ended = old === null ? after.listened : endLast(after, now === null ? after.at : before.at);
  const listened = now === null ? ended : [...ended, { fromAt: now, untilAt: null }];
  return { ...after, listened: listened.slice(-MOST) };
}

function endLast({ listened }: HomeState, at: number): readonly Listened[] {
  const last = listened.at(-1);
  return last === undefined || last.untilAt !== null ? listened : [...listened.slice(0, -1), { ...last, untilAt: at }];
}

/** Puts what the history knows of the listening before ours, stretches in the order of time. */
export function takeListened(state: HomeState, kept: readonly Listened[]): readonly Listened[] {
  const begun = state.listened[0]?.fromAt ?? Number.POSITIVE_INFINITY;
  const before = kept.filter(({ fromAt }) => fromAt < begun).map(one => ({ ...one, isKept: true }));
  return [...before, ...state.listened].slice(-MOST);
}

/** Whether it is known that nobody listened from one moment to another, ms; not of the time before anybody ever did. */
export function wasDeaf({ listened }: HomeState, fromAt: number, untilAt: number): boolean {
  const first = listened[0];
  if (first === undefined || fromAt < first.fromAt) return false;
  if (listened.some(one => one.fromAt < untilAt && (one.untilAt ?? Number.POSITIVE_INFINITY) > fromAt)) return false;
  const kept = listened.findLast(({ isKept }) => isKept === true);
  return kept === undefined || fromAt >= (kept.untilAt ?? 0) + UNWRITTEN_MS || fromAt < (kept.untilAt ?? 0);
}
