import type { ByteReader, ByteWriter } from './bytes/varint.ts';

/** A stretch of time, in whole seconds since 1970: `from` is in it, `until` is not. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Two stretches with so little between them are one, seconds: times are cut to whole seconds. */
const SEAM_S = 1;

/** The same time as few stretches in their order. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: { from: number; until: number }[] = [];
  for (const { from, until } of [...spans].sort((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.until + SEAM_S) last.until = Math.max(last.until, until);
    else if (until > from) merged.push({ from, until });
  }
  return merged;
}

/** What of merged stretches lies within another. */
export function clipSpans(merged: readonly Span[], within: Span): readonly Span[] {
  let place = firstReaching(merged, within.from);
  const found: Span[] = [];
  for (let span = merged[place]; span !== undefined && span.from < within.until; span = merged[++place]) {
    const clipped = { from: Math.max(span.from, within.from), until: Math.min(span.until, within.until) };
    if (clipped.until > clipped.from) found.push(clipped);
  }
  return found;
}

/** What of a stretch is in none of the merged ones. */
export function gapsBetween(merged: readonly Span[], within: Span): readonly Span[] {
  const gaps: Span[] = [];
  let from = within.from;
  for (const span of clipSpans(merged, within)) {
    if (span.from > from) gaps.push({ from, until: span.from });
    from = span.until;
  }
  if (within.until > from) gaps.push({ from, until: within.until });
  return gaps;
}

/** How long they are together, seconds. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, until }) => sum + until - from, 0);
}

/** Writes stretches behind each other, the first one against `base`, seconds. */
export function writeSpans(writer: ByteWriter, spans: readonly Span[], base: number): void {
  writer.whole(spans.length);
  let before = base;
  for (const { from, until } of spans) {
    writer.signed(from - before);
    writer.whole(until - from);
    before = until;
  }
}

/** Reads what `writeSpans` wrote. Throws a `RangeError` for what is nothing of the kind. */
export function readSpans(reader: ByteReader, base: number): readonly Span[] {
  const spans: Span[] = [];
  let before = base;
  for (let left = reader.whole(); left > 0; left--) {
    const from = before + reader.signed();
    before = from + reader.whole();
    spans.push({ from, until: before });
  }
  return spans;
}

/** The first merged stretch that ends behind a moment. */
function firstReaching(merged: readonly Span[], second: number): number {
  let [low, high] = [0, merged.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((merged[middle]?.until ?? 0) > second) high = middle;
    else low = middle + 1;
  }
  return low;
}
