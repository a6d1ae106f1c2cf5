import type { ColorDepth } from '../identity/evidence.ts';
import type { Frame, Row } from './cell.ts';
import { withoutControls } from './frame-parser.ts';
import { appendText, changedStyle, emptyRow, finishRow } from './row-builder.ts';
import { createRowCache } from './row-cache.ts';
import { PLAIN_ID, type StyleTable } from './style.ts';

/** A piece of a line in one look: SGR parameters on top of the plain style (ECMA-48 8.3.117), `1;36`, or '' for that style. */
export interface Piece {
  readonly text: string;
  readonly look: string;
}

/** A line as it is to look, from left to right. */
export type StyledLine = readonly Piece[];

/** Turns lines into cells, without text with sequences in between. */
export interface LineCells {
  /** Cells of a frame, cut and filled to the size. What is no text in a piece is dropped. Never throws. */
  frameOf(lines: readonly StyledLine[], columns: number, rows: number): Frame;
}

/** For one terminal: colours are brought down to its depth here, as those of a text are. */
export function createLineCells(styles: StyleTable, depth: ColorDepth): LineCells {
  const cache = createRowCache<Row>();
  const looks = new Map<string, number>([['', PLAIN_ID]]);
  const styleOf = (look: string): number => {
    const known = looks.get(look);
    if (known !== undefined) return known;
    const style = changedStyle(PLAIN_ID, look, styles, depth);
    looks.set(look, style);
    return style;
  };
  const makeRow = (line: StyledLine, columns: number): Row => {
    const row = emptyRow(columns);
    for (const { text, look } of line) appendText(row, withoutControls(text), styleOf(look), styles);
    return finishRow(row);
  };
  return {
    frameOf: (lines, columns, rows) => {
      const blank = cache.begin(columns, rows);
      const shown = lines.slice(0, rows).map(line => cache.get(keyOf(line), () => makeRow(line, columns)));
      while (shown.length < rows) shown.push(blank);
      return { columns, rows, lines: shown };
    },
  };
}

/** The same for lines that look the same: no look and no text that is shown has a null character in it. */
function keyOf(line: StyledLine): string {
  let key = '';
  for (const { text, look } of line) key += `${look}\u0000${text}\u0000`;
  return key;
}
