import { join } from 'node:path';
import { DAY_S, dayOf, HOUR_S } from '../../core/history/calendar.ts';
import { clipListening, joinListening, type Listening, notListening } from '../../core/history/listening.ts';
import type { EventSource } from '../../core/history/query/page-events.ts';
import type { HistorySource, HistoryVisitor } from '../../core/history/query/query.ts';
import { ROLL_UPS, type RollUpStep } from '../../core/history/roll-up.ts';
import { parseSeriesTable, type SeriesInfo } from '../../core/history/series.ts';
import type { Span } from '../../core/history/spans.ts';
import { readBytes } from './disk-file.ts';
import { readEvents } from './events/read-events.ts';
import { readTally } from './events/tallies.ts';
import { type HistoryFiles, listFiles, rollUpName, SERIES_FILE } from './file-names.ts';
import { checkHistoryFolder } from './place.ts';
import { readDay } from './read-day.ts';
import { type DayRolled, readRolled, setsIn } from './read-roll-up.ts';
import { refuseNewer } from './series-file.ts';
import { readLockOwner } from './writer-lock.ts';

/** A history to be read, beside whoever writes into it; it takes no lock. Each call throws what the system says. */
export interface HistoryReader extends HistorySource, EventSource {
  readonly folder: string;
  /** What has a number, in the order of the numbers. */
  readonly series: readonly SeriesInfo[];
  /** From the first to the last day of which there is anything, days since 1970; `null` where there is nothing. */
  readonly range: () => { readonly first: number; readonly last: number } | null;
  /** Whether nothing was ever written. */
  readonly isEmpty: () => boolean;
}

/**
 * Opens a history. Throws a `HistoryRefusal` for one that another user could have written or a newer program wrote, and
 * what the system says: `ENOENT` where there is none.
 */
export function openHistoryReader(folder: string): HistoryReader {
  checkHistoryFolder(folder);
  const table = parseSeriesTable(new TextDecoder().decode(readBytes(join(folder, SERIES_FILE)) ?? new Uint8Array()));
  refuseNewer(folder, table.version);
  return {
    folder,
    series: table.series,
    range: () => rangeOf(folder, listFiles(folder)),
    read: (series, span, step, visitor) => {
      const readDayPart = openDays(folder, { series, span, step }, visitor);
      return clipListening(joinListening(daysIn(span).map(readDayPart)), span);
    },
    isEmpty: () => {
      const { logs, days, events, rollUps } = listFiles(folder);
      return [logs, days, events, ...Object.values(rollUps)].every(list => list.length === 0);
    },
    events: span => readEvents(folder, span),
    tally: span => readTally(folder, span),
    recordedSince: now => recordedSince(folder, now),
  };
}

function recordedSince(folder: string, now: number): number | null {
  const owner = readLockOwner(folder, now * 1_000);
  if (owner === null || owner.role === 'upkeep') return null;
  return Math.floor((owner.since ?? 0) / 1_000);
}

interface Asked {
  readonly series: ReadonlySet<number>;
  readonly span: Span;
  readonly step: RollUpStep | null;
}

/**
 * Tells day by day what is asked for: by the roll-up that is asked for, else by the readings, and where those are gone by
 * what is left.
 */
function openDays(folder: string, { series, span, step }: Asked, visitor: HistoryVisitor): (day: number) => Listening {
  const files = listFiles(folder);
  const [logs, sealed] = [new Set(files.logs), new Set(files.days)];
  // A day of which there is nothing must not have all roll-ups of all years read.
  const read = new Set<string>();
  const rolled: Record<RollUpStep, Map<number, DayRolled>> = { 300: new Map(), 3600: new Map() };
  const rolledBy = (one: RollUpStep, day: number): DayRolled | undefined => {
    const known = rolled[one].get(day);
    if (known !== undefined) return known;
    const name = rollUpName(day, one);
    if (read.has(name)) return undefined;
    read.add(name);
    const names = files.rollUps[one].includes(name) ? [name] : [];
    for (const [found, what] of readRolled(folder, names, span)) rolled[one].set(found, what);
    return rolled[one].get(day);
  };
  const scratch: number[] = [];
  return day => {
    const part = { from: Math.max(span.from, day * DAY_S), until: Math.min(span.until, (day + 1) * DAY_S) };
    const asked = step === null || logs.has(day) ? undefined : rolledBy(step, day);
    if (step !== null && asked?.isComplete === true)
      return tellRolled(asked, { series, span: part, step, scratch }, visitor);
    if (logs.has(day) || sealed.has(day)) return readRaw(folder, day, series, part, visitor);
    const left = ROLL_UPS.flatMap(one => {
      const found = rolledBy(one, day);
      return found === undefined ? [] : [{ one, found }];
    });
    const best = left.find(({ found }) => found.isComplete) ?? left[0];
    return best === undefined
      ? notListening
      : tellRolled(best.found, { series, span: part, step: best.one, scratch }, visitor);
  };
}

function tellRolled(
  day: DayRolled,
  { series, span, step, scratch }: Asked & { readonly step: RollUpStep; readonly scratch: number[] },
  visitor: HistoryVisitor,
): Listening {
  const isCut = span.until - span.from < DAY_S;
  for (const [n, read] of day.rows) {
    if (!series.has(n)) continue;
    const rows = isCut ? read(scratch, span.from / step, span.until / step) : read(scratch);
    if (visitor.rollUps !== undefined) visitor.rollUps(n, step, rows);
    else for (const row of rows.all()) visitor.rollUp(n, step, row);
  }
  return day.listening;
}

function readRaw(
  folder: string,
  day: number,
  series: ReadonlySet<number>,
  span: Span,
  visitor: HistoryVisitor,
): Listening {
  const read = readDay(folder, day, { series, span });
  for (const [n, readings] of read.readings) {
    for (let place = 0; place < readings.length; place += 2) {
      visitor.reading(n, readings[place] ?? 0, readings[place + 1] ?? 0);
    }
  }
  return read.listening;
}

function daysIn({ from, until }: Span): readonly number[] {
  const first = dayOf(from);
  return Array.from({ length: Math.max(0, dayOf(until - 1) - first + 1) }, (_, index) => first + index);
}

function rangeOf(folder: string, files: HistoryFiles): { first: number; last: number } | null {
  const { logs, days, rollUps } = files;
  const rolled = rollUps[HOUR_S].flatMap(name => setsIn(folder, name).map(({ day }) => day));
  const all = [...logs, ...days, ...rolled];
  if (all.length === 0) return null;
  return { first: all.reduce((one, other) => Math.min(one, other)), last: all.reduce((a, b) => Math.max(a, b)) };
}
