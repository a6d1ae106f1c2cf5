import type { ByteReader, ByteWriter } from './bytes/varint.ts';
import { clipSpans, gapsBetween, mergeSpans, readSpans, type Span, writeSpans } from './spans.ts';

/** What is known of a stretch of time besides the readings; all merged, seconds since 1970. */
export interface Listening {
  /** When somebody listened: who said nothing then was silent. */
  readonly heard: readonly Span[];
  /** Of which time something was kept and is damaged: nothing may be said of it. It is not in `heard`. */
  readonly lost: readonly Span[];
  /** By series: when somebody listened to that one, which says nothing of the others: what an export told that was imported. */
  readonly of?: SpansBySeries;
  /** By series: when its own imported values prove that it was listened to. Who said nothing then is held to be silent by nobody. */
  readonly spoke?: SpansBySeries;
}

type SpansBySeries = ReadonlyMap<number, readonly Span[]>;

/** What is known of single series. */
const SINGLE = ['of', 'spoke'] as const;

/** Nobody listened. */
export const notListening: Listening = { heard: [], lost: [] };

/** What several files, or several days, say together. */
export function joinListening(parts: readonly Listening[]): Listening {
  const joined: Record<string, SpansBySeries> = {};
  for (const name of SINGLE) {
    const numbers = new Set(parts.flatMap(part => [...(part[name]?.keys() ?? [])]));
    const spansOf = (n: number): readonly Span[] => mergeSpans(parts.flatMap(part => part[name]?.get(n) ?? []));
    if (numbers.size > 0) joined[name] = new Map([...numbers].map(n => [n, spansOf(n)]));
  }
  return {
    heard: mergeSpans(parts.flatMap(({ heard }) => heard)),
    lost: mergeSpans(parts.flatMap(({ lost }) => lost)),
    ...joined,
  };
}

/** When somebody listened to one of these series, or to all (merged): who said nothing then was silent. */
export function heardOf({ heard, of }: Listening, series: readonly number[]): readonly Span[] {
  return mergeSpans([...heard, ...series.flatMap(n => of?.get(n) ?? [])]);
}

/** Of which time something is known of these series, `null` for any (merged); what is damaged is not in it. */
export function knownOf(listening: Listening, series: readonly number[] | null): readonly Span[] {
  const { heard, of, spoke } = listening;
  const pick = (map: SpansBySeries = new Map()): readonly Span[] =>
    (series ?? [...map.keys()]).flatMap(n => map.get(n) ?? []);
  return mergeSpans([...heard, ...pick(of), ...pick(spoke)]);
}

/** What of it lies within a stretch, `lost` taken out of the others. */
export function clipListening({ heard, lost, ...single }: Listening, within: Span): Listening {
  const inside = clipSpans(lost, within);
  const clip = (spans: readonly Span[]): readonly Span[] =>
    clipSpans(spans, within).flatMap(span => gapsBetween(inside, span));
  const clipped = Object.entries(single).map(([name, map]: [string, SpansBySeries]) => [
    name,
    new Map([...map].map(([n, spans]) => [n, clip(spans)])),
  ]);
  return { heard: clip(heard), lost: inside, ...Object.fromEntries(clipped) };
}

/** Writes what is known of all; `writeSingle` writes the rest. */
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

/** Writes what is known of single series, as the last thing of a frame: who does not know of it has read all before it. */
export function writeSingle(writer: ByteWriter, listening: Listening): void {
  const maps = SINGLE.map(name => [...(listening[name] ?? [])].filter(([, spans]) => spans.length > 0));
  if (maps.every(entries => entries.length === 0)) return;
  for (const entries of maps) {
    writer.whole(entries.length);
    for (const [n, spans] of entries) {
      const base = spans[0]?.from ?? 0;
      writer.whole(n);
      writer.whole(base);
      writeSpans(writer, spans, base);
    }
  }
}

/** Reads what `writeSingle` wrote, if anything. Throws a `RangeError` for what is nothing of the kind. */
export function readSingle(reader: ByteReader): Pick<Listening, (typeof SINGLE)[number]> {
  if (reader.isAtEnd) return {};
  const read = SINGLE.map(name => {
    const map = new Map<number, readonly Span[]>();
    for (let left = reader.whole(); left > 0; left--) {
      const n = reader.whole();
      map.set(n, readSpans(reader, reader.whole()));
    }
    return [name, map] as const;
  });
  return Object.fromEntries(read.filter(([, map]) => map.size > 0));
}
