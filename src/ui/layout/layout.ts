import type { House } from '../../core/house/house.ts';
import type { Size } from '../text/house-view.ts';
import { comfortableWidth } from './item-columns.ts';
import { metricsOf } from './metrics.ts';

/** Below this a sentence is all that can be shown. */
const SMALLEST: Size = { columns: 30, rows: 8 };
/** From this width on panels have frames and stand side by side. */
const FRAMED_FROM = 60;
/** The narrowest panel with a frame; wide numbers and units want more. */
const PANEL_MIN = 38;

/** Panels side by side: one band of the overview. */
export interface Band {
  /** Its first row, counted from the first row of the first band. */
  readonly start: number;
  readonly height: number;
  /** Places of its panels in the house file. */
  readonly panels: readonly number[];
  /** The width of each of them; together they fill the screen. */
  readonly widths: readonly number[];
}

/** Where the panels of a house lie, as if the screen were as high as they need. */
export interface Grid {
  readonly isFramed: boolean;
  readonly columns: number;
  readonly bands: readonly Band[];
  readonly height: number;
}

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

/** Whether there is room for a console at all. */
export function isTooSmall(size: Size): boolean {
  return size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;
}

/** Whether there is room for frames around things. */
export const isFramedAt = (columns: number): boolean => columns >= FRAMED_FROM;

/** The room inside a frame of that size. */
export function roomInFrame(width: number, rows: number): { readonly width: number; readonly rows: number } {
  return isFramedAt(width) ? { width: width - 4, rows: rows - 2 } : { width: width - 2, rows: rows - 1 };
}

const cache = new WeakMap<House, Map<number, Grid>>();

/** Lays the panels of a house out for a width. */
function gridOf(house: House, columns: number): Grid {
  const grids = cache.get(house) ?? new Map<number, Grid>();
  cache.set(house, grids);
  const known = grids.get(columns);
  if (known !== undefined) return known;
  const grid = layOutGrid(house, columns);
  grids.set(columns, grid);
  return grid;
}

function layOutGrid(house: House, columns: number): Grid {
  const { panels } = house.config;
  const isFramed = isFramedAt(columns);
  const narrowest = Math.max(PANEL_MIN, comfortableWidth(metricsOf(house)) + 2);
  const most = isFramed ? Math.max(1, Math.min(panels.length, Math.floor(columns / narrowest))) : 1;
  // As few bands as there can be, and those as even as they can be: four panels make two and two, not three and one.
  const across = Math.ceil(panels.length / Math.ceil(panels.length / most));
  const bands: Band[] = [];
  let start = 0;
  for (let first = 0; first < panels.length; first += across) {
    const places = panels.slice(first, first + across).map((_, place) => first + place);
    const items = Math.max(...places.map(place => panels[place]?.items.length ?? 0));
    const height = items + (isFramed ? 2 : 1);
    bands.push({ start, height, panels: places, widths: shareWidth(columns, places.length) });
    start += height;
  }
  return { isFramed, columns, bands, height: start };
}

/** A width in so many parts, the last one with what is left over. */
function shareWidth(columns: number, parts: number): readonly number[] {
  const width = Math.floor(columns / parts);
  return Array.from({ length: parts }, (_, place) => (place < parts - 1 ? width : columns - width * (parts - 1)));
}

/** The band that a panel stands in. */
export function bandOf(grid: Grid, panel: number): Band | undefined {
  return grid.bands.find(band => band.panels.includes(panel));
}

/**
 * Shares out the rows between header and footer: panels first, then clients, denials, events. `content` is how many rows
 * clients and denials would like to have.
 */
export function layOutOverview(
  house: House,
  content: { readonly clients: number; readonly denials: number },
  columns: number,
  rows: number,
): OverviewLayout {
  const grid = gridOf(house, columns);
  if (!grid.isFramed) return layOutNarrow(grid, content, rows);
  const wish = 2 + Math.min(content.clients, 4) + Math.min(content.denials, 4) + 5;
  const panels = Math.min(grid.height, Math.max(Math.min(6, rows), rows - wish));
  let left = rows - panels;
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
  return { grid, panels, clients, denials, charts, events: left < 2 ? 0 : take(left) };
}

/** One column without frames: panels, one row for the clients, and events where any room is left. */
function layOutNarrow(grid: Grid, content: { readonly clients: number }, rows: number): OverviewLayout {
  const clients = content.clients === 0 ? 0 : 1;
  const panels = Math.min(grid.height, rows - clients);
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
