import type { ByteReader, ByteWriter } from './bytes/varint.ts';
import { clipSpans, gapsBetween, mergeSpans, readSpans, type Span, writeSpans } from './spans.ts';

/** What is known of a stretch of time besides the readings; both merged, seconds since 1970. */
export interface Listening {
  /** When somebody listened: who said nothing then was silent. */
  readonly heard: readonly Span[];
  /** Of which time something was kept and is damaged: nothing may be said of it. It is not in `heard`. */
  readonly lost: readonly Span[];
}

/** Nobody listened. */
export const notListening: Listening = { heard: [], lost: [] };

/** What several files, or several days, say together. */
export function joinListening(parts: readonly Listening[]): Listening {
  return {
    heard: mergeSpans(parts.flatMap(({ heard }) => heard)),
    lost: mergeSpans(parts.flatMap(({ lost }) => lost)),
  };
}

/** What of it lies within a stretch, `lost` taken out of `heard`. */
export function clipListening({ heard, lost }: Listening, within: Span): Listening {
  const inside = clipSpans(lost, within);
  return { heard: clipSpans(heard, within).flatMap(span => gapsBetween(inside, span)), lost: inside };
}

/** Writes it. */
export function writeListening(writer: ByteWriter, { heard, lost }: Listening): void {
  const base = heard[0]?.from ?? lost[0]?.from ?? 0;
  writer.whole(base);
  writeSpans(writer, heard, base);
  writeSpans(writer, lost, base);
}

/** Reads what `writeListening` wrote. Throws a `RangeError` for what is nothing of the kind. */
export function readListening(reader: ByteReader): Listening {
  const base = reader.whole();
  const heard = readSpans(reader, base);
  return { heard, lost: readSpans(reader, base) };
}
