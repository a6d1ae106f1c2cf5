import { graphemesOf, graphemeWidth, textWidth } from './text-width.ts';

/** The text cut to a width; what was cut shows as `…`. */
export function cutText(text: string, width: number): string {
  if (width <= 0) return '';
  if (textWidth(text) <= width) return text;
  return `${takeColumns(text, width - 1).trimEnd()}…`;
}

/** The text cut or filled with blanks on the right to exactly a width. */
export function fitText(text: string, width: number): string {
  const cut = cutText(text, width);
  return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
}

/** The end of a text in so many columns, as a field shows what is typed into it; what is left out before it shows as `…`. */
export function tailText(text: string, width: number): string {
  if (width <= 0) return '';
  if (textWidth(text) <= width) return text;
  let [tail, left] = ['', width - 1];
  for (const character of graphemesOf(text).toReversed()) {
    left -= graphemeWidth(character);
    if (left < 0) break;
    tail = character + tail;
  }
  return `…${tail}`;
}

/**
 * Text broken at blanks into lines of at most a width. A longer word, as topics and addresses are, is broken behind a
 * slash in the second half of the line, else where the line ends.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (textWidth(joined) <= width) line = joined;
    else {
      if (line !== '') lines.push(line);
      line = breakWord(word, width, lines);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Text broken as `wrapText` does, into so many lines at the most: the last one is cut where there is more. */
export function wrapTextTo(text: string, width: number, most: number): readonly string[] {
  const lines = wrapText(text, width);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most - 1);
  return [...kept, cutText(lines.slice(most - 1).join(' '), width)];
}

function breakWord(word: string, width: number, lines: string[]): string {
  let rest = word;
  while (textWidth(rest) > width && width > 0) {
    const full = takeColumns(rest, width);
    if (full === '') return rest;
    const slash = full.lastIndexOf('/') + 1;
    const head = slash * 2 > full.length ? full.slice(0, slash) : full;
    lines.push(head);
    rest = rest.slice(head.length);
  }
  return rest;
}

function takeColumns(text: string, width: number): string {
  let taken = '';
  let left = width;
  for (const character of graphemesOf(text)) {
    left -= graphemeWidth(character);
    if (left < 0) return taken;
    taken += character;
  }
  return taken;
}
