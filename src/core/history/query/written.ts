import type { Listening } from '../listening.ts';
import type { Span } from '../spans.ts';

/** Says who writes into a history. */
export interface WrittenBy {
  /**
   * Since when, in seconds since 1970, somebody records into it who does so at `now`; `null` where nobody does. What was
   * heard last then is not written yet.
   */
  readonly recordedSince?: (now: number) => number | null;
}

/** The longest that what is heard is held back, s: a minute of values, and what a silent line proves only later. */
const HELD_BACK_S = 120;

/**
 * What of a stretch may be told, seconds: up to `now`, and where somebody records only as far as that is written. That
 * nobody listened in the last minute is not known from the files.
 */
export function writtenSpan(source: WrittenBy, { heard }: Pick<Listening, 'heard'>, within: Span, now: number): Span {
  const until = Math.min(within.until, now);
  const since = until > now - HELD_BACK_S ? (source.recordedSince?.(now) ?? null) : null;
  if (since === null) return { from: within.from, until };
  const written = Math.max(heard.at(-1)?.until ?? since, since);
  return {
    from: within.from,
    until: written < now - HELD_BACK_S ? until : Math.min(until, Math.max(written, within.from)),
  };
}
