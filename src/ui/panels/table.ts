import type { FrameGlyphs } from '../../terminal/identity/glyphs.ts';
import type { Lines } from '../text/house-view.ts';
import { blank, type Line, type Span, span } from '../text/line.ts';

/** A table: its headings, no two the same, and its rows with a cell for each. Every character is one column wide. */
export interface Table {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly Span[])[];
}

/** Draws a table: `tableRows` lines of `tableWidth` columns. */
export type DrawTable = (table: Table, frame: FrameGlyphs) => Lines;

/** Lines of a table: one for each row and the headings, and rules above, below and between. */
export const tableRows = ({ rows }: Table): number => 2 * rows.length + 3;

/** Columns of a table: a blank on each side of each cell, and a rule on each side of that. */
export const tableWidth = (table: Table): number => columnWidths(table).reduce((sum, width) => sum + width + 3, 1);

/** A table without its rules, each cell where it stands with them: what there is until Ink is loaded. */
export const plainTable: DrawTable = table => {
  const widths = columnWidths(table);
  const lineOf = (cells: readonly Span[]): Line =>
    cells.flatMap(({ text, style }, at) => [span('  '), span(text.padEnd((widths[at] ?? 0) + 1), style)]);
  const rule: Line = [blank(tableWidth(table))];
  const contents = [table.heading.map(name => span(name, 'title')), ...table.rows];
  return [rule, ...contents.flatMap(cells => [[...lineOf(cells), span(' ')], rule])];
};

/** The widest of each column, its heading among them. */
function columnWidths({ heading, rows }: Table): readonly number[] {
  return heading.map((name, at) => Math.max(name.length, ...rows.map(row => row[at]?.text.length ?? 0)));
}
