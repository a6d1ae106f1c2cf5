import type { House } from '../../core/house/house.ts';
import type { Arrangement, ShownPanel } from './arrangement.ts';
import { comfortableWidth, denseWidth } from './item-columns.ts';
import { metricsOf } from './metrics.ts';

/** From this width on panels have frames and stand side by side. */
const FRAMED_FROM = 60;
/** The narrowest panel with a frame; wide numbers and units want more. */
const PANEL_MIN = 38;

/** Whether there is room for frames around things. */
export const isFramedAt = (columns: number): boolean => columns >= FRAMED_FROM;

/** How panels are drawn: in frames, one below the other, or with as many values as can be. */
export type GridLook = 'framed' | 'plain' | 'dense';

/** Panels side by side: one band of the overview. */
export interface Band {
  /** Its first row, counted from the first row of the first band. */
  readonly start: number;
  readonly height: number;
  /** Places of its panels in what is shown. */
  readonly panels: readonly number[];
  /** The width of each of them; together they fill the screen. */
  readonly widths: readonly number[];
  /** In how many columns the items of each of them stand. */
  readonly columns: readonly number[];
}

/** Where panels lie, as if the screen were as high as they need. */
export interface Grid {
  readonly look: GridLook;
  readonly columns: number;
  readonly shown: Arrangement;
  readonly bands: readonly Band[];
  readonly height: number;
}

const cache = new WeakMap<Arrangement, Map<string, Grid>>();

/** Lays panels out for a width; `isDense` where there are more values than fit otherwise. */
export function gridOf(house: House, shown: Arrangement, columns: number, isDense: boolean): Grid {
  const grids = cache.get(shown) ?? new Map<string, Grid>();
  cache.set(shown, grids);
  const key = `${columns} ${isDense}`;
  const known = grids.get(key);
  if (known !== undefined) return known;
  const grid = layOutGrid(house, shown, columns, isFramedAt(columns) ? (isDense ? 'dense' : 'framed') : 'plain');
  grids.set(key, grid);
  return grid;
}

function layOutGrid(house: House, shown: Arrangement, columns: number, look: GridLook): Grid {
  const { panels } = shown;
  const metrics = metricsOf(house);
  const narrowest = look === 'dense' ? denseWidth(metrics) : Math.max(PANEL_MIN, comfortableWidth(metrics) + 2);
  const fitting = look === 'plain' ? 1 : Math.max(1, Math.floor(columns / narrowest));
  const most = Math.max(1, Math.min(panels.length, fitting));
  // As few bands as there can be, and those as even as they can be: four panels make two and two, not three and one.
  const across = Math.max(1, Math.ceil(panels.length / Math.ceil(panels.length / most)));
  const bands: Band[] = [];
  let start = 0;
  for (let first = 0; first < panels.length; first += across) {
    const places = panels.slice(first, first + across).map((_, place) => first + place);
    const widths = shareWidth(columns, places.length);
    const inside = widths.map(width => (look === 'dense' ? Math.max(1, Math.floor(width / narrowest)) : 1));
    const rows = Math.max(...places.map((panel, place) => itemRows(panels[panel], inside[place] ?? 1)));
    const height = rows + (look === 'framed' ? 2 : 1);
    bands.push({ start, height, panels: places, widths, columns: inside });
    start += height;
  }
  return { look, columns, shown, bands, height: start };
}

/** Rows of the items of a panel in so many columns. */
export function itemRows(panel: ShownPanel | undefined, columns: number): number {
  return Math.ceil((panel?.places.length ?? 0) / columns);
}

/** A width in so many parts, the last one with what is left over. */
export function shareWidth(columns: number, parts: number): readonly number[] {
  const width = Math.floor(columns / parts);
  return Array.from({ length: parts }, (_, place) => (place < parts - 1 ? width : columns - width * (parts - 1)));
}

/** Where an item stands: its band, its panel in that, and its row in the whole grid; `null` where it is not shown. */
export function findItem(
  { shown, bands }: Grid,
  place: number,
): { readonly band: Band; readonly panel: number; readonly row: number } | null {
  const panel = shown.panels.findIndex(({ places }) => places.includes(place));
  const band = bands.find(one => one.panels.includes(panel));
  if (band === undefined) return null;
  const inside = band.columns[band.panels.indexOf(panel)] ?? 1;
  const depth = shown.panels[panel]?.places.indexOf(place) ?? 0;
  return { band, panel, row: band.start + 1 + (depth % itemRows(shown.panels[panel], inside)) };
}

/** How many items have their row before a row of the grid. */
export function itemsBefore({ shown, bands }: Grid, row: number): number {
  const inPanel = (panel: ShownPanel | undefined, inside: number, rows: number): number => {
    const count = panel?.places.length ?? 0;
    const each = itemRows(panel, inside);
    let sum = 0;
    for (let first = 0; first < count; first += each) sum += Math.min(count - first, each, rows);
    return sum;
  };
  return bands.reduce((sum, { start, panels, columns }) => {
    const rows = Math.max(0, row - start - 1);
    return sum + panels.reduce((all, one, place) => all + inPanel(shown.panels[one], columns[place] ?? 1, rows), 0);
  }, 0);
}
