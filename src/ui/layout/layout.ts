import type { House } from '../../core/house/house.ts';
import type { Size } from '../text/house-view.ts';
import type { Arrangement } from './arrangement.ts';
import { type Grid, gridOf, isFramedAt } from './grid.ts';

/** Below this a sentence is all that can be shown. */
const SMALLEST: Size = { columns: 30, rows: 8 };

/** How the rows between header and footer are shared out on the overview; 0 where a part has no room. */
export interface OverviewLayout {
  readonly grid: Grid;
  /** Rows of the window onto the grid. */
  readonly panels: number;
  /** With its heading; 1 means all clients in one row. */
  readonly clients: number;
  /** With its heading. */
  readonly denials: number;
  /** Charts below the panels, with their titles, where the screen is high. */
  readonly charts: number;
  /** With its heading. */
  readonly events: number;
}

/** Rows that must be left for events before there is room for charts. */
const EVENTS_BESIDE_CHARTS = 8;
/** Rows of a chart with its title: fewer say nothing, more say no more. */
const CHART_ROWS = { least: 9, most: 14 };
/** Rows of what is below a house that needs the screen for itself, as far as there is any of it. */
const LEAN = { clients: 1, denials: 2, events: 3 };
/** Rows that the panels have at the least. */
const PANEL_ROWS = 6;

/** Whether there is room for a console at all. */
export function isTooSmall(size: Size): boolean {
  return size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;
}

export { isFramedAt } from './grid.ts';

/** The room inside a frame of that size. */
export function roomInFrame(width: number, rows: number): { readonly width: number; readonly rows: number } {
  return isFramedAt(width) ? { width: width - 4, rows: rows - 2 } : { width: width - 2, rows: rows - 1 };
}

/** Rows that clients and denials would like to have. */
interface Wish {
  readonly clients: number;
  readonly denials: number;
  /** Whether one of the events is chosen, and has to be seen. */
  readonly needsEvents?: boolean;
}

/**
 * Shares out the rows between header and footer: panels first, then clients, denials, events. A house that does not fit
 * so has more of the screen, and where that is not enough its panels are narrower, with more of them side by side.
 */
export function layOutOverview(
  house: House,
  shown: Arrangement,
  content: Wish,
  columns: number,
  rows: number,
): OverviewLayout {
  const grid = gridOf(house, shown, columns, false);
  if (!isFramedAt(columns)) return layOutNarrow(grid, content, rows);
  const wish = 2 + Math.min(content.clients, 4) + Math.min(content.denials, 4) + 5;
  const full = grid.height > Math.max(Math.min(PANEL_ROWS, rows), rows - wish) ? null : layOutFull(grid, content, rows);
  if (full !== null && (full.events > 0 || content.needsEvents !== true)) return full;
  const lean = Math.min(rows - Math.min(PANEL_ROWS, rows), leanRows(content));
  const fits = grid.height <= rows - lean;
  return layOutLean(fits ? grid : gridOf(house, shown, columns, true), content, rows, lean);
}

/** The whole house, and below it all that there is room for. */
function layOutFull(grid: Grid, content: Wish, rows: number): OverviewLayout {
  let left = rows - grid.height;
  const take = (count: number): number => {
    const taken = Math.max(0, Math.min(count, left));
    left -= taken;
    return taken;
  };
  const clients =
    content.clients === 0 ? 0 : take(left < 4 ? 1 : 1 + Math.min(content.clients, Math.max(1, Math.floor(left / 3))));
  const room = left >= 16 ? 6 : left >= 10 ? 4 : left >= 8 ? 3 : left >= 5 ? 1 : 0;
  const denials = left < 2 ? 0 : take(1 + Math.min(content.denials, room));
  const spare = left - EVENTS_BESIDE_CHARTS;
  const charts = spare < CHART_ROWS.least ? 0 : take(Math.min(spare, CHART_ROWS.most));
  return { grid, panels: grid.height, clients, denials, charts, events: left < 2 ? 0 : take(left) };
}

const leanRows = (content: Wish): number =>
  (content.clients > 0 ? LEAN.clients : 0) + (content.denials > 0 ? LEAN.denials : 0) + LEAN.events;

/** As much of the house as can be, and of the rest no more than `lean` rows at the least. */
function layOutLean(grid: Grid, content: Wish, rows: number, lean: number): OverviewLayout {
  const panels = Math.min(grid.height, rows - lean);
  let left = rows - panels;
  const take = (count: number): number => {
    const taken = left < count ? 0 : count;
    left -= taken;
    return taken;
  };
  const clients = content.clients === 0 ? 0 : take(LEAN.clients);
  const denials = content.denials === 0 ? 0 : take(LEAN.denials);
  return { grid, panels, clients, denials, charts: 0, events: left < 2 ? 0 : left };
}

/** One column without frames: panels, one row for the clients, and events where any room is left. */
function layOutNarrow(grid: Grid, content: Wish, rows: number): OverviewLayout {
  const clients = content.clients === 0 ? 0 : 1;
  const events = content.needsEvents === true ? LEAN.events : 0;
  const panels = Math.min(grid.height, rows - clients - events);
  const left = rows - panels - clients;
  return { grid, panels, clients, denials: 0, charts: 0, events: left < 2 ? 0 : left };
}

/** A window onto something higher than it: the first row that shows, so that the focus is in the middle of it. */
export function scrollTo(focusRow: number, height: number, rows: number): number {
  return Math.max(0, Math.min(focusRow - Math.floor(rows / 2), height - rows));
}

/** The places of a list around the chosen one whose rows all fit, the chosen one in the middle where it can be. */
export function placesAround(
  focus: number,
  count: number,
  rows: number,
  heightOf: (place: number) => number,
): readonly number[] {
  if (count === 0) return [];
  let left = rows - heightOf(focus);
  let [first, last] = [focus, focus];
  const up = (until: number): void => {
    while (first > 0 && left - heightOf(first - 1) >= until) left -= heightOf(--first);
  };
  up(Math.ceil(left / 2));
  while (last < count - 1 && left - heightOf(last + 1) >= 0) left -= heightOf(++last);
  up(0);
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}
