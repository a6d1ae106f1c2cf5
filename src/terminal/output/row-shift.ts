import { isSameCell, type Row } from '../cells/cell.ts';
import { PLAIN_ID } from '../cells/style.ts';
import { csi } from './cursor-move.ts';
import { isErasingPen, moveTo, type Pencil } from './pencil.ts';

/** Columns `start` to `end` (exclusive) whose content moved left by `distance`, as a sparkline does with each sample. */
export interface Shift {
  readonly start: number;
  readonly end: number;
  readonly distance: number;
}

/** A DCH, an ICH and the moves cost about as much as this many cells of a sparkline. */
const LEAST_GAIN = 5;

/** The parts of a row that moved left by that many columns and are long enough to pay. */
export function findShifts(before: Row, after: Row, distance: number): Shift[] {
  const columns = after.characters.length;
  const shifts: Shift[] = [];
  let x = 0;
  while (x + distance < columns) {
    // The most of what is asked when another screen is drawn, for each column and each distance. What pays is at least as
    // long as its gain: where the last column of that differs, none of those before it begins one.
    const last = x + LEAST_GAIN - 1;
    if (after.characters[last] !== before.characters[last + distance]) {
      x = last + 1;
      continue;
    }
    if (after.characters[x] !== before.characters[x + distance]) {
      x += 1;
      continue;
    }
    const end = endOfMatch(before, after, x, distance);
    const shift = worthwhile(before, after, x, end, distance);
    if (shift !== null) shifts.push(shift);
    // Shifts must not overlap: what lies behind the end of one has kept its place.
    x = shift === null ? Math.max(end, x) + 1 : shift.end;
  }
  return shifts;
}

function endOfMatch(before: Row, after: Row, start: number, distance: number): number {
  let end = start;
  while (end + distance < after.characters.length && isSameCell(after, end, before, end + distance)) end += 1;
  return end;
}

function worthwhile(before: Row, after: Row, start: number, end: number, distance: number): Shift | null {
  let first = -1;
  let gain = 0;
  for (let x = start; x < end; x += 1) {
    if (isSameCell(before, x, after, x)) continue;
    if (first < 0) first = x;
    gain += 1;
  }
  return gain < LEAST_GAIN ? null : { start: first, end: end + distance, distance };
}

/** Whether characters may be pushed to and fro in the row: all are one column wide, beyond doubt. */
export function isShiftable(row: Row): boolean {
  return row.doubtful.length === 0 && !row.characters.includes('');
}

/** Marks a cell of which it is not known how it looks, so that it differs from every other. */
const UNKNOWN_CELL = '\u0000';

/**
 * Sends the shift: delete at its start, insert before its end, so that the rest of the row comes back to its place.
 * Returns what the terminal shows then; the cells at the shift's end have yet to be painted.
 */
export function sendShift(pencil: Pencil, y: number, before: Row, after: Row, shift: Shift): Row {
  const { start, end, distance } = shift;
  moveTo(pencil, start, y, after);
  pencil.output += csi(distance, 'P');
  if (end < pencil.columns) {
    moveTo(pencil, end - distance, y, after);
    pencil.output += csi(distance, '@');
  }
  const characters = [...before.characters];
  const styles = [...before.styles];
  characters.copyWithin(start, start + distance, end);
  styles.copyWithin(start, start + distance, end);
  characters.fill(isErasingPen(pencil) ? ' ' : UNKNOWN_CELL, end - distance, end);
  styles.fill(PLAIN_ID, end - distance, end);
  return { characters, styles, doubtful: [] };
}
