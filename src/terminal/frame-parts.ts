import { adopt, bytesOf, cheapest, type Pencil, tryout } from './pencil.ts';

/** A part of a frame that can be painted before or after any other. */
export interface Part {
  /** Where it begins, and the number of the style in which. */
  readonly x: number;
  readonly y: number;
  readonly style: number;
  readonly paint: (pencil: Pencil) => void;
}

/** With more than this the order is that of reading: a frame of which so much changed is long in any. */
const MOST_PARTS = 24;

/** Paints the parts from the top down, or each time the one to which the way is shortest, whichever is less. */
export function paintParts(pencil: Pencil, parts: readonly Part[]): void {
  const reading = tryout(pencil);
  for (const part of parts) part.paint(reading);
  if (parts.length < 2 || parts.length > MOST_PARTS) {
    adopt(pencil, reading);
    return;
  }
  const nearest = tryout(pencil);
  paintNearest(nearest, parts);
  adopt(pencil, cheapest(reading, nearest));
}

function paintNearest(pencil: Pencil, parts: readonly Part[]): void {
  const left = parts.map(part => ({ part, least: costOf({ ...pencil, x: part.x, y: part.y, pen: part.style }, part) }));
  while (left.length > 0) {
    let best = 0;
    let bestWay = Number.POSITIVE_INFINITY;
    for (const [place, { part, least }] of left.entries()) {
      const way = costOf(pencil, part) - least;
      if (way >= bestWay) continue;
      best = place;
      bestWay = way;
    }
    left.splice(best, 1)[0]?.part.paint(pencil);
  }
}

function costOf(pencil: Pencil, part: Part): number {
  const trial = tryout(pencil);
  part.paint(trial);
  return bytesOf(trial.output);
}
