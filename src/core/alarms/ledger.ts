import type { AlarmBook, AlarmChange, AlarmChangeKind, AlarmState, Unwatched } from '../home/alarms/alarm.ts';
import { changeText, floodText } from './change-text.ts';
import { countRaise, endFlood, type FloodWatch, noFlood } from './flood.ts';
import type { Moved } from './machine.ts';

/** What is new of the alarms: all that is known of them, and what became of which. */
export interface AlarmNews {
  readonly book: AlarmBook;
  /** The oldest first; none where only a value moved on. */
  readonly changes: readonly AlarmChange[];
}

/** What of the alarms outlasts a restart. */
export interface KeptAlarms {
  readonly alarms: readonly AlarmState[];
  /** The last ones that were given. */
  readonly order: number;
  readonly number: number;
}

/** Writes down what becomes of alarms, in its order, and makes the book of it. */
export interface Ledger {
  /** What the next alarm gets that is raised. */
  readonly nextOrder: () => number;
  /** What became of an alarm, `at` in ms; `by` is the user who did it. */
  readonly note: (before: AlarmState, moved: Moved, at: number, by: string | null) => void;
  /** The house has it no more. */
  readonly noteGone: (alarm: AlarmState, at: number) => void;
  /** Something of the alarms is another. */
  readonly touch: () => void;
  /** Ends a flood that is over. */
  readonly passTime: (at: number) => void;
  /** What is new since the last time; `null` for nothing. With `hasPatience` what only moved a value on waits. */
  readonly take: (alarms: () => readonly AlarmState[], hasPatience: boolean) => AlarmNews | null;
  readonly last: () => AlarmBook;
  readonly counters: () => Pick<KeptAlarms, 'order' | 'number'>;
}

/** What comes by itself, and is not told of one that is put aside. */
const ANNOUNCED: ReadonlySet<AlarmChangeKind> = new Set(['raised', 'repeated', 'returned', 'cleared']);

/** Begins it with the counters of an earlier run. */
export function openLedger(counters: Pick<KeptAlarms, 'order' | 'number'>): Ledger {
  let { order, number } = counters;
  let flood: FloodWatch = noFlood;
  let changes: AlarmChange[] = [];
  let isStale = true;
  let book = makeBook([], null, 0);
  const add = ({ id, priority }: Named, kind: AlarmChangeKind, rest: Rest): void => {
    number += 1;
    changes.push({ number, id, kind, priority, ...rest });
  };
  const countOne = (alarm: AlarmState, at: number): void => {
    const wasFlood = flood.flood !== null;
    flood = countRaise(flood, { alarm, at });
    const first = flood.raises[0]?.alarm;
    if (wasFlood || flood.flood === null || first === undefined) return;
    const text = floodText(flood.flood.count, first.label);
    add(first, 'flooded', { at, by: null, isQuiet: false, text });
  };
  return {
    nextOrder: () => order + 1,
    note: (before, { alarm, kind }, at, by) => {
      if (alarm !== before) isStale = true;
      if (kind === null) return;
      const isShelved = before.shelf !== null;
      const isRaise = kind === 'raised';
      if (isRaise) order = alarm.order;
      // The one that makes the flood is told with it.
      if (isRaise && !isShelved) countOne(alarm, at);
      const isQuiet = ANNOUNCED.has(kind) && (isShelved || flood.flood !== null);
      add(alarm, kind, { at, by, isQuiet, text: changeText(kind, alarm, by) });
    },
    noteGone: (alarm, at) => {
      isStale = true;
      const text = `${changeText('cleared', { ...alarm, value: null }, null)}, which the house has no more`;
      add(alarm, 'cleared', { at, by: null, isQuiet: false, text });
    },
    touch: () => {
      isStale = true;
    },
    passTime: at => {
      const next = endFlood(flood, at);
      if (next !== flood) isStale = true;
      flood = next;
    },
    take: (alarms, hasPatience) => {
      if (!isStale || (hasPatience && changes.length === 0)) return null;
      book = makeBook(alarms(), flood.flood, book.revision + 1);
      const news = { book, changes };
      changes = [];
      isStale = false;
      return news;
    },
    last: () => book,
    counters: () => ({ order, number }),
  };
}

type Named = Pick<AlarmState, 'id' | 'priority'>;
type Rest = Pick<AlarmChange, 'at' | 'by' | 'isQuiet' | 'text'>;

function makeBook(alarms: readonly AlarmState[], flood: AlarmBook['flood'], revision: number): AlarmBook {
  const told = alarms.filter(hasSomethingToSay);
  return {
    alarms: new Map(told.map(alarm => [alarm.id, alarm])),
    total: alarms.length,
    unwatched: groupUnwatched(alarms),
    flood,
    revision,
    source: 'own',
  };
}

/** Whether there is anything to say of an alarm: it is raised, put aside or about to come, or it was raised once. */
export function hasSomethingToSay({ phase, shelf, dueSince, count }: AlarmState): boolean {
  return phase !== 'normal' || shelf !== null || dueSince !== null || count > 0;
}

function groupUnwatched(alarms: readonly AlarmState[]): readonly Unwatched[] {
  const groups = new Map<string, string[]>();
  for (const { id, unwatched } of alarms) {
    if (unwatched === null) continue;
    const ids = groups.get(unwatched);
    if (ids === undefined) groups.set(unwatched, [id]);
    else ids.push(id);
  }
  return [...groups].map(([why, ids]) => ({ why, ids }));
}
