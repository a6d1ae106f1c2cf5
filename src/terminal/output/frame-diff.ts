import { blankFrame, countChangedCells, type Frame } from '../cells/cell.ts';
import { PLAIN_ID, type StyleTable } from '../cells/style.ts';
import { findBandShift, sendBandShift } from './band-shift.ts';
import { inFrame, NO_HABIT } from './cursor-habit.ts';
import { type Part, paintParts } from './frame-parts.ts';
import { adopt, type Cursor, cheapest, type PaintCapabilities, type Pencil, setPen, tryout } from './pencil.ts';
import { paintRow } from './row-paint.ts';
import { partsOf } from './row-parts.ts';

/** One step from what a terminal shows to what it should show. */
export interface DiffRequest {
  /** What the terminal shows; `null` if that is not known, which clears it and paints everything. */
  readonly before: Frame | null;
  readonly after: Frame;
  readonly cursor: Cursor;
  readonly styles: StyleTable;
  readonly capabilities: PaintCapabilities;
}

/** The bytes to send, as text, and where they leave the cursor. */
export interface Diff {
  readonly output: string;
  readonly cursor: Cursor;
}

/** The shortest way we know to turn one frame into the next; '' for an unchanged one. */
export function diffFrames(request: DiffRequest): Diff {
  const { before, after, cursor, styles, capabilities } = request;
  const pencil: Pencil = { output: '', ...cursor, columns: after.columns, styles, capabilities };
  const isKnown = before !== null && before.columns === after.columns && before.rows === after.rows;
  if (isKnown) paintFrame(pencil, before, after);
  else paintAfresh(pencil, after);
  return { output: pencil.output, cursor: { x: pencil.x, y: pencil.y, pen: pencil.pen, habit: pencil.habit } };
}

/** On blanks there is nothing to shift: what would only cost time before the first picture is not tried. */
function paintAfresh(pencil: Pencil, after: Frame): void {
  clearScreen(pencil);
  pencil.habit = NO_HABIT;
  paintInOrder(pencil, blankFrame(after.columns, after.rows), after);
}

function paintFrame(pencil: Pencil, before: Frame, after: Frame): void {
  const inPlace = tryout(pencil);
  paintRows(inPlace, before, after);
  const band = pencil.capabilities.hasInsertDelete && inPlace.output !== '' ? findBandShift(before, after) : null;
  if (band === null) {
    adopt(pencil, inPlace);
    return;
  }
  const moved = tryout(pencil);
  paintRows(moved, sendBandShift(moved, before, band), after);
  adopt(pencil, cheapest(inPlace, moved));
}

/** A frame is another picture, and not the same one moved on, where more than this part of its cells has changed. */
const OTHER_PICTURE = 0.35;

function paintRows(pencil: Pencil, before: Frame, after: Frame): void {
  const isOtherPicture = countChangedCells(before, after) > OTHER_PICTURE * after.columns * after.rows;
  if (isOtherPicture) paintInOrder(pencil, before, after);
  else paintParts(pencil, partsBetween(pencil, before, after));
}

function partsBetween(pencil: Pencil, before: Frame, after: Frame): readonly Part[] {
  const parts: Part[] = [];
  for (let y = 0; y < after.rows; y += 1) {
    const from = before.lines[y];
    const to = after.lines[y];
    if (from !== undefined && to !== undefined && from !== to) parts.push(...partsOf(pencil, y, from, to));
  }
  const places = parts.map(({ x, y, style }) => ({ x, y, pen: style }));
  if (pencil.capabilities.hasAbsoluteMoves) pencil.habit = inFrame(pencil.habit, places);
  return parts;
}

/** Without a search for what is shorter: in another picture there is little to find, and somebody waits for it. */
function paintInOrder(pencil: Pencil, before: Frame, after: Frame): void {
  for (const [y, to] of after.lines.entries()) {
    const from = before.lines[y];
    if (from !== undefined && from !== to) paintRow(pencil, y, from, to);
  }
}

/** Some terminals put what `ESC [ 2 J` clears into the scrollback; from the top left down, `ESC [ J` does not. */
function clearScreen(pencil: Pencil): void {
  setPen(pencil, PLAIN_ID, false);
  pencil.output += '\u001b[H\u001b[J';
  pencil.x = 0;
  pencil.y = 0;
}
