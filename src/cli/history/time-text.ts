import { formatDuration } from '../../core/duration.ts';
import type { Span } from '../../core/history/spans.ts';
import { momentText } from '../../core/moment-text.ts';

const DAY_S = 86_400;

/**
 * The local time of a moment, seconds since 1970, as `29 Nov 14:02`: with the year where the stretch that is shown is longer
 * than one, and with seconds where it is short; without a stretch with the year.
 */
export function timeText(second: number, shown: Span | null): string {
  return momentText(second * 1_000, {
    hasYear: shown === null || shown.until - shown.from > 300 * DAY_S,
    hasSeconds: shown !== null && shown.until - shown.from <= 2 * DAY_S,
  });
}

/** A stretch as `29 Nov 2026 14:00 to 29 Nov 2026 16:00  2 h`. */
export function spanText({ from, until }: Span): string {
  return `${timeText(from, null)} to ${timeText(until, null)}  ${formatDuration((until - from) * 1_000)}`;
}
