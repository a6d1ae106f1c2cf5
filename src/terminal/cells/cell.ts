import { PLAIN_ID } from './style.ts';

/** One line of the screen, exactly as wide as the screen. Never changed once made, so equal rows may be the same object. */
export interface Row {
  /** One grapheme per column; '' for the right half of a wide one. */
  readonly characters: readonly string[];
  /** Style numbers, one per column. */
  readonly styles: readonly number[];
  /** Columns whose character terminals may disagree about the width of; empty for nearly all rows. */
  readonly doubtful: readonly number[];
}

/** A whole screen of cells. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly lines: readonly Row[];
}

/** A row of blanks in the plain style. */
export function blankRow(columns: number): Row {
  return {
    characters: new Array<string>(columns).fill(' '),
    styles: new Array<number>(columns).fill(PLAIN_ID),
    doubtful: [],
  };
}

/** A screen of blanks: what a terminal shows after it was cleared. */
export function blankFrame(columns: number, rows: number): Frame {
  return { columns, rows, lines: new Array<Row>(rows).fill(blankRow(columns)) };
}

/** Whether every cell of two rows is the same. */
export function areRowsEqual(a: Row, b: Row | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.characters.length !== b.characters.length) return false;
  for (let x = 0; x < a.characters.length; x += 1) if (!isSameCell(a, x, b, x)) return false;
  return true;
}

/** Whether two cells look the same. */
export function isSameCell(a: Row, ax: number, b: Row, bx: number): boolean {
  return a.characters[ax] === b.characters[bx] && a.styles[ax] === b.styles[bx];
}

/** Counts the cells in which two frames of one size differ: what any painter must at least change. */
export function countChangedCells(before: Frame, after: Frame): number {
  let count = 0;
  for (const [y, row] of after.lines.entries()) {
    const from = before.lines[y];
    if (from === undefined || from === row) continue;
    for (let x = 0; x < after.columns; x += 1) if (!isSameCell(from, x, row, x)) count += 1;
  }
  return count;
}
