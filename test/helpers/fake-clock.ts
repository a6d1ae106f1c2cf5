import { type Clock, systemClock, type TimeSource } from '../../src/io/clock.ts';

/** A clock that stands still until a test moves it; its `now` is worked out as the real one's. */
export interface FakeClock extends Clock {
  /** Lets `ms` go by and calls each timer that becomes due, in order, at its own time. */
  readonly advance: (ms: number) => void;
  /** Goes straight to the next timer and calls it; `false` where none is set. */
  readonly advanceToNextTimer: () => boolean;
  /** The machine sleeps: the wall clock goes on, the monotonic one stands still, timers wait. */
  readonly suspend: (ms: number) => void;
  /** The program is stopped (SIGSTOP): both clocks go on, timers wait. */
  readonly stop: (ms: number) => void;
  /** The wall clock is set, forward or (below zero) back. */
  readonly setWall: (byMs: number) => void;
  /** How many timers are set: 0 means that nothing is left open. */
  readonly pendingTimers: () => number;
}

interface PendingTimer {
  readonly dueAt: number;
  readonly call: () => void;
}

/** 2026-01-01T12:00:00Z. */
export const FAKE_START = Date.UTC(2026, 0, 1, 12);

/** Makes a fake clock that stands at `startAt`, ms since 1970. */
export function createFakeClock(startAt: number = FAKE_START): FakeClock {
  let wall = startAt;
  let monotonic = 0;
  const timers = new Set<PendingTimer>();
  const source: TimeSource = { wall: () => wall, monotonic: () => monotonic };
  const pass = (ms: number): void => {
    wall += ms;
    monotonic += ms;
  };
  const next = (): PendingTimer | undefined => [...timers].sort((a, b) => a.dueAt - b.dueAt)[0];
  const fire = (timer: PendingTimer): void => {
    timers.delete(timer);
    pass(Math.max(0, timer.dueAt - monotonic));
    timer.call();
  };
  return {
    ...systemClock(source),
    after: (delayMs, call) => {
      const timer = { dueAt: monotonic + delayMs, call };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
    advance: ms => {
      const end = monotonic + ms;
      for (let timer = next(); timer !== undefined && timer.dueAt <= end; timer = next()) fire(timer);
      pass(Math.max(0, end - monotonic));
    },
    advanceToNextTimer: () => {
      const timer = next();
      if (timer !== undefined) fire(timer);
      return timer !== undefined;
    },
    suspend: ms => {
      wall += ms;
    },
    stop: pass,
    setWall: byMs => {
      wall += byMs;
    },
    pendingTimers: () => timers.size,
  };
}
