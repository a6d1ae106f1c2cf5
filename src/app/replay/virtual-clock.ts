import type { Clock, Timer } from '../../io/clock.ts';

/** Time that goes as fast as one likes, stands still, and is set to any moment; its timers go with it. */
export interface VirtualClock extends Clock {
  /** How many seconds pass in one of the real ones; 0 stands still. */
  readonly setSpeed: (factor: number) => void;
  /** Goes to another moment, ms since 1970; timers keep their distance. */
  readonly jump: (at: number) => void;
  readonly close: () => void;
}

/** After a longer real pause, ms, the program stood still, and this time with it. */
const LONGEST_PAUSE_MS = 1_000;

interface VirtualTimer {
  readonly dueMs: number;
  readonly call: () => void;
}

/** Makes one that stands still at `at`, ms since 1970. */
export function openVirtualClock(real: Clock, at: number): VirtualClock {
  const timers = new Set<VirtualTimer>();
  let [startAt, passedMs, speed] = [at, 0, 0];
  let lookedAt = real.monotonicNow();
  let isRunning = false;
  let alarm: Timer | null = null;
  const look = (): void => {
    const now = real.monotonicNow();
    const pauseMs = Math.min(LONGEST_PAUSE_MS, now - lookedAt);
    lookedAt = now;
    // While timers are run it is as late as the one that is run.
    if (!isRunning) passedMs += pauseMs * speed;
  };
  const next = (): VirtualTimer | undefined =>
    [...timers].reduce<VirtualTimer | undefined>((one, two) => (one && one.dueMs <= two.dueMs ? one : two), undefined);
  const plan = (): void => {
    alarm?.cancel();
    alarm = null;
    const first = next();
    if (speed === 0 || first === undefined || isRunning) return;
    const waitMs = Math.max(0, first.dueMs - passedMs) / speed;
    alarm = real.after(Math.min(waitMs, LONGEST_PAUSE_MS / 2), run, { isBackground: true });
  };
  function run(): void {
    look();
    const until = passedMs;
    isRunning = true;
    for (let due = next(); due !== undefined && due.dueMs <= until && speed > 0; due = next()) {
      timers.delete(due);
      passedMs = Math.max(passedMs, due.dueMs) > until ? until : due.dueMs;
      due.call();
    }
    isRunning = false;
    if (speed > 0) passedMs = Math.max(passedMs, until);
    plan();
  }
  const now = (): number => {
    look();
    return Math.floor(startAt + passedMs);
  };
  return {
    now,
    wallNow: now,
    monotonicNow: () => {
      look();
      return passedMs;
    },
    after: (delayMs, call) => {
      look();
      const timer = { dueMs: passedMs + delayMs, call };
      timers.add(timer);
      plan();
      return { cancel: () => void timers.delete(timer) };
    },
    setSpeed: factor => {
      look();
      speed = factor;
      plan();
    },
    jump: to => {
      look();
      startAt = to - passedMs;
    },
    close: () => {
      timers.clear();
      alarm?.cancel();
    },
  };
}
