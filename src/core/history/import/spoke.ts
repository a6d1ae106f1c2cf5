import { staleAfterMs } from '../../home/clients/freshness.ts';
import type { Readings } from '../readings.ts';
import { mergeSpans, type Span } from '../spans.ts';

/**
 * When a series was listened to, as far as its own readings prove it: from each to the next one, where that one came in
 * time for the cadence that they have. `before` is the second of the reading before them, `null` where there is none.
 */
export function spokeIn(readings: Readings, before: number | null): readonly Span[] {
  const seconds = readings.filter((_, place) => place % 2 === 0);
  const all = before === null ? seconds : [before, ...seconds];
  const spans = all.slice(1).map((until, place) => ({ from: all[place] ?? until, until }));
  const lengths = spans.map(({ from, until }) => until - from).filter(length => length > 0);
  const median = lengths.sort((one, other) => one - other)[Math.floor(lengths.length / 2)];
  if (median === undefined) return [];
  const limit = staleAfterMs(median * 1_000, null) / 1_000;
  return mergeSpans(spans.filter(({ from, until }) => until - from < limit));
}
