import type { Role, Style } from '../../core/format/style.ts';
import type { TableTexts } from '../../core/mosquitto/access-table.ts';
import { textWidth } from '../../core/text-width.ts';
import type { FrameGlyphs } from '../../terminal/identity/glyphs.ts';
import { type Table, tableWidth } from '../panels/table.ts';
import { span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';
import { drawInkTable } from './ink-table.tsx';

/** What it is drawn for. */
export interface TableLook {
  /** The width of the terminal. */
  readonly columns: number;
  readonly frame: FrameGlyphs;
  readonly style: Style;
}

/**
 * The user × topic table of `acl check` as lines with a frame around them. `null` where it does not fit: too wide, or
 * with names of which ink-table would make one column, or whose columns it would count wrong.
 */
export function drawAccessTable({ heading, rows, legend }: TableTexts, look: TableLook): readonly string[] | null {
  const table: Table = { heading, rows: rows.map(row => row.map(text => span(text))) };
  const isPlain = [heading, ...rows].flat().every(cell => textWidth(cell) === cell.length);
  const isTooWide = tableWidth(table) > look.columns;
  if (!isPlain || isTooWide || new Set(heading).size < heading.length || rows.length === 0) return null;
  const drawn = drawInkTable(table, look.frame).map(line => line.map(part => dressed(part, look)).join(''));
  return [...drawn, ...(legend === null ? [] : [legend])];
}

const roles: Readonly<Partial<Record<StyleName, Role>>> = { title: 'title', frame: 'quiet' };

function dressed({ text, style: name }: { readonly text: string; readonly style: StyleName }, look: TableLook): string {
  const role = roles[name];
  return role === undefined ? text : look.style(text, role);
}
