import type { PastStep } from '../../core/history/replay/past-steps.ts';
import type { Session } from '../../core/home/state/link.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { House } from '../../core/house/house.ts';
import type { Past, Stretch } from './past.ts';
import { beginRerun, passTo, type Rerun, rerunFrom, takeStep } from './rerun.ts';
import { openTape, type Place, placeBefore, placeBehindMoment } from './tape.ts';

/** The past at one moment, to be moved to another one. */
export interface Film {
  /** The moment, ms. */
  readonly at: () => number;
  /** The house then; where nobody heard it, without a link. */
  readonly state: () => HomeState;
  /** The house as it was last known, whoever hears it. */
  readonly known: () => HomeState;
  /** Why nothing is known of this moment; `null` where something is. */
  readonly gap: () => Stretch | null;
  /** Goes on to the next thing that happens or to a tick, at most to a moment, ms. Whether that is not yet reached. */
  readonly advance: (until: number, tickMs: number) => boolean;
  /** Goes back, or forth, to a moment that is known and from which another one, ms, is reached by `advance`. */
  readonly rewind: (to: number) => void;
  /** When the next thing happens, ms, of those before a moment. */
  readonly nextAt: (before: number) => number | null;
}

/** Moments at such distances, ms, are kept, so that going back is quick: they share what did not change. */
const KEPT_MS = 600_000;
const MOST_KEPT = 1_000;
/** Where nothing is known from before, the film begins so long before the moment that is asked for, ms. */
const LEAD_MS = 86_400_000;
/** A tick that was kept stands for those so long before it, ms: with what it found, it is the first that could. */
const TICK_MS = 1_000;
/** When somebody listened was kept in whole seconds. */
const SECOND_MS = 1_000;

interface Kept {
  readonly at: number;
  readonly rerun: Rerun;
  readonly place: Place;
}

/** Makes the film of a house; it stands before its first moment until it is wound to one. */
export function openFilm(past: Past, house: House, session: Session): Film {
  const tape = openTape(past);
  const kept = createKept();
  let now = 0;
  let rerun = beginRerun(house, session, 0);
  let lastStepAt = 0;
  let stretch: Stretch = { kind: 'heard', from: 0, until: 0 };
  /** When somebody listened was kept in whole seconds: within one it begins with the step behind the gap. */
  const isOver = (at: number): boolean => {
    if (at < stretch.until) return false;
    if (stretch.kind === 'heard' || at >= stretch.until + SECOND_MS) return true;
    const next = tape.peek(stretch.until + SECOND_MS);
    return next === null || !isBreak(next);
  };
  const gapAt = (at: number): Stretch | null => {
    if (at < stretch.from || isOver(at)) stretch = past.stretchAt(at);
    if (stretch.kind === 'heard' || at < stretch.from + SECOND_MS || at <= lastStepAt) return null;
    return goesOn(stretch) ? null : stretch;
  };
  /** Whether the program that recorded lived on: it tells itself how it was, as of a link that it found lost. */
  const goesOn = ({ kind, until }: Stretch): boolean => {
    if (kind === 'damaged') return false;
    const next = tape.find(until + SECOND_MS, step => isBreak(step) || isLinkStep(step) || step.at < until);
    return next !== null && !isBreak(next);
  };
  const tick = (at: number): void => {
    const standIn = tape.peek(at + TICK_MS);
    now = at;
    if (standIn !== null && isTick(standIn)) return;
    if (gapAt(at) === null) rerun = passTo(rerun, at);
  };
  const start = (to: number): Kept => {
    const moment = past.momentBefore(to);
    const range = past.range();
    const from = Math.max(range?.from ?? to, to - LEAD_MS);
    if (moment === null) return { at: from, rerun: beginRerun(house, session, from), place: placeBefore(past, from) };
    const series = past.seriesBefore(moment.at);
    return { at: moment.at, rerun: rerunFrom(moment, house, series), place: placeBehindMoment(past, moment.at) };
  };
  return {
    at: () => now,
    state: () => (gapAt(now) === null ? rerun.state : withoutLink(rerun.state, now)),
    known: () => rerun.state,
    gap: () => gapAt(now),
    nextAt: before => tape.peek(before)?.at ?? null,
    advance: (until, tickMs) => {
      const nextTick = Math.min(until, (Math.floor(now / tickMs) + 1) * tickMs);
      const step = tape.peek(nextTick);
      if (step !== null) {
        tape.take();
        rerun = takeStep(rerun, step);
        now = Math.max(now, step.at);
        lastStepAt = now;
      } else if (now < nextTick) {
        tick(nextTick);
      }
      kept.add({ at: now, rerun, place: tape.place() });
      return now < until || tape.peek(until) !== null;
    },
    rewind: to => {
      stretch = { kind: 'heard', from: 0, until: 0 };
      const begin = kept.near(to) ?? start(to);
      ({ at: now, rerun } = begin);
      lastStepAt = now;
      tape.goTo(begin.place);
    },
  };
}

/** Keeps moments at such distances, and finds the one that is near before another. */
function createKept() {
  const kept = new Map<number, Kept>();
  const later = (one: Kept | null, other: Kept): Kept => (one !== null && one.at >= other.at ? one : other);
  return {
    add: (moment: Kept): void => {
      const slot = Math.floor(moment.at / KEPT_MS);
      if (kept.has(slot)) return;
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(slot, moment);
    },
    near: (to: number): Kept | null =>
      [...kept.values()].filter(({ at }) => at <= to && to - at <= KEPT_MS).reduce<Kept | null>(later, null),
  };
}

const isTick = (step: PastStep): boolean => step.kind === 'event' && step.event.type === 'ticked';

/** A step behind a time in which no program was, or none that ran. */
function isBreak(step: PastStep): boolean {
  return step.kind === 'moment' || step.event.type === 'time-skipped' || step.event.type === 'backlog-began';
}

/** With the link the hearing begins again, in the same second. */
function isLinkStep(step: PastStep): boolean {
  return step.kind === 'event' && step.event.type === 'link-changed';
}

/** The house while nobody hears it: what was known last, and nothing of it live. */
function withoutLink(state: HomeState, at: number): HomeState {
  return { ...state, at, link: { phase: 'closed' }, listeningSince: null, backlogSince: null };
}
