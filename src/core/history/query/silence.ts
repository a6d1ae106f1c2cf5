import { staleAfterMs } from '../../home/clients/freshness.ts';
import { clipSpans, lengthOf, type Span } from '../spans.ts';

/** How many intervals teach the cadence of a series. */
const LEARNED_FROM = 512;

/** Finds when a series said nothing though somebody listened. */
export interface SilenceFinder {
  /**
   * It spoke throughout, in so many stretches of which one follows the other, one unless it is said; for one reading both
   * are the same second. To be called in the order of time.
   */
  readonly spoke: (from: number, until: number, stretches?: number) => void;
  /** The silences, given when somebody listened (merged). */
  readonly silences: (heard: readonly Span[]) => readonly Span[];
  /** Whether a stretch lies in one of these silences for the most part. */
  readonly isSilentIn: (stretch: Span, heard: readonly Span[]) => boolean;
}

/**
 * Makes a finder for the stretch `within`. What the console calls stale is a silence here, too: `expireAfterS` and
 * `everyS` of the house file beat what is learned; `null` where it does not say.
 */
export function openSilenceFinder(
  within: Span,
  { everyS, expireAfterS }: { readonly everyS: number | null; readonly expireAfterS: number | null },
): SilenceFinder {
  let lastAt: number | null = null;
  let threshold: number | null = null;
  const first: Span[] = [];
  const long: Span[] = [];
  const staleAfterS = (): number => {
    const cadenceS = everyS ?? medianLength(first);
    return staleAfterMs(cadenceS * 1_000, expireAfterS === null ? null : expireAfterS * 1_000) / 1_000;
  };
  const keep = (from: number, until: number): void => {
    if (first.length < LEARNED_FROM) {
      first.push({ from, until });
      return;
    }
    threshold ??= staleAfterS();
    if (until - from >= threshold) long.push({ from, until });
  };
  const silences = (heard: readonly Span[]): readonly Span[] => {
    const limit = threshold ?? staleAfterS();
    const open = lastAt === null ? within : { from: lastAt, until: within.until };
    // Silence counts only while somebody listened, and from when that began.
    const isLong = ({ from, until }: Span): boolean => until - from >= limit;
    const quiet = [...first, ...long, open].filter(isLong).flatMap(span => clipSpans(heard, span));
    return quiet.filter(isLong).sort((one, other) => one.from - other.from);
  };
  let cached: { readonly heard: readonly Span[]; readonly found: readonly Span[] } | null = null;
  return {
    spoke: (from, until, stretches = 1) => {
      // Stretches that follow each other without one between them teach, too.
      for (let left = Math.min(stretches - 1, LEARNED_FROM - first.length); left > 0; left--) keep(until, until);
      if (lastAt === null) long.push({ from: within.from, until: from });
      else if (from >= lastAt) keep(lastAt, from);
      lastAt = Math.max(lastAt ?? until, until);
    },
    silences,
    isSilentIn: (stretch, heard) => {
      if (cached?.heard !== heard) cached = { heard, found: silences(heard) };
      return 2 * lengthOf(clipSpans(cached.found, stretch)) >= stretch.until - stretch.from;
    },
  };
}

function medianLength(spans: readonly Span[]): number {
  const sorted = spans.map(({ from, until }) => until - from).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
