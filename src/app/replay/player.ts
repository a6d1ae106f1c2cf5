import type { HomeState } from '../../core/home/state/state.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import type { Film } from './film.ts';
import type { Past, Stretch } from './past.ts';
import { openVirtualClock } from './virtual-clock.ts';
import { openWay } from './way.ts';

/** How a replay stands, for who draws it. */
export interface ReplayStatus {
  /** The moment that is shown, ms. */
  readonly at: number;
  /** How many seconds pass in one of ours. */
  readonly speed: number;
  readonly isPaused: boolean;
  /** Nothing was recorded behind this moment. */
  readonly isAtEnd: boolean;
  /** Of what nothing is known, where that is so. */
  readonly gap: Stretch | null;
  /** How much of a longer way is done, 0 to 1; `null` where none is under way. */
  readonly progress: number | null;
}

/** What is looked for. */
export type ReplayGoal = 'event' | 'alarm';

/** A replay of what was recorded. It has no link: nothing in it can reach a broker. */
export interface ReplayPlayer {
  readonly getState: () => HomeState;
  readonly status: () => ReplayStatus;
  readonly subscribe: (listener: () => void) => () => void;
  readonly pause: (isPaused: boolean) => void;
  /** Goes faster (1) or slower (-1); whether that was possible. */
  readonly changeSpeed: (by: 1 | -1) => boolean;
  /** Resolves when it is there, or as near as the record goes; with whether some of that day is damaged. */
  readonly goTo: (at: number) => Promise<'there' | 'before-first' | 'behind-last' | 'damaged' | 'broken-off'>;
  /** Stops at the next thing that is told in the log, or that is a denial or an alarm; resolves with whether there is one. */
  readonly next: (goal: ReplayGoal) => Promise<'there' | 'behind-last' | 'broken-off'>;
  readonly close: () => void;
}

const SPEEDS: readonly number[] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_000];
/** Time goes by in such steps while it is looked at, ms. */
const TICK_MS = 1_000;

/** Opens a replay that stands still; it is shown from the first `goTo` on. */
export function openPlayer(film: Film, past: Past, clock: Clock, firstSpeed: number): ReplayPlayer {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const way = openWay(film, clock, tell);
  const drive = openDrive(film, clock, firstSpeed, tell);
  const settle = (isPaused: boolean): void => {
    drive.pause(isPaused);
    tell();
  };
  /** Whether it stands still when the way that it is on is gone; `null` where it is on none. */
  let arrival: { isPaused: boolean } | null = null;
  /** Goes it, and then does as it is told by then; whether it was gone to its end. */
  const arrive = async (isPaused: boolean, go: () => Promise<boolean>): Promise<boolean> => {
    const own = { isPaused };
    arrival = own;
    try {
      if (!(await go())) return false;
    } finally {
      if (arrival === own) arrival = null;
    }
    settle(own.isPaused);
    return true;
  };
  const isPausedThen = (): boolean => arrival?.isPaused ?? drive.status().isPaused;
  return {
    getState: film.state,
    status: () => ({
      ...{ at: film.at(), ...drive.status(), isPaused: isPausedThen() },
      ...{ gap: film.gap(), progress: way.progress() },
    }),
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    pause: isPaused => {
      if (arrival === null) return settle(isPaused);
      arrival.isPaused = isPaused;
      tell();
    },
    changeSpeed: by => {
      const { speed } = drive.status();
      const next = by > 0 ? SPEEDS.find(one => one > speed) : SPEEDS.findLast(one => one < speed);
      if (next === undefined) return false;
      drive.setSpeed(next);
      tell();
      return true;
    },
    goTo: async at => {
      const isPaused = isPausedThen();
      drive.pause(true);
      past.refresh();
      const range = past.range() ?? { from: at, until: at };
      drive.setEnd(range.until);
      const to = Math.min(range.until, Math.max(range.from, at));
      film.rewind(to);
      if (!(await arrive(isPaused, () => way.go(to, () => false)))) return 'broken-off';
      if (at < range.from) return 'before-first';
      if (at > range.until) return 'behind-last';
      return past.isDamagedOn(at) ? 'damaged' : 'there';
    },
    next: async goal => {
      drive.pause(true);
      const news = openNews(film.known(), goal);
      if (!(await arrive(true, () => way.go(drive.end(), () => news(film.known()))))) return 'broken-off';
      return news(film.known()) ? 'there' : 'behind-last';
    },
    close: () => {
      way.breakOff();
      drive.close();
    },
  };
}

/** What lets time go by. */
interface Drive {
  readonly status: () => Pick<ReplayStatus, 'speed' | 'isPaused' | 'isAtEnd'>;
  /** Behind the end it stands still. */
  readonly pause: (isPaused: boolean) => void;
  readonly setSpeed: (speed: number) => void;
  readonly end: () => number;
  readonly setEnd: (at: number) => void;
  readonly close: () => void;
}

function openDrive(film: Film, clock: Clock, firstSpeed: number, tell: () => void): Drive {
  const virtual = openVirtualClock(clock, 0);
  let [speed, isPaused, end] = [firstSpeed, true, 0];
  let timer: Timer | null = null;
  const plan = (): void => {
    timer?.cancel();
    timer = null;
    if (isPaused) return;
    const tickAt = (Math.floor(film.at() / TICK_MS) + 1) * TICK_MS;
    const dueAt = film.nextAt(tickAt) ?? tickAt;
    timer = virtual.after(Math.max(0, dueAt - virtual.now()), play);
  };
  const pause = (next: boolean): void => {
    isPaused = next || film.at() >= end;
    virtual.setSpeed(isPaused ? 0 : speed);
    virtual.jump(film.at());
    plan();
  };
  function play(): void {
    const until = Math.min(virtual.now(), end);
    while (film.advance(until, TICK_MS));
    if (until >= end) pause(true);
    tell();
    plan();
  }
  return {
    status: () => ({ speed, isPaused, isAtEnd: film.at() >= end }),
    pause,
    setSpeed: next => {
      speed = next;
      pause(isPaused);
    },
    end: () => end,
    setEnd: at => {
      end = at;
    },
    close: () => {
      isPaused = true;
      timer?.cancel();
      virtual.close();
    },
  };
}

/** Finds what is new since a state: something in its journal or its denials. Once found it stays so. */
function openNews(before: HomeState, goal: ReplayGoal): (now: HomeState) => boolean {
  let seen = before.nextId;
  let isFound = false;
  return ({ nextId, journal, denials }) => {
    const isDenied = denials !== before.denials;
    if (!isFound && (isDenied || nextId !== seen)) {
      const news = journal.filter(({ id }) => id >= seen);
      const isAlarm = news.some(({ level }) => level === 'warning' || level === 'critical');
      isFound = isDenied || (goal === 'event' ? news.length > 0 : isAlarm);
    }
    seen = nextId;
    return isFound;
  };
}
