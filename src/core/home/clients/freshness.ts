import type { Freshness } from '../state/client.ts';

/** What freshness is decided from; all times in ms on the clock of the events. */
export interface Hearing {
  readonly now: number;
  /** Since when we have been able to hear without a gap; `null` while there is no link. */
  readonly listeningSince: number | null;
  /** When it was last heard, retained messages left out. */
  readonly heardAt: number | null;
  /** Whether a retained message is all that we have. */
  readonly hasRetained: boolean;
  readonly cadenceMs: number;
  /** When the house file sets it: how long a silence may be. */
  readonly expireAfterMs: number | null;
}

/** A verdict on freshness, without words yet. */
export interface Heard {
  readonly freshness: Freshness;
  /** How long we have heard nothing while we could have, ms; `null` without a link or where it was never heard. */
  readonly silentMs: number | null;
  /** Whether it was heard before the link came, and not since. */
  readonly isBeforeLink: boolean;
}

/**
 * Silence from which a value is late: one message missed, and not less than a second and a half of slack. Where the
 * house file says how long it may be silent there is no late: it may speak when it likes.
 */
export function lateAfterMs(cadenceMs: number, expireAfterMs: number | null): number {
  return expireAfterMs ?? Math.max(2 * cadenceMs, cadenceMs + 1_500);
}

/** Silence from which a value is stale: two messages missed, and not less than four seconds of slack. */
export function staleAfterMs(cadenceMs: number, expireAfterMs: number | null): number {
  return expireAfterMs ?? Math.max(3 * cadenceMs, cadenceMs + 4_000);
}

/**
 * Decides freshness from what was heard when. Time without a link is held against nobody: silence counts from the last
 * message or from the moment the link came, whichever is later, and nothing is live until it spoke after that.
 */
export function assessFreshness(hearing: Hearing): Heard {
  const { now, listeningSince, heardAt } = hearing;
  if (heardAt === null) {
    return { freshness: hearing.hasRetained ? 'retained' : 'waiting', silentMs: null, isBeforeLink: false };
  }
  if (listeningSince === null) return { freshness: 'waiting', silentMs: null, isBeforeLink: true };
  const isBeforeLink = heardAt < listeningSince;
  const silentMs = Math.max(0, now - Math.max(heardAt, listeningSince));
  if (silentMs >= staleAfterMs(hearing.cadenceMs, hearing.expireAfterMs)) {
    return { freshness: 'stale', silentMs, isBeforeLink };
  }
  if (silentMs >= lateAfterMs(hearing.cadenceMs, hearing.expireAfterMs)) {
    return { freshness: 'late', silentMs, isBeforeLink };
  }
  return { freshness: isBeforeLink ? 'waiting' : 'live', silentMs, isBeforeLink };
}
