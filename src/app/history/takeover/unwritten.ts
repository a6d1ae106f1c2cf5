import type { Batch } from '../../../core/history/batch.ts';
import { dayOf } from '../../../core/history/calendar.ts';
import type { HistoryEvent } from '../../../core/history/history-event.ts';
import { gapsBetween, mergeSpans, type Span } from '../../../core/history/spans.ts';
import { readHeardLately } from '../../../io/history-store/read-day.ts';
import { openHistoryReader } from '../../../io/history-store/reader.ts';
import type { EventQueue } from '../event-queue.ts';
import type { Pending, Waiting } from '../pending.ts';
import { unpaired } from './pairing.ts';

/** What waits, and the history that it waits for. */
export interface Waits {
  readonly folder: string;
  readonly pending: Pending;
  readonly events: EventQueue;
}

/** So much of what waits beside somebody who records is kept, s: as much as where nothing can be written. */
const KEPT_S = 3_600;
/**
 * Times are cut to whole seconds, and two processes do not look at the clock at once: so near the edge of what another one
 * has heard it is not certain from the time alone that it heard this, s.
 */
const EDGE_S = 2;
/** The same event is noted by two processes no farther apart, ms. */
const SAME_EVENT_MS = 3_000;

/**
 * Forgets what whoever records has on the disk by now. The rest stays: should that process be killed, nobody else has what
 * was heard since it last wrote. `now` is in seconds since 1970.
 */
export function forgetWritten({ folder, pending, events }: Waits, now: number): void {
  const waiting = pending.all();
  const days = new Set([...waiting.map(({ day }) => day), dayOf(now)]);
  const heard = mergeSpans([...days].flatMap(day => heardLately(folder, day)));
  const isOver = (span: Span): boolean => span.until < now - KEPT_S || isWellIn(heard, span);
  for (const one of waiting) if (isOver(one.span)) pending.done(one);
  events.drop(events.all().filter(event => isOver(spanOfEvent(event))));
}

/** What cannot be read is not known to be there. */
function heardLately(folder: string, day: number): readonly Span[] {
  try {
    return readHeardLately(folder, day);
  } catch {
    return [];
  }
}

/**
 * Looks, as soon as nobody else writes, which of what waits is on the disk already: that is forgotten. Gives what of each
 * batch is to be written where that is less than all. `now` is in seconds since 1970. Throws what the system says.
 */
export function keepUnwritten(
  { folder, pending, events }: Waits,
  numberOf: Parameters<Waiting['toBatch']>[0],
  now: number,
): WeakMap<Waiting, Batch> {
  // What came since the last time may be on the disk as well.
  pending.closeBatch();
  const rests = new WeakMap<Waiting, Batch>();
  // What a log tells of long before was not heard twice at the same time.
  const lately = events.all().filter(({ at }) => at / 1_000 >= now - KEPT_S);
  const spans = [...pending.all().map(({ span }) => span), ...lately.map(spanOfEvent)];
  if (spans.length === 0) return rests;
  const known = readKnown(folder, {
    from: Math.min(...spans.map(({ from }) => from)) - 2 * EDGE_S,
    until: Math.max(...spans.map(({ until }) => until)) + 2 * EDGE_S,
  });
  for (const [waiting, rest] of restsOf(pending.all(), numberOf, known)) {
    if (rest.heard.length === 0 && rest.readings.size === 0) pending.done(waiting);
    else rests.set(waiting, rest);
  }
  const open = lately.filter(event => !isWellIn(known.heard, spanOfEvent(event)));
  const unwritten = new Set(unpaired(open, known.events, sameEvent));
  events.drop(lately.filter(event => !unwritten.has(event)));
  return rests;
}

interface Reading {
  readonly second: number;
  readonly value: number;
}

/** What the disk has of a stretch. */
interface Known {
  /** Merged. */
  readonly heard: readonly Span[];
  readonly readings: ReadonlyMap<number, readonly Reading[]>;
  readonly events: readonly HistoryEvent[];
}

const sameReading = {
  keyOf: ({ value }: Reading) => String(value),
  atOf: ({ second }: Reading) => second,
  within: EDGE_S,
};

const sameEvent = {
  // What is said of a thing may be said in other words by who knew more of it; what is about nothing in it is its text.
  keyOf: ({ type, id, severity, text, detail }: HistoryEvent) =>
    id === null ? `${type} ${text}` : `${type} ${id} ${detail.state ?? severity}`,
  atOf: ({ at }: HistoryEvent) => at,
  within: SAME_EVENT_MS,
};

function readKnown(folder: string, span: Span): Known {
  const reader = openHistoryReader(folder);
  const readings = new Map<number, Reading[]>();
  const { heard } = reader.read(new Set(reader.series.map(({ n }) => n)), span, null, {
    reading: (n, second, value) => {
      const list = readings.get(n);
      if (list === undefined) readings.set(n, [{ second, value }]);
      else list.push({ second, value });
    },
    rollUp: () => {},
  });
  return { heard, readings, events: reader.events(span) };
}

/** What of each batch the disk does not have. */
function restsOf(
  all: readonly Waiting[],
  numberOf: Parameters<Waiting['toBatch']>[0],
  known: Known,
): readonly (readonly [Waiting, Batch])[] {
  const batches = all.map(waiting => {
    const { heard, readings } = waiting.toBatch(numberOf);
    return { waiting, heard, readings: new Map([...readings].map(([n, list]) => [n, pairsOf(list)])) };
  });
  const unwritten = new Set<Reading>();
  for (const n of new Set(batches.flatMap(({ readings }) => [...readings.keys()]))) {
    // Together, for what the disk has once is in one batch only.
    const ours = batches.flatMap(({ readings }) => readings.get(n) ?? []);
    for (const reading of unpaired(ours, known.readings.get(n) ?? [], sameReading)) {
      const { second } = reading;
      if (!isWellIn(known.heard, { from: second, until: second + 1 })) unwritten.add(reading);
    }
  }
  return batches.map(({ waiting, heard, readings }) => {
    const rest = [...readings].flatMap(([n, list]) => {
      const left = list.filter(reading => unwritten.has(reading));
      return left.length === 0 ? [] : [[n, left.flatMap(({ second, value }) => [second, value])] as const];
    });
    return [waiting, { heard: heard.flatMap(span => gapsBetween(known.heard, span)), readings: new Map(rest) }];
  });
}

function pairsOf(list: readonly number[]): readonly Reading[] {
  const readings: Reading[] = [];
  for (let place = 0; place < list.length; place += 2) {
    readings.push({ second: list[place] ?? 0, value: list[place + 1] ?? 0 });
  }
  return readings;
}

function spanOfEvent({ at }: HistoryEvent): Span {
  const from = Math.floor(at / 1_000);
  return { from, until: from + 1 };
}

/** Whether somebody has listened from well before a stretch until well behind it. */
function isWellIn(heard: readonly Span[], { from, until }: Span): boolean {
  return heard.some(one => one.from + EDGE_S <= from && one.until >= until + EDGE_S);
}
