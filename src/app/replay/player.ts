import type { HomeState } from '../../core/home/state/state.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import type { Film } from './film.ts';
import { type Guard, openGuard } from './guard.ts';
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
  /** Why no more of it can be read, one sentence without a full stop: it stands still until somebody tries again. */
  readonly trouble: () => string | null;
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

/** What is played, and how. */
export interface PlayerSetup {
  readonly film: Film;
  readonly past: Past;
  readonly clock: Clock;
  /** How many seconds pass in one of ours at first. */
  readonly speed: number;
  /** Why something cannot be read, one sentence without a full stop. */
  readonly inWords: (error: unknown) => string;
}

/** Opens a replay that stands still; it is shown from the first `goTo` on. */
export function openPlayer({ film, past, clock, speed: firstSpeed, inWords }: PlayerSetup): ReplayPlayer {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const guard = openGuard(inWords, () => {
    drive.halt();
    // It may be noticed while all is drawn.
    clock.after(0, tell);
  });
  const retry = (): void => {
    guard.forget();
    tell();
  };
  const shown = openShown(film, guard);
  const way = openWay(film, clock, tell);
  const drive: Drive = openDrive(film, clock, firstSpeed, { tell, guard });
  const settle = (isPaused: boolean): void => {
    drive.pause(isPaused);
    tell();
  };
  const arrival = openArrival(drive, settle);
  return {
    getState: shown.state,
    status: () => ({
      ...{ at: film.at(), ...drive.status(), isPaused: arrival.isPaused() },
      ...{ gap: shown.gap(), progress: way.progress() },
    }),
    trouble: guard.trouble,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    pause: isPaused => {
      retry();
      if (arrival.change(isPaused)) tell();
      else settle(isPaused);
    },
    changeSpeed: by => {
      const next = speedBeside(drive.status().speed, by);
      if (next === undefined) return false;
      drive.setSpeed(next);
      tell();
      return true;
    },
    goTo: at => {
      const isPaused = arrival.isPaused();
      drive.pause(true);
      retry();
      return guard.wait(async () => {
        past.refresh();
        const range = past.range() ?? { from: at, until: at };
        drive.setEnd(range.until);
        const to = Math.min(range.until, Math.max(range.from, at));
        film.rewind(to);
        if (!(await arrival.go(isPaused, () => way.go(to, () => false)))) return 'broken-off';
        if (at < range.from) return 'before-first';
        if (at > range.until) return 'behind-last';
        return past.isDamagedOn(at) ? 'damaged' : 'there';
      }, 'broken-off');
    },
    next: goal => {
      drive.pause(true);
      retry();
      return guard.wait(async () => {
        const news = openNews(film.known(), goal);
        if (!(await arrival.go(true, () => way.go(drive.end(), () => news(film.known()))))) return 'broken-off';
        return news(film.known()) ? 'there' : 'behind-last';
      }, 'broken-off');
    },
    close: () => {
      way.breakOff();
      drive.close();
    },
  };
}

/** The next faster (1) or slower (-1) one, where there is one. */
function speedBeside(speed: number, by: 1 | -1): number | undefined {
  return by > 0 ? SPEEDS.find(one => one > speed) : SPEEDS.findLast(one => one < speed);
}

/** What becomes of it at the end of a way. */
interface Arrival {
  /** Whether it stands still, or will when it has arrived. */
  readonly isPaused: () => boolean;
  /** Whether it is on a way: then it does so when it has arrived. */
  readonly change: (isPaused: boolean) => boolean;
  /** Goes a way, and then does as it is told by then; whether it was gone to its end. */
  readonly go: (isPaused: boolean, go: () => Promise<boolean>) => Promise<boolean>;
}

function openArrival(drive: Drive, settle: (isPaused: boolean) => void): Arrival {
  let arrival: { isPaused: boolean } | null = null;
  return {
    isPaused: () => arrival?.isPaused ?? drive.status().isPaused,
    change: isPaused => {
      if (arrival !== null) arrival.isPaused = isPaused;
      return arrival !== null;
    },
    go: async (isPaused, go) => {
      const own = { isPaused };
      arrival = own;
      try {
        if (!(await go())) return false;
      } finally {
        if (arrival === own) arrival = null;
      }
      settle(own.isPaused);
      return true;
    },
  };
}

/** What is drawn of a film, the last that could be read where no more can. */
function openShown(film: Film, guard: Guard): Pick<Film, 'state' | 'gap'> {
  let [state, gap]: [HomeState | null, Stretch | null] = [null, null];
  return {
    state: () => {
      state = guard.attempt(film.state, state ?? film.known());
      return state;
    },
    gap: () => {
      gap = guard.attempt(film.gap, gap);
      return gap;
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
  /** Stands still, and reads nothing for that. */
  readonly halt: () => void;
  readonly close: () => void;
}

function openDrive(
  film: Film,
  clock: Clock,
  firstSpeed: number,
  { tell, guard }: { readonly tell: () => void; readonly guard: Guard },
): Drive {
  const virtual = openVirtualClock(clock, 0);
  let [speed, isPaused, end] = [firstSpeed, true, 0];
  let timer: Timer | null = null;
  const plan = (): void => {
    timer?.cancel();
    timer = null;
    if (isPaused) return;
    const tickAt = (Math.floor(film.at() / TICK_MS) + 1) * TICK_MS;
    const dueAt = guard.attempt(() => film.nextAt(tickAt), null) ?? tickAt;
    // What stood in the way has stopped it.
    if (isPaused) return;
    timer = virtual.after(Math.max(0, dueAt - virtual.now()), play);
  };
  const pause = (next: boolean): void => {
    isPaused = next || film.at() >= end;
    virtual.setSpeed(isPaused ? 0 : speed);
    virtual.jump(film.at());
    plan();
  };
  const halt = (): void => {
    isPaused = true;
    timer?.cancel();
    virtual.setSpeed(0);
  };
  function play(): void {
    const until = Math.min(virtual.now(), end);
    guard.attempt(() => {
      while (film.advance(until, TICK_MS));
    }, undefined);
    if (until >= end && !isPaused) pause(true);
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
    halt,
    close: () => {
      halt();
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
