import type { Clock } from '../../io/clock.ts';
import type { TimeSync } from '../../io/time-sync.ts';

/** Says whether the time of day is right, so that it may be written down for good. */
export interface ClockTrust {
  /** To be called before anything is stamped: what was stamped before the clock was set is put right. */
  readonly see: () => void;
  /** Why nothing may be written yet: the clock was never set, or nobody has confirmed it; `null` where it may. */
  readonly look: () => Promise<'not-set' | 'not-confirmed' | null>;
  /** The same without asking anybody, for the end: only a clock that was never set is held against it. */
  readonly mayEnd: () => boolean;
}

/** What it is made from. */
export interface ClockTrustSetup {
  readonly clock: Clock;
  readonly readTimeSync: () => TimeSync | Promise<TimeSync>;
  /** Moves all that waits by so many ms, in whole seconds. */
  readonly shift: (byMs: number) => void;
}

/** Before this, ms since 1970, the clock was never set: this program is younger. */
const EARLIEST = Date.UTC(2025, 0, 1);
/** So long the first answer of a time server is waited for, ms: then a clock that may be right is taken for right. */
const HOLD_MS = 10 * 60_000;
/** Below this, ms, the wall and the monotonic clock run evenly. */
const STEP_MS = 1_000;

/**
 * A Raspberry Pi has no clock: it starts with the time at which it was switched off, or with 1970, until a time server
 * answers. What is heard meanwhile is not written, and when the clock is set, it is moved by as much: by the monotonic clock
 * it was then. From the first confirmation on a step of the clock is a step, and nothing is moved.
 */
export function createClockTrust({ clock, readTimeSync, shift }: ClockTrustSetup): ClockTrust {
  const startedAt = clock.monotonicNow();
  let aheadMs = clock.wallNow() - startedAt;
  let isTrusted = false;
  const isSet = (): boolean => clock.wallNow() >= EARLIEST;
  const see = (): void => {
    const next = clock.wallNow() - clock.monotonicNow();
    const stepMs = next - aheadMs;
    if (Math.abs(stepMs) <= STEP_MS) return;
    aheadMs = next;
    if (!isTrusted) shift(Math.round(stepMs / 1_000) * 1_000);
  };
  return {
    see,
    look: async () => {
      if (isTrusted) return null;
      const asked = readTimeSync();
      // What is known at once holds from now on, and not from the next turn on.
      const sync = typeof asked === 'string' ? asked : await asked;
      see();
      if (!isSet()) return 'not-set';
      isTrusted = sync !== 'no' || clock.monotonicNow() - startedAt >= HOLD_MS;
      return isTrusted ? null : 'not-confirmed';
    },
    mayEnd: () => {
      see();
      return isTrusted || isSet();
    },
  };
}
