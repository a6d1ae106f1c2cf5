import { cutText, fitText } from '../../core/fit-text.ts';
import { graphemesOf, graphemeWidth, textWidth } from '../../core/text-width.ts';
import type { StyleName } from '../theme/theme.ts';

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly style: StyleName;
  /** What a click on it chooses; absent for nothing. */
  readonly spot?: Spot;
}

/** What can be pointed at: an item by its place in the house, a tab by its number, a row of a list; all from 0 on. */
export interface Spot {
  readonly kind: 'item' | 'tab' | 'row';
  readonly place: number;
}

/** A line of which a click anywhere chooses the same. Spelled out: each frame makes hundreds, and a spread is slow there. */
export function withSpot(line: Line, kind: Spot['kind'], place: number): Line {
  const spot: Spot = { kind, place };
  return line.map(({ text, style }) => ({ text, style, spot }));
}

/** What a click on a cell chooses; `null` for nothing. */
export function spotAt(lines: readonly Line[], column: number, row: number): Spot | null {
  let end = 0;
  for (const part of lines[row] ?? []) {
    end += textWidth(part.text);
    if (column < end) return part.spot ?? null;
  }
  return null;
}

/** One row of the screen, or a part of one, from left to right. */
export type Line = readonly Span[];

/** A piece of text in a style; `text` where none is named. */
export const span = (text: string, style: StyleName = 'text'): Span => ({ text, style });

/** So many blanks. */
export const blank = (width: number): Span => span(' '.repeat(Math.max(0, width)));

/** The same with neighbours of one style as one; blanks go with what is before them. */
export function joinSpans(line: Line): Line {
  const joined: { text: string; style: StyleName }[] = [];
  for (const part of line) {
    const last = joined.at(-1);
    if (last !== undefined && (last.style === part.style || part.text === ' ')) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}

/** How many columns a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((width, part) => width + textWidth(part.text), 0);
}

/** The line cut or filled to exactly a width; what was cut shows as `…`. */
export function fitLine(line: Line, width: number): Line {
  const used = lineWidth(line);
  if (used === width) return line;
  if (used < width) return [...line, blank(width - used)];
  const kept: Span[] = [];
  let left = width;
  for (const part of line) {
    const partWidth = textWidth(part.text);
    if (partWidth >= left) {
      const cut = cutText(`${part.text}${partWidth === left ? ' ' : ''}`, left);
      return [...kept, { ...part, text: fitText(cut, left) }];
    }
    kept.push(part);
    left -= partWidth;
  }
  return kept;
}

/** A left and a right part with blanks between, exactly a width; the left one is cut where there is not enough room. */
export function spreadLine(left: Line, right: Line, width: number): Line {
  const rightWidth = lineWidth(right);
  return [...fitLine(left, Math.max(0, width - rightWidth)), ...fitLine(right, Math.min(width, rightWidth))];
}

/** The columns of a line from `from` up to `to`. */
export function sliceLine(line: Line, from: number, to: number): Line {
  const sliced: Span[] = [];
  let column = 0;
  for (const part of line) {
    let text = '';
    for (const character of graphemesOf(part.text)) {
      const width = graphemeWidth(character);
      const isInside = column >= from && column + width <= to;
      // Half a wide character cannot be drawn.
      if (isInside) text += character;
      else if (column < to && column + width > from) text += ' ';
      column += width;
    }
    if (text !== '') sliced.push({ text, style: part.style });
  }
  return sliced;
}

/** Lines with others laid over them, the upper left corner of those at a column and a row. */
export function overlayLines(
  lines: readonly Line[],
  over: readonly Line[],
  column: number,
  row: number,
): readonly Line[] {
  return lines.map((line, place) => {
    const top = over[place - row];
    if (top === undefined) return line;
    const end = column + lineWidth(top);
    return [...sliceLine(line, 0, column), ...top, ...sliceLine(line, end, Math.max(end, lineWidth(line)))];
  });
}
