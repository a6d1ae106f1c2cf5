import { crc32 } from './bytes/crc32.ts';
import { damageBehind, FrameKind, hasContent, readFrames } from './bytes/frame.ts';
import { ByteReader, ByteWriter } from './bytes/varint.ts';
import { EVENT_MARKS, type EventMark, markOf } from './event-mark.ts';
import { decodeEvent } from './history-event.ts';
import { readSpans, type Span, writeSpans } from './spans.ts';

/** How long the stretches are by which events are counted, seconds: as the finer roll-up. */
export const TALLY_S = 300;

/** How many events of each mark there are. */
export type MarkCounts = Readonly<Record<EventMark, number>>;

/** How many events there were, and where that is not known. */
export interface EventTally {
  /** By stretch: its start is the key times `TALLY_S`, seconds since 1970. Stretches without an event are not in it. */
  readonly counts: ReadonlyMap<number, MarkCounts>;
  /** Of which time events were kept that cannot be read any more; not merged. */
  readonly lost: readonly Span[];
}

/** What was counted of the begin of a file of events. */
export interface FileTally extends EventTally {
  /** Up to where it was counted, bytes; 0 for nothing. */
  readonly end: number;
  /** The last frame of that: where it begins, the CRC-32 of its payload, and the second that it is of. */
  readonly last: { readonly start: number; readonly crc: number; readonly second: number };
  /** Whether more stands behind it that is damaged: of which time is not known. It is never written down. */
  readonly isCutOff: boolean;
}

/** Nothing of a file whose events begin with a second was counted yet. */
const uncounted = (second: number): FileTally => ({
  ...{ counts: new Map(), lost: [], end: 0, isCutOff: false },
  last: { start: 0, crc: 0, second },
});

/** Counts a whole file of events, none of which is from long before a second. */
export function tallyFile(bytes: Uint8Array, firstSecond: number): FileTally {
  return tallyFrames(uncounted(firstSecond), bytes, 0);
}

/**
 * Goes on with what was counted of a file; `bytes` are those from its last counted frame on. `null` where that frame is not
 * what stands there: the file was written anew.
 */
export function tallyMore(known: FileTally, bytes: Uint8Array): FileTally | null {
  const { start, crc } = known.last;
  const [first] = readFrames(bytes).frames;
  const isSame = first?.start === 0 && start + first.end === known.end && crc32(first.payload) === crc;
  return isSame ? tallyFrames(known, bytes, start) : null;
}

/** Counts the frames behind those that are counted; `bytes` begin at a place of the file. */
function tallyFrames(known: FileTally, bytes: Uint8Array, place: number): FileTally {
  const { frames, end: wholeUntil } = readFrames(bytes);
  const counts = new Map(known.counts);
  const lost = [...known.lost];
  let { end, last } = known;
  for (const frame of frames) {
    if (place + frame.start < known.end) continue;
    const event = decodeEvent(frame.payload);
    const second = event === null ? last.second : Math.floor(event.at / 1_000);
    if (hasContent(bytes, end - place, frame.start)) {
      lost.push({ from: Math.min(last.second, second), until: Math.max(last.second, second) + 1 });
    }
    const mark = event === null ? null : markOf(event);
    if (mark !== null) addCount(counts, Math.floor(second / TALLY_S), mark);
    end = place + frame.end;
    last = { start: place + frame.start, crc: crc32(frame.payload), second };
  }
  return { counts, lost, end, last, isCutOff: damageBehind(bytes, wholeUntil) > 0 };
}

function addCount(counts: Map<number, MarkCounts>, index: number, mark: EventMark): void {
  const before = counts.get(index) ?? noMarks;
  counts.set(index, { ...before, [mark]: before[mark] + 1 });
}

/** None of any. */
export const noMarks: MarkCounts = { switched: 0, trouble: 0, denied: 0 };

/** The same of both. */
export function addMarks(one: MarkCounts, other: MarkCounts): MarkCounts {
  return {
    switched: one.switched + other.switched,
    trouble: one.trouble + other.trouble,
    denied: one.denied + other.denied,
  };
}

/** What several files say together of a stretch of time. */
export function joinTallies(tallies: readonly EventTally[], { from, until }: Span): EventTally {
  const counts = new Map<number, MarkCounts>();
  for (const tally of tallies) {
    for (const [index, marks] of tally.counts) {
      const isInside = index * TALLY_S >= from && index * TALLY_S < until;
      if (isInside) counts.set(index, addMarks(counts.get(index) ?? noMarks, marks));
    }
  }
  const lost = tallies.flatMap(tally => tally.lost.filter(span => span.until > from && span.from < until));
  return { counts, lost };
}

/** The payload that keeps what was counted. */
export function encodeTally({ counts, lost, end, last }: FileTally): Uint8Array {
  const writer = new ByteWriter();
  const rows = [...counts].sort(([one], [other]) => one - other);
  for (const number of [FrameKind.tally, end, last.start, last.crc]) writer.whole(number);
  writer.signed(last.second);
  writer.whole(rows.length);
  let before = 0;
  for (const [index, marks] of rows) {
    writer.signed(index - before);
    for (const mark of EVENT_MARKS) writer.whole(marks[mark]);
    before = index;
  }
  writeSpans(writer, lost, 0);
  return writer.take();
}

/** Reads what `encodeTally` wrote; `null` for what is none. */
export function decodeTally(payload: Uint8Array): FileTally | null {
  try {
    const reader = new ByteReader(payload);
    if (reader.whole() !== FrameKind.tally) return null;
    const end = reader.whole();
    const last = { start: reader.whole(), crc: reader.whole(), second: reader.signed() };
    const counts = new Map<number, MarkCounts>();
    let index = 0;
    for (let left = reader.whole(); left > 0; left--) {
      index += reader.signed();
      counts.set(index, { switched: reader.whole(), trouble: reader.whole(), denied: reader.whole() });
    }
    const lost = readSpans(reader, 0);
    return reader.isAtEnd ? { counts, lost, end, last, isCutOff: false } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
