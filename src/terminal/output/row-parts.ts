import type { Row } from '../cells/cell.ts';
import type { Part } from './frame-parts.ts';
import { adopt, bytesOf, cheapest, type Pencil, tryout } from './pencil.ts';
import { drawStroke, paintRow, type Stroke, strokesOf } from './row-paint.ts';
import { findShifts, isShiftable, sendShift } from './row-shift.ts';

/**
 * What has to be painted to turn one row into another, in parts that may be painted in any order: the changed stretches
 * of each style, or the whole row where something in it is moved or is wider than a column.
 */
export function partsOf(pencil: Pencil, y: number, before: Row, after: Row): readonly Part[] {
  const isFree = isShiftable(before) && isShiftable(after);
  if (!isFree || isBetterShifted(pencil, y, before, after)) {
    return [{ x: 0, y, style: pencil.pen, paint: trial => paintBestWay(trial, y, before, after) }];
  }
  return stretchesOf(strokesOf(before, after), after).map(strokes => ({
    x: strokes[0]?.start ?? 0,
    y,
    style: after.styles[strokes[0]?.start ?? 0] ?? pencil.pen,
    paint: trial => {
      for (const stroke of strokes) drawStroke(trial, y, after, stroke);
    },
  }));
}

/** Strokes that touch and have one style. */
function stretchesOf(strokes: readonly Stroke[], row: Row): readonly (readonly Stroke[])[] {
  const stretches: Stroke[][] = [];
  for (const stroke of strokes) {
    const stretch = stretches.at(-1);
    const last = stretch?.at(-1);
    const isJoined = last?.end === stroke.start && row.styles[last.start] === row.styles[stroke.start];
    if (isJoined) stretch?.push(stroke);
    else stretches.push([stroke]);
  }
  return stretches;
}

function isBetterShifted(pencil: Pencil, y: number, before: Row, after: Row): boolean {
  const { plain, shifted } = waysOf(pencil, y, before, after);
  return cheapest(plain, ...shifted) !== plain;
}

function paintBestWay(pencil: Pencil, y: number, before: Row, after: Row): void {
  const { plain, shifted } = waysOf(pencil, y, before, after);
  adopt(pencil, cheapest(plain, ...shifted));
}

function waysOf(pencil: Pencil, y: number, before: Row, after: Row): { plain: Pencil; shifted: readonly Pencil[] } {
  const plain = tryout(pencil);
  paintRow(plain, y, before, after);
  const isShifting = pencil.capabilities.hasInsertDelete && isShiftable(before) && isShiftable(after);
  const most = bytesOf(plain.output) < FAR_FROM ? NEAR : FAR;
  return { plain, shifted: isShifting ? paintShifted(pencil, y, before, after, most) : [] };
}

/** Columns that something has moved by at the most: a coalesced frame may skip a few samples of a sparkline. */
const NEAR = 4;
/** The same in a row that costs so many bytes otherwise: a chart that turns its page moves far. */
const FAR = 32;
const FAR_FROM = 40;

function paintShifted(pencil: Pencil, y: number, before: Row, after: Row, most: number): readonly Pencil[] {
  const trials: Pencil[] = [];
  for (let distance = 1; distance <= most; distance += 1) {
    const shifts = findShifts(before, after, distance);
    if (shifts.length === 0) continue;
    const trial = tryout(pencil);
    let shown = before;
    for (const shift of shifts) {
      // From left to right: what stands before the shift first, then the way to it is short.
      paintRow(trial, y, splice(shown, after, shift.start), after);
      shown = sendShift(trial, y, splice(after, shown, shift.start), after, shift);
    }
    paintRow(trial, y, shown, after);
    trials.push(trial);
  }
  return trials;
}

/** The columns of one row before `at` and of another from there on. */
function splice(head: Row, tail: Row, at: number): Row {
  return {
    characters: [...head.characters.slice(0, at), ...tail.characters.slice(at)],
    styles: [...head.styles.slice(0, at), ...tail.styles.slice(at)],
    doubtful: [],
  };
}
