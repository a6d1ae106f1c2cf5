import { countText } from '../../core/count-text.ts';
import type { Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, span } from '../text/line.ts';
import { fillRows } from './section-lines.ts';

/** Where there are fewer rows than this, all of them are for the lines. */
const HINTED_FROM = 3;

/** How much of the screen there is. */
interface Room {
  readonly width: number;
  readonly rows: number;
}

/** Lines that may be more than there is room for, part by part; the last row says how to see the rest. */
export function partOfLines(lines: Lines, room: Room, part: number): Lines {
  return partOf(partsOf(lines, room.rows), room, part);
}

/** One of several parts: they follow each other in a circle, so that one key leads through all of them. */
export function partOf(parts: readonly Lines[], room: Room, part: number): Lines {
  const [only = []] = parts;
  if (parts.length < 2) return only;
  const place = part % parts.length;
  if (room.rows < HINTED_FROM) return fillRows(parts[place] ?? [], room.rows, room.width);
  const left = parts.slice(place + 1).reduce((sum, lines) => sum + lines.length, 0);
  const hint = left > 0 ? `${countText(left, 'more row')}: Enter` : 'back to the top: Enter';
  const sign = left > 0 ? '↓' : '↑';
  return [
    ...fillRows(parts[place] ?? [], room.rows - 1, room.width),
    fitLine([blank(3), span(`${sign} ${hint}`, 'accent')], room.width),
  ];
}

/** All lines in one part where they fit; else in parts that leave a row for the hint, and no sentence in two parts. */
export function partsOf(lines: Lines, rows: number): readonly Lines[] {
  if (lines.length <= rows) return [lines];
  const height = rows < HINTED_FROM ? Math.max(1, rows) : rows - 1;
  const parts: Lines[] = [];
  for (let from = 0; from < lines.length; from += parts.at(-1)?.length ?? height) {
    parts.push(lines.slice(from, from + heightOfPart(lines, from, height)));
  }
  return parts;
}

/** To the last row that begins something; all of the height where that would leave half of it blank. */
function heightOfPart(lines: Lines, from: number, height: number): number {
  if (from + height >= lines.length) return height;
  for (let rows = height; rows > height / 2; rows -= 1) {
    if (!goesOn(lines[from + rows] ?? [])) return rows;
  }
  return height;
}

/** A row that goes on with the one above it is indented as far as the text of a fact or an event. */
const goesOn = (line: Line): boolean => /^ {9}/.test(line.map(part => part.text).join(''));
