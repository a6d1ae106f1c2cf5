import type { HomeEvent } from '../core/home/state/event.ts';

/** A timer that was set. */
export interface Timer {
  /** Takes it back; harmless when it has already gone off. */
  readonly cancel: () => void;
}

/** Time, as the rest of the program is given it. */
export interface Clock {
  /**
   * Whole ms since 1970 on a clock that never goes back and never runs slower than real time: what events are stamped
   * with and ages are taken from. It follows the wall clock forward (after a suspend, and when the time of a
   * machine without a clock chip is set at boot) and ignores each step back, so that no age is ever understated.
   */
  readonly now: () => number;
  /** ms since 1970 as the machine's clock says it this moment; may jump both ways. For showing the time of day. */
  readonly wallNow: () => number;
  /** ms since some moment; even, but it stands still in a suspend (Linux: CLOCK_MONOTONIC). */
  readonly monotonicNow: () => number;
  /** Calls once after `delayMs`. With `isBackground` the timer does not keep the program running. */
  readonly after: (delayMs: number, call: () => void, options?: { readonly isBackground?: boolean }) => Timer;
}

/** Where a clock reads from; tests give their own. */
export interface TimeSource {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** Not `performance.now`, at whose first use Node loads a dozen of its own modules. */
const monotonicMs = (): number => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
};

const machine: TimeSource = { wall: () => Date.now(), monotonic: monotonicMs };

/** Of the event loop: enough for a key that was pressed by now to be read, answered and drawn. */
const TURNS_FOR_A_KEY = 3;

/** Resolves when what is there to be read, answered, drawn or sent has had its turn: to be awaited before slow work. */
export async function afterWaitingKeys(): Promise<void> {
  for (let turn = 0; turn < TURNS_FOR_A_KEY; turn += 1) await new Promise(resolve => setImmediate(resolve));
}

/** A timer of Node that is set for longer goes off at once: 2^31 - 1 ms, 24.8 days. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The clock of this machine. */
export function systemClock(source: TimeSource = machine): Clock {
  let offset = source.wall() - source.monotonic();
  return {
    now: () => {
      const monotonic = source.monotonic();
      const wall = source.wall();
      // Both reads are cut to the millisecond or better, so on an even wall clock this ratchet gains below 1 ms.
      if (wall > monotonic + offset) offset = wall - monotonic;
      return Math.floor(monotonic + offset);
    },
    wallNow: source.wall,
    monotonicNow: source.monotonic,
    after: (delayMs, call, { isBackground = false } = {}) => {
      let timer: NodeJS.Timeout;
      const wait = (leftMs: number): void => {
        const stepMs = Math.min(leftMs, LONGEST_TIMER_MS);
        timer = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : call()), stepMs);
        if (isBackground) timer.unref();
      };
      wait(delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
  };
}

/** Holds up everything for so long, ms: for what the system answers only at once or not at all. */
export function pauseThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * The time of day of an event's `at`, ms since 1970. The two differ only after the machine's clock was set back, which
 * `now` does not follow; by whole seconds, so that the same event is shown at the same time each time.
 */
export function wallTimeOf(clock: Clock, at: number): number {
  return at - setBackMs(clock);
}

/** The `at` of an event that another program of this machine stamped with its time of day, ms since 1970, after such a step. */
export function eventTimeOf(clock: Clock, wallAt: number): number {
  return wallAt + setBackMs(clock);
}

/** By how much the machine's clock was set back since the start, ms; in whole seconds. */
function setBackMs(clock: Clock): number {
  return Math.round((clock.now() - clock.wallNow()) / 1_000) * 1_000;
}

/** Finds that the program did not run for a while. */
export interface TimeWatch {
  /** Looks now instead of within the next second: for the moment after waking up. */
  readonly look: () => void;
  readonly close: () => void;
}

/** How often it looks, ms: what is skipped counts from the look after the last one. */
export const LOOK_INTERVAL_MS = 1_000;
/** Below this, wall and monotonic clock count as running evenly: time servers slew both alike and step rarely by less. */
const STEP_MS = 1_000;
/** A tick this late means that the program was stopped (SIGSTOP, a frozen container), not merely busy. */
const LATE_MS = 5_000;

/**
 * Looks once a second whether time went by without us and emits `time-skipped` if so: a suspend (the wall clock went on,
 * the monotonic one did not), a stop, or the wall clock being set. `skippedMs` is 0 where it was set back.
 * It does not keep the program running.
 */
export function openTimeWatch(clock: Clock, emit: (event: HomeEvent & { type: 'time-skipped' }) => void): TimeWatch {
  let last = readClocks(clock);
  let timer = clock.after(LOOK_INTERVAL_MS, tick, { isBackground: true });
  function tick(): void {
    timer = clock.after(LOOK_INTERVAL_MS, tick, { isBackground: true });
    look();
  }
  function look(): void {
    const next = readClocks(clock);
    const ranMs = next.monotonic - last.monotonic;
    const stepMs = next.wall - last.wall - ranMs;
    const skippedMs = Math.max(0, Math.round(next.now - last.now - LOOK_INTERVAL_MS));
    last = next;
    if (Math.abs(stepMs) > STEP_MS || ranMs - LOOK_INTERVAL_MS > LATE_MS) {
      emit({ type: 'time-skipped', at: next.now, skippedMs });
    }
  }
  return { look, close: () => timer.cancel() };
}

function readClocks(clock: Clock): { readonly now: number; readonly wall: number; readonly monotonic: number } {
  return { now: clock.now(), wall: clock.wallNow(), monotonic: clock.monotonicNow() };
}
