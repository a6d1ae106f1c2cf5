import type { Row } from './cell.ts';
import { endOfCell, moveTo, type Pencil, putCell, putRun, setErasingPen, setPen } from './pencil.ts';
import { PLAIN_ID } from './style.ts';

/** Whether two cells look the same. */
export function isSameCell(a: Row, ax: number, b: Row, bx: number): boolean {
  return a.characters[ax] === b.characters[bx] && a.styles[ax] === b.styles[bx];
}

/** Brings one row from what the terminal shows to what it should show. */
export function paintRow(pencil: Pencil, y: number, before: Row, after: Row): void {
  if (isDoubtfulChange(before, after)) {
    repaintRow(pencil, y, after);
    return;
  }
  paintChanges(pencil, y, before, after);
}

function paintChanges(pencil: Pencil, y: number, before: Row, after: Row): void {
  const tail = startOfBlankTail(after);
  let x = 0;
  while (x < pencil.columns) {
    if (isSameCell(before, x, after, x)) {
      x += 1;
      continue;
    }
    if (x >= tail && lastChange(before, after) - x >= 3) {
      eraseTail(pencil, x, y, after);
      return;
    }
    // A changed right half belongs to the wide character to its left.
    const start = startOfCell(after, x);
    moveTo(pencil, start, y, after);
    x = putChanged(pencil, before, after, start);
  }
}

/** Prints the changed cell and those equal to it that follow; returns the column behind them. */
function putChanged(pencil: Pencil, before: Row, after: Row, x: number): number {
  if (after.characters[x + 1] === '' || after.doubtful.includes(x)) {
    putCell(pencil, after, x);
    return endOfCell(after, x);
  }
  let end = x + 1;
  let lastChanged = x;
  while (end < pencil.columns && isSameCell(after, x, after, end)) {
    if (!isSameCell(before, end, after, end)) lastChanged = end;
    end += 1;
  }
  putRun(pencil, after, x, lastChanged - x + 1);
  return lastChanged + 1;
}

function startOfCell(row: Row, x: number): number {
  let start = x;
  while (start > 0 && row.characters[start] === '') start -= 1;
  return start;
}

/** First column from which on the row holds nothing but plain blanks. */
function startOfBlankTail(row: Row): number {
  let x = row.characters.length;
  while (x > 0 && row.characters[x - 1] === ' ' && row.styles[x - 1] === PLAIN_ID) x -= 1;
  return x;
}

function lastChange(before: Row, after: Row): number {
  let x = after.characters.length - 1;
  while (x >= 0 && isSameCell(before, x, after, x)) x -= 1;
  return x;
}

function eraseTail(pencil: Pencil, x: number, y: number, row: Row): void {
  moveTo(pencil, x, y, row);
  setErasingPen(pencil);
  pencil.output += '\u001b[K';
}

/**
 * Whether a character is touched of which terminals disagree how wide it is. What such a terminal shows around it
 * is then not known, and the row must be painted afresh.
 */
function isDoubtfulChange(before: Row, after: Row): boolean {
  const isTouched = (column: number) =>
    [column - 1, column, column + 1, column + 2, column + 3].some(
      x => x >= 0 && x < after.characters.length && !isSameCell(before, x, after, x),
    );
  return before.doubtful.some(isTouched) || after.doubtful.some(isTouched);
}

/** Clears the row and paints all of it; whatever follows a doubtful character is placed by its column. */
function repaintRow(pencil: Pencil, y: number, row: Row): void {
  moveTo(pencil, 0, y, row);
  setPen(pencil, PLAIN_ID, false);
  pencil.output += '\u001b[K';
  const blank: Row = {
    characters: row.characters.map(() => ' '),
    styles: row.characters.map(() => PLAIN_ID),
    doubtful: [],
  };
  paintChanges(pencil, y, blank, row);
}
