import type { Row } from '../cells/cell.ts';
import { DEFAULT_COLOR } from '../cells/color.ts';
import { INVERSE, PLAIN_ID, type StyleTable, UNKNOWN_PEN } from '../cells/style.ts';
import type { Capabilities } from '../identity/capabilities.ts';
import { type Habit, isWished, kept, NO_HABIT, used } from './cursor-habit.ts';
import { csi, moveCursor, type Position } from './cursor-move.ts';

/** What painting must know of a terminal. */
export type PaintCapabilities = Pick<Capabilities, 'hasAbsoluteMoves' | 'hasErase' | 'hasInsertDelete' | 'hasRepeat'>;

/** Cursor and pen of the terminal between two frames. */
export interface Cursor extends Position {
  /** Number of the style it prints in, or `UNKNOWN_PEN`. */
  readonly pen: number;
  /** Where DECRC goes back to. */
  readonly habit: Habit;
}

/** Nothing is known: before the first frame, and after anybody else wrote. */
export const UNKNOWN_CURSOR: Cursor = { x: null, y: null, pen: UNKNOWN_PEN, habit: NO_HABIT };

/** A drawing in progress: what was put out so far, and where that leaves cursor and pen. */
export interface Pencil {
  output: string;
  x: number | null;
  y: number | null;
  pen: number;
  habit: Habit;
  readonly columns: number;
  readonly styles: StyleTable;
  readonly capabilities: PaintCapabilities;
}

/** The same pencil with nothing put out yet, to try a way of painting. */
export const tryout = (pencil: Pencil): Pencil => ({ ...pencil, output: '' });

/** Takes over what a tryout has painted. */
export function adopt(pencil: Pencil, trial: Pencil): void {
  pencil.output += trial.output;
  pencil.x = trial.x;
  pencil.y = trial.y;
  pencil.pen = trial.pen;
  pencil.habit = trial.habit;
}

/** The tryout that costs the fewest bytes on the line; the earliest of equals. */
export function cheapest(first: Pencil, ...others: readonly Pencil[]): Pencil {
  return others.reduce((best, trial) => (bytesOf(trial.output) < bytesOf(best.output) ? trial : best), first);
}

/** Length of the text in UTF-8. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/**
 * Moves to a cell: by a cursor move, by printing what stands in between once more where that is shorter, or from the
 * place that the terminal has kept.
 */
export function moveTo(pencil: Pencil, x: number, y: number, row: Row): void {
  const move = moveCursor(pencil, x, y, pencil.capabilities);
  if (move === '') return;
  const start = pencil.x;
  const isNear = start !== null && pencil.y === y && start < x && x - start <= move.length;
  if (isNear && !row.doubtful.some(column => column >= start - 1 && column < x)) {
    const reprint = tryout(pencil);
    for (let column = start; column < x; column += 1) putCell(reprint, row, column);
    if (bytesOf(reprint.output) < move.length) {
      adopt(pencil, reprint);
      return;
    }
  }
  const style = row.styles[x] ?? PLAIN_ID;
  if (goFromKept(pencil, x, y, style, move)) return;
  pencil.output += move;
  pencil.x = x;
  pencil.y = y;
  if (isWished(pencil.habit, { x, y, pen: style })) keepPlace(pencil, x, y, style);
}

const KEEP = '\u001b7';
const GO_BACK = '\u001b8';

/** DECRC brings back the pen too; whether that is shorter than the move and the change of the pen. */
function goFromKept(pencil: Pencil, x: number, y: number, style: number, move: string): boolean {
  const { habit, styles } = pencil;
  if (habit.kept === null) return false;
  const back = GO_BACK + moveCursor(habit.kept, x, y, pencil.capabilities);
  const direct = move.length + styles.change(pencil.pen, style).length;
  if (back.length + styles.change(habit.kept.pen, style).length >= direct) return false;
  pencil.output += back;
  pencil.x = x;
  pencil.y = y;
  pencil.pen = habit.kept.pen;
  pencil.habit = used(habit);
  return true;
}

/** DECSC, with the pen that is needed there. */
function keepPlace(pencil: Pencil, x: number, y: number, style: number): void {
  setPen(pencil, style, false);
  pencil.output += KEEP;
  pencil.habit = kept(pencil.habit, { x, y, pen: style });
}

/** Prints the cell at the cursor. The right half of a wide character is printed with its left half. */
export function putCell(pencil: Pencil, row: Row, x: number): void {
  const character = row.characters[x] ?? ' ';
  if (character === '') return;
  setPen(pencil, row.styles[x] ?? PLAIN_ID, character === ' ');
  pencil.output += character;
  const next = endOfCell(row, x);
  // Behind the last column a wrap is pending or not, and behind a doubtful character only the terminal knows.
  pencil.x = next >= pencil.columns || row.doubtful.includes(x) ? null : next;
}

/** The column behind a character: the next one, or further right for a wide one. */
export function endOfCell(row: Row, x: number): number {
  let end = x + 1;
  while (row.characters[end] === '') end += 1;
  return end;
}

/** Changes the pen; a blank may be printed with any pen that leaves the same mark on it. */
export function setPen(pencil: Pencil, style: number, isBlank: boolean): void {
  if (pencil.pen === style) return;
  if (isBlank && pencil.pen !== UNKNOWN_PEN && pencil.styles.blankOf(pencil.pen) === style) return;
  pencil.output += pencil.styles.change(pencil.pen, style);
  pencil.pen = style;
}

/** A pen that leaves plain blanks where it erases, on terminals that erase in the background colour and on others. */
export function setErasingPen(pencil: Pencil): void {
  if (!isErasingPen(pencil)) setPen(pencil, PLAIN_ID, false);
}

/** Whether the pen is one that leaves plain blanks where it erases and inserts. */
export function isErasingPen(pencil: Pencil): boolean {
  const { background, attributes } = pencil.styles.get(pencil.pen);
  return pencil.pen !== UNKNOWN_PEN && background === DEFAULT_COLOR && (attributes & INVERSE) === 0;
}

/** Prints `count` equal cells from the cursor on, in the shortest way the terminal has. */
export function putRun(pencil: Pencil, row: Row, x: number, count: number): void {
  if (count === 1) {
    putCell(pencil, row, x);
    return;
  }
  const character = row.characters[x] ?? ' ';
  const repeat = csi(count - 1, 'b');
  if (pencil.capabilities.hasRepeat && bytesOf(character) * (count - 1) > repeat.length) {
    setPen(pencil, row.styles[x] ?? PLAIN_ID, character === ' ');
    pencil.output += character + repeat;
    pencil.x = x + count >= pencil.columns ? null : x + count;
    return;
  }
  const erase = csi(count, 'X');
  const isPlainBlank = character === ' ' && row.styles[x] === PLAIN_ID;
  // Erasing leaves the cursor where it is, so that the way onwards costs about as much again.
  if (isPlainBlank && pencil.capabilities.hasErase && count > 2 * erase.length) {
    setErasingPen(pencil);
    pencil.output += erase;
    return;
  }
  for (let column = x; column < x + count; column += 1) putCell(pencil, row, column);
}
