import { areRowsEqual, blankRow, type Frame, type Row } from '../cells/cell.ts';
import { csi } from './cursor-move.ts';
import { moveTo, type Pencil, setErasingPen } from './pencil.ts';

/** Rows `top` to `bottom` (exclusive) that moved up by `distance` (down where it is negative), as a log does. */
export interface BandShift {
  readonly top: number;
  readonly bottom: number;
  readonly distance: number;
}

/** A DL, an IL and the moves cost about as much as half a line of text. */
const LEAST_GAIN = 2;

const DISTANCES = [1, -1, 2, -2, 3, -3];

/** The band of rows that moved and saves the most rows from being sent; `null` where there is none worth it. */
export function findBandShift(before: Frame, after: Frame): BandShift | null {
  let best: BandShift | null = null;
  let bestGain = LEAST_GAIN - 1;
  for (const distance of DISTANCES) {
    for (const { shift, gain } of bandsMovedBy(before, after, distance)) {
      if (gain <= bestGain) continue;
      best = shift;
      bestGain = gain;
    }
  }
  return best;
}

function* bandsMovedBy(before: Frame, after: Frame, distance: number): Generator<{ shift: BandShift; gain: number }> {
  const first = Math.max(0, -distance);
  const last = Math.min(after.rows, after.rows - distance);
  let top = first;
  let gain = 0;
  for (let y = first; y <= last; y += 1) {
    const row = after.lines[y];
    if (y < last && row !== undefined && areRowsEqual(row, before.lines[y + distance])) {
      if (!areRowsEqual(row, before.lines[y])) gain += 1;
      continue;
    }
    const shift = { top: Math.min(top, top + distance), bottom: Math.max(y, y + distance), distance };
    if (gain > 0) yield { shift, gain };
    top = y + 1;
    gain = 0;
  }
}

/**
 * Sends the shift: delete lines at one end of the band and insert as many at the other, so that the rows below it come
 * back to their places. Returns what the terminal shows then: plain blanks in the rows that opened.
 */
export function sendBandShift(pencil: Pencil, before: Frame, shift: BandShift): Frame {
  const { top, bottom } = shift;
  const count = Math.abs(shift.distance);
  const isUp = shift.distance > 0;
  sendAtLine(pencil, isUp ? top : bottom - count, csi(count, 'M'));
  sendAtLine(pencil, isUp ? bottom - count : top, csi(count, 'L'));
  const opened = new Array<Row>(count).fill(blankRow(before.columns));
  const band = before.lines.slice(top, bottom);
  const moved = isUp ? [...band.slice(count), ...opened] : [...opened, ...band.slice(0, -count)];
  return { ...before, lines: [...before.lines.slice(0, top), ...moved, ...before.lines.slice(bottom)] };
}

/** Terminals disagree whether the cursor keeps its column, so it is taken as unknown. */
function sendAtLine(pencil: Pencil, y: number, sequence: string): void {
  if (pencil.y !== y) moveTo(pencil, 0, y, blankRow(0));
  // After the move, which may bring back a pen that was kept.
  setErasingPen(pencil);
  pencil.output += sequence;
  pencil.x = null;
}
