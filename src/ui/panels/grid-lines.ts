import { type Band, findItem, type Grid, itemsBefore } from '../layout/grid.ts';
import { itemsOf } from '../layout/items.ts';
import { scrollTo } from '../layout/layout.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { fitLine, type Line, type Span, span } from '../text/line.ts';
import { panelLine } from './panel-lines.ts';

/** What the panels are drawn with besides the view. */
export interface GridLook {
  /** The place of the chosen item among all items; -1 where none is. */
  readonly focus: number;
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * The panels in a window of `rows` rows. What does not fit is scrolled around the focus; the names of its panels stay in
 * the first row, and the edges say how many items are beyond them. Only the rows in the window are made.
 */
export function gridLines(view: HouseView, grid: Grid, rows: number, { focus, keys }: GridLook): Lines {
  const look = { focusedId: itemsOf(view.home.house).ids[focus] ?? null, keys };
  const focusRow = findItem(grid, focus)?.row ?? 0;
  const top = scrollTo(focusRow, grid.height, rows);
  const bottom = Math.min(top + rows, grid.height);
  const lines: Line[] = [];
  for (let row = top; row < bottom; row += 1) {
    const isCutAbove = row === top && top > 0;
    const isCutBelow = row === bottom - 1 && bottom < grid.height;
    if (isCutAbove) lines.push(edgeAbove(view, grid, row, look));
    else if (isCutBelow) lines.push(edgeBelow(view, grid, row, look));
    else lines.push(gridLine(view, grid, row, look));
  }
  return lines;
}

interface RowLook {
  readonly focusedId: string | null;
  readonly keys: ReadonlyMap<string, string>;
}

const bandAt = ({ bands }: Grid, row: number): Band | undefined => bands.findLast(one => one.start <= row);

function gridLine(view: HouseView, grid: Grid, row: number, look: RowLook): Line {
  const band = bandAt(grid, row);
  return band === undefined ? [] : bandLine(view, grid, band, row - band.start, look, '');
}

/** One row of a band, counted from its titles; a remark stands in the edge of its last panel. */
function bandLine(view: HouseView, grid: Grid, band: Band, row: number, look: RowLook, remark: string): Line {
  const { focusedId, keys } = look;
  const last = band.widths.length - 1;
  const line: Span[] = [];
  for (const [place, width] of band.widths.entries()) {
    const panel = grid.shown.panels[band.panels[place] ?? -1];
    if (panel === undefined) continue;
    const columns = band.columns[place] ?? 1;
    const edge = place === last ? remark : '';
    // Spelled out, as in `withSpot`.
    const shape = { focusedId, keys, width, columns, height: band.height, look: grid.look, remark: edge };
    line.push(...panelLine(view, panel, row, shape));
  }
  return line;
}

/** The first row where there is more above: the names of the panels that begin before it. */
function edgeAbove(view: HouseView, grid: Grid, row: number, look: RowLook): Line {
  const band = bandAt(grid, row);
  const remark = `↑ ${itemsBefore(grid, row + 1)} more above`;
  const isOver = band !== undefined && row === band.start + band.height - 1 && grid.look === 'framed';
  if (band === undefined || isOver) return hint(grid, remark);
  return bandLine(view, grid, band, 0, look, remark);
}

/** The last row where there is more below: the lower edge of what is cut there, if it has one. */
function edgeBelow(view: HouseView, grid: Grid, row: number, look: RowLook): Line {
  const band = bandAt(grid, row);
  const remark = `↓ ${grid.shown.places.length - itemsBefore(grid, row)} more below`;
  if (band === undefined || grid.look !== 'framed' || row === band.start) return hint(grid, remark);
  return bandLine(view, grid, band, band.height - 1, look, remark);
}

const hint = (grid: Grid, text: string): Line => fitLine([span(`   ${text}`, 'accent')], grid.columns);
