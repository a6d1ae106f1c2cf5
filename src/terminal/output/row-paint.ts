import { isSameCell, type Row } from '../cells/cell.ts';
import { PLAIN_ID } from '../cells/style.ts';
import { endOfCell, moveTo, type Pencil, putCell, putRun, setErasingPen, setPen } from './pencil.ts';

/** Brings one row from what the terminal shows to what it should show. */
export function paintRow(pencil: Pencil, y: number, before: Row, after: Row): void {
  if (isDoubtfulChange(before, after)) {
    repaintRow(pencil, y, after);
    return;
  }
  paintChanges(pencil, y, before, after);
}

function paintChanges(pencil: Pencil, y: number, before: Row, after: Row): void {
  for (const stroke of strokesOf(before, after)) drawStroke(pencil, y, after, stroke);
}

/** Columns `start` to `end` (exclusive) of a row that are painted in one go. */
export interface Stroke {
  readonly start: number;
  readonly end: number;
  /** How: one character, some equal ones, or by erasing to the end of the row. */
  readonly kind: 'character' | 'run' | 'tail';
}

/** What has to be painted to turn one row into another, from left to right. */
export function strokesOf(before: Row, after: Row): readonly Stroke[] {
  const columns = after.characters.length;
  const tail = startOfBlankTail(after);
  const strokes: Stroke[] = [];
  let x = 0;
  while (x < columns) {
    if (isSameCell(before, x, after, x)) {
      x += 1;
      continue;
    }
    if (x >= tail && lastChange(before, after) - x >= 3) return [...strokes, { start: x, end: columns, kind: 'tail' }];
    // A changed right half belongs to the wide character to its left.
    const stroke = strokeAt(before, after, startOfCell(after, x));
    strokes.push(stroke);
    x = stroke.end;
  }
  return strokes;
}

/** The cell and those equal to it that follow, as far as there are changed ones. */
function strokeAt(before: Row, after: Row, start: number): Stroke {
  if (after.characters[start + 1] === '' || after.doubtful.includes(start)) {
    return { start, end: endOfCell(after, start), kind: 'character' };
  }
  let lastChanged = start;
  for (let x = start + 1; x < after.characters.length && isSameCell(after, start, after, x); x += 1) {
    if (!isSameCell(before, x, after, x)) lastChanged = x;
  }
  return { start, end: lastChanged + 1, kind: 'run' };
}

/** Goes to where the stroke begins and paints it. */
export function drawStroke(pencil: Pencil, y: number, row: Row, { start, end, kind }: Stroke): void {
  moveTo(pencil, start, y, row);
  if (kind === 'tail') eraseTail(pencil);
  else if (kind === 'character') putCell(pencil, row, start);
  else putRun(pencil, row, start, end - start);
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

function eraseTail(pencil: Pencil): void {
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
