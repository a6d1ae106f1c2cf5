import { itemsOf, panelOfItem } from '../layout/items.ts';
import { type Band, bandOf, type Grid, scrollTo } from '../layout/layout.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, span } from '../text/line.ts';
import { panelLine } from './panel-lines.ts';

/** What the panels are drawn with besides the view. */
export interface GridLook {
  /** The place of the chosen item among all items; -1 where none is. */
  readonly focus: number;
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * The panels in a window of `rows` rows. What does not fit is scrolled around the focus, and the edges say how many
 * items are beyond them. Only the rows in the window are made.
 */
export function gridLines(view: HouseView, grid: Grid, rows: number, look: GridLook): Lines {
  const { house } = view.home;
  const items = itemsOf(house);
  const focusedId = items.ids[look.focus] ?? null;
  const top = scrollTo(rowOfItem(view, grid, Math.max(0, look.focus)), grid.height, rows);
  const lines: Line[] = [];
  for (let row = top; row < Math.min(top + rows, grid.height); row += 1) {
    lines.push(gridLine(view, grid, row, { focusedId, keys: look.keys }));
  }
  return withHints(view, grid, lines, top);
}

interface RowLook {
  readonly focusedId: string | null;
  readonly keys: ReadonlyMap<string, string>;
}

function gridLine(view: HouseView, grid: Grid, row: number, look: RowLook): Line {
  const band = grid.bands.findLast(one => one.start <= row);
  if (band === undefined) return [];
  return band.widths.flatMap((width, place) => {
    const panel = view.home.house.config.panels[band.panels[place] ?? -1];
    if (panel === undefined) return [blank(width)];
    return panelLine(view, panel, row - band.start, band.height, { ...look, width, isFramed: grid.isFramed });
  });
}

/** The row of an item in the whole grid. */
function rowOfItem(view: HouseView, grid: Grid, place: number): number {
  const items = itemsOf(view.home.house);
  const panel = panelOfItem(items, place);
  const band = bandOf(grid, panel);
  return (band?.start ?? 0) + 1 + place - (items.starts[panel] ?? 0);
}

function withHints(view: HouseView, grid: Grid, lines: readonly Line[], top: number): Lines {
  const bottom = top + lines.length;
  const hint = (sign: string, count: number, where: string): Line =>
    fitLine([span(`   ${sign} ${count} more ${where}`, 'accent')], grid.columns);
  return lines.map((line, row) => {
    if (row === 0 && top > 0) return hint('↑', itemsBefore(view, grid, top + 1), 'above');
    if (row < lines.length - 1 || bottom >= grid.height) return line;
    const shown = itemsBefore(view, grid, bottom - 1);
    return hint('↓', itemsOf(view.home.house).ids.length - shown, 'below');
  });
}

/** How many items have their row before a row of the grid. */
function itemsBefore(view: HouseView, grid: Grid, row: number): number {
  const { panels } = view.home.house.config;
  return grid.bands.reduce((sum, band) => sum + itemsInBand(panels, band, row), 0);
}

function itemsInBand(panels: readonly { readonly items: readonly string[] }[], band: Band, row: number): number {
  const shown = Math.max(0, row - band.start - 1);
  return band.panels.reduce((sum, place) => sum + Math.min(panels[place]?.items.length ?? 0, shown), 0);
}
