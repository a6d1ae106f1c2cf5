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
/** With up to so many each is tried as the first one. */
const MOST_FIRST_PARTS = 8;

/** Paints the parts from the top down, or each time the one to which the way is shortest, whichever is less. */
export function paintParts(pencil: Pencil, parts: readonly Part[]): void {
  const reading = tryout(pencil);
  for (const part of parts) part.paint(reading);
  if (parts.length < 2 || parts.length > MOST_PARTS) {
    adopt(pencil, reading);
    return;
  }
  const known = parts.map(part => ({ ...part, least: leastCost(pencil, part) }));
  const firsts = parts.length <= MOST_FIRST_PARTS ? known : known.slice(0, 1);
  adopt(
    pencil,
    cheapest(reading, paintNearest(pencil, known), ...firsts.map(part => paintNearest(pencil, known, part))),
  );
}

/** A part with what it costs when cursor and pen are where it begins, bytes. */
interface KnownPart extends Part {
  readonly least: number;
}

const leastCost = (pencil: Pencil, part: Part): number =>
  costOf({ ...pencil, x: part.x, y: part.y, pen: part.style }, part);

function paintNearest(pencil: Pencil, parts: readonly KnownPart[], first?: KnownPart): Pencil {
  const trial = tryout(pencil);
  first?.paint(trial);
  const left = parts.filter(part => part !== first);
  while (left.length > 0) {
    let best = 0;
    let bestWay = Number.POSITIVE_INFINITY;
    for (const [place, part] of left.entries()) {
      const way = costOf(trial, part) - part.least;
      if (way >= bestWay) continue;
      best = place;
      bestWay = way;
    }
    left.splice(best, 1)[0]?.paint(trial);
  }
  return trial;
}

function costOf(pencil: Pencil, part: Part): number {
  const trial = tryout(pencil);
  part.paint(trial);
  return bytesOf(trial.output);
}
