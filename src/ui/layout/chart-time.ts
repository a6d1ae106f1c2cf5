import { localEdges } from '../../core/history/query/local-edges.ts';

/** A span of time that a chart shows. */
export interface ChartWindow {
  readonly label: string;
  /** Endless for all that is kept. */
  readonly ms: number;
  /** The same by the calendar, as months and days, where it is longer than hours: a day may have 23 hours or 25. */
  readonly calendar: readonly [months: number, days: number] | null;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 1_440 * MINUTE_MS;

/** The spans of time of a chart, shortest first. */
export const chartWindows: readonly ChartWindow[] = [
  { label: '10 min', ms: 10 * MINUTE_MS, calendar: null },
  { label: '1 h', ms: 60 * MINUTE_MS, calendar: null },
  { label: '6 h', ms: 360 * MINUTE_MS, calendar: null },
  { label: '24 h', ms: DAY_MS, calendar: [0, 1] },
  { label: '7 d', ms: 7 * DAY_MS, calendar: [0, 7] },
  { label: '30 d', ms: 30 * DAY_MS, calendar: [0, 30] },
  { label: '1 y', ms: 365 * DAY_MS, calendar: [12, 0] },
  { label: 'all', ms: Number.POSITIVE_INFINITY, calendar: null },
];

/** The longest time that is kept in the memory, and that moves over a page which stands still. */
export const isShort = ({ ms }: ChartWindow): boolean => ms <= DAY_MS;

/** The time of a chart. */
export interface ChartTime {
  /** When each column begins, and the last one ends, ms, rising. */
  readonly edges: readonly number[];
  /** The columns of the time that is shown: `first` to `begun` (exclusive). Those before are too old, the others yet to come. */
  readonly first: number;
  readonly begun: number;
}

/** Which time is to be shown. */
export interface ChartPlace {
  readonly window: ChartWindow;
  /** When the page ends, ms; `null` for now. */
  readonly until: number | null;
  /** Now, ms. */
  readonly at: number;
  /** From when on anything was kept, ms. */
  readonly since: number;
  /** What the clock of these times is ahead of that on the wall, ms: columns begin at its round times. */
  readonly aheadMs?: number;
}

/** The same moment so many windows later or, below zero, before: by the calendar where that counts. */
export function shiftTime(at: number, { ms, calendar }: ChartWindow, by: number): number {
  return calendar === null ? at + by * ms : shiftCalendar(at, by * calendar[0], by * calendar[1]);
}

/** The same time of day so many months and days later. */
export function shiftCalendar(at: number, months: number, days: number): number {
  const date = new Date(at);
  date.setMonth(date.getMonth() + months, date.getDate() + days);
  return date.getTime();
}

/** The columns of a page in so many of a plot (1 or more). */
export function chartTime(place: ChartPlace, columns: number): ChartTime {
  const { window, until, at, since, aheadMs = 0 } = place;
  if (until === null && isShort(window)) return movingTime(window, at, columns);
  const onWall = { window, until: until === null ? null : until - aheadMs, at: at - aheadMs, since: since - aheadMs };
  const time = pageTime(onWall, columns);
  return aheadMs === 0 ? time : { ...time, edges: time.edges.map(edge => edge + aheadMs) };
}

/** Columns of equal length, as edges. */
export function evenEdges(from: number, columnMs: number, columns: number): readonly number[] {
  return Array.from({ length: columns + 1 }, (_, column) => from + column * columnMs);
}

/** Seconds of one column by the minutes of the window: all divide it, and what the series keeps divides them. */
const WINDOW_COLUMN_SECONDS: Readonly<Record<number, readonly number[]>> = {
  10: [10, 20, 30, 60],
  60: [30, 60, 120, 180, 300],
  360: [180, 240, 360, 720, 900, 1800],
  1440: [900, 1200, 1800, 3600, 7200],
};
/** Of so many columns of a page one at the least is room to come, so that it is turned more rarely. */
const ROOM_SHARE = 8;
/** A page is turned by so many columns at the most: what moves no further a painter sends as a shift. */
const MOST_TURNED = 32;

/**
 * A window that ends now on a page that stands still. It moves over the page: a column is begun at its one end and, half a
 * column's time later, one is left out at the other, so that it is the window's length within half a column. A page is
 * turned where there is no more room: only then the columns move.
 */
function movingTime(window: ChartWindow, at: number, columns: number): ChartTime {
  const choices = (WINDOW_COLUMN_SECONDS[window.ms / MINUTE_MS] ?? [10]).map(seconds => seconds * SECOND_MS);
  const room = Math.max(1, Math.floor(columns / ROOM_SHARE));
  const columnMs = choices.find(one => window.ms / one + room <= columns) ?? choices.at(-1) ?? 10 * SECOND_MS;
  const step = Math.min(MOST_TURNED, Math.max(1, columns - window.ms / columnMs));
  const newest = Math.floor(at / columnMs);
  const from = (Math.floor(newest / step) + 1) * step - columns;
  const oldest = Math.round((at - window.ms) / columnMs);
  const edges = evenEdges(from * columnMs, columnMs, columns);
  return { edges, first: Math.max(0, oldest - from), begun: newest - from + 1 };
}

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
/** What one column of a page may be, s: up to a day all divide it, and from 5 minutes on a roll-up of the history divides them. */
const PAGE_COLUMN_SECONDS = [
  ...[10, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800],
  ...[1, 2, 3, 4, 6, 8, 12].map(hours => hours * HOUR_S),
  ...[1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 42, 56, 91, 182, 365, 1_826, 3_652].map(days => days * DAY_S),
];

/** A page between two moments: columns as people count time here, as short as they fit. */
function pageTime({ window, until, at, since }: ChartPlace, columns: number): ChartTime {
  const end = until ?? at;
  const from = window.ms === Number.POSITIVE_INFINITY ? Math.min(since, end - DAY_MS) : shiftTime(end, window, -1);
  const lengthS = (end - from) / SECOND_MS;
  const fitting = PAGE_COLUMN_SECONDS.filter(seconds => lengthS / seconds < columns + 1);
  for (const seconds of fitting) {
    // The column that is going on belongs to it.
    const edges = pageEdges(from, until ?? at + 1, seconds);
    if (edges.length - 1 <= columns) return { edges, first: 0, begun: edges.length - 1 };
  }
  return { edges: [from, Math.max(from + SECOND_MS, end)], first: 0, begun: 1 };
}

function pageEdges(from: number, until: number, seconds: number): readonly number[] {
  if (seconds > HOUR_S && seconds < DAY_S) return hourEdges(from, until, seconds / HOUR_S);
  const start = seconds > DAY_S ? startOfDays(from, seconds / DAY_S) : from;
  return localEdges(start / SECOND_MS, until / SECOND_MS, seconds).map(edge => edge * SECOND_MS);
}

/** Where the clock here shows multiples of so many hours: a part of a day in which it is changed is longer or shorter. */
function hourEdges(from: number, until: number, hours: number): readonly number[] {
  const date = new Date(from);
  const edges: number[] = [];
  for (let hour = Math.floor(date.getHours() / hours) * hours; ; hour += hours) {
    const edge = new Date(date.getFullYear(), date.getMonth(), date.getDate(), hour).getTime();
    edges.push(edge);
    if (edge >= until) return edges;
  }
}

/** The midnight here that a stretch of so many days begins with: always the same stretches, whatever the page. */
function startOfDays(at: number, days: number): number {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const past = (Date.UTC(year, month, day) / DAY_MS) % days;
  return new Date(year, month, day - past).getTime();
}

/** The column that a moment is in; -1 where it is in none. */
export function columnAt(edges: readonly number[], at: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low === edges.length ? -1 : low - 1;
}
