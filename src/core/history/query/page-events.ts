import { EVENT_MARKS, type EventMark, markOf } from '../event-mark.ts';
import { addMarks, type EventTally, type MarkCounts, noMarks, TALLY_S } from '../event-tally.ts';
import type { HistoryEvent } from '../history-event.ts';
import { mergeSpans, type Span } from '../spans.ts';

/** Something that happened and is worth a mark, at a time in ms. */
export interface PastEvent {
  readonly at: number;
  readonly mark: EventMark;
  readonly text: string;
}

/** What happened in one column of a page. */
export interface ColumnMark {
  /** When the column begins and ends, ms. */
  readonly from: number;
  readonly until: number;
  /** The worst of it. */
  readonly mark: EventMark;
  /** How many events are worth a mark, from 1 on. */
  readonly count: number;
}

/** What happened in the time of a page. */
export interface PageEvents {
  /** Each column in which anything did, in the order of time. */
  readonly marks: readonly ColumnMark[];
  /** The newest of it, in the order of time. */
  readonly newest: readonly PastEvent[];
  /** The newest of the one column that was asked for; `null` where none was. */
  readonly told: readonly PastEvent[] | null;
  /** Of which time something was kept that cannot be read any more, ms; merged. */
  readonly lost: readonly Span[];
}

/** Nothing happened that is known. */
export const noEvents: PageEvents = { marks: [], newest: [], told: null, lost: [] };

/** Where events come from; seconds since 1970. */
export interface EventSource {
  /** What happened in a stretch, in the order of time. */
  readonly events: (span: Span) => readonly HistoryEvent[];
  /** How many did: of whole stretches of `TALLY_S`, which the edges of the span must not cut. */
  readonly tally: (span: Span) => EventTally;
}

/** So many events at the most are told of a page, and of a column. */
export const MOST_TOLD = 200;
/** So much is read at once, s: events are kept by months. The newest ones mostly are of the last days. */
const READ_AT_ONCE_S = 31 * 86_400;
const READ_FIRST_S = 2 * 86_400;

/** What is asked of the events of a page; in seconds, but `aheadMs`. */
export interface EventsAsked {
  /** Of the columns, rising. */
  readonly edges: readonly number[];
  /** What comes behind the second that is now is not told. */
  readonly now: number;
  /** The column whose events are to be told; `null` for none. */
  readonly told: Span | null;
  readonly aheadMs: number;
}

/** Marks all that happened by column, and tells the newest of it. Throws what the source throws. */
export function readPageEvents(source: EventSource, asked: EventsAsked): PageEvents {
  const { edges, now, told, aheadMs } = asked;
  const toMs = ({ from, until }: Span): Span => ({ from: from * 1_000 + aheadMs, until: until * 1_000 + aheadMs });
  const within = { from: edges[0] ?? 0, until: Math.min(edges.at(-1) ?? 0, now + 1) };
  const { counts, lost } = countByColumn(source, edges, within);
  const marks = counts.flatMap((column, place): readonly ColumnMark[] => {
    const mark = EVENT_MARKS.findLast(one => column[one] > 0);
    const count = column.switched + column.trouble + column.denied;
    return mark === undefined
      ? []
      : [{ ...toMs({ from: edges[place] ?? 0, until: edges[place + 1] ?? 0 }), mark, count }];
  });
  return {
    marks,
    newest: newestIn(source, within, aheadMs),
    told: told === null ? null : readToldEvents(source, told, now, aheadMs),
    lost: mergeSpans(lost).map(toMs),
  };
}

/** The newest of what happened in a stretch up to now; seconds. Throws what the source throws. */
export function readToldEvents(source: EventSource, told: Span, now: number, aheadMs: number): readonly PastEvent[] {
  return newestIn(source, { from: told.from, until: Math.min(told.until, now + 1) }, aheadMs);
}

interface Counted {
  /** Of each column. */
  readonly counts: readonly MarkCounts[];
  readonly lost: readonly Span[];
}

/** By what was counted, as far as no edge cuts that; the stretch that is going on by the events themselves. */
function countByColumn(source: EventSource, edges: readonly number[], within: Span): Counted {
  const counts = edges.slice(1).map(() => noMarks);
  const find = columnFinder(edges);
  const add = (second: number, marks: MarkCounts): void => {
    const place = find(second);
    counts[place] = addMarks(counts[place] ?? noMarks, marks);
  };
  const isCut = edges.some(edge => edge % TALLY_S !== 0);
  // From here on the events themselves are counted.
  const apart = isCut ? within.from : Math.max(within.from, Math.floor(within.until / TALLY_S) * TALLY_S);
  // What is damaged is told of all of the time, whichever way it is counted.
  const whole = {
    from: Math.floor(within.from / TALLY_S) * TALLY_S,
    until: Math.ceil(within.until / TALLY_S) * TALLY_S,
  };
  const tally = source.tally(whole);
  for (const [index, marks] of isCut ? [] : tally.counts) if (index * TALLY_S < apart) add(index * TALLY_S, marks);
  for (let from = apart; from < within.until; from += READ_AT_ONCE_S) {
    const span = { from, until: Math.min(within.until, from + READ_AT_ONCE_S) };
    for (const event of source.events(span)) {
      const mark = markOf(event);
      if (mark !== null) add(Math.floor(event.at / 1_000), { ...noMarks, [mark]: 1 });
    }
  }
  return { counts, lost: tally.lost };
}

/** Finds the column of seconds, which mostly rise. */
function columnFinder(edges: readonly number[]): (second: number) => number {
  let place = 0;
  return second => {
    if (second < (edges[place] ?? 0)) place = 0;
    while (place < edges.length - 2 && second >= (edges[place + 1] ?? 0)) place += 1;
    return place;
  };
}

/** Read from the end on, so that of a year no more is read than is told. */
function newestIn(source: EventSource, { from, until }: Span, aheadMs: number): readonly PastEvent[] {
  let found: readonly PastEvent[] = [];
  for (let end = until, start: number; end > from && found.length < MOST_TOLD; end = start) {
    start = Math.max(from, end - (end === until ? READ_FIRST_S : READ_AT_ONCE_S));
    const part = source.events({ from: start, until: end }).flatMap(event => {
      const mark = markOf(event);
      return mark === null ? [] : [{ at: event.at + aheadMs, mark, text: event.text }];
    });
    found = [...part, ...found];
  }
  return found.slice(-MOST_TOLD);
}
