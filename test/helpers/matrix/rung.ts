import type { Color } from '../../../src/terminal/cells/color.ts';
import { DEFAULT_COLOR } from '../../../src/terminal/cells/color.ts';
import type { TerminalWithPersona } from '../terminal/persona.ts';

/** What a screen of the matrix may show. */
export interface Allowed {
  /** The characters besides ASCII. */
  readonly characters: ReadonlySet<string>;
  /** How many colours of the palette: 0 for none, 16, 256, or `Infinity` for 24 bits. */
  readonly colors: number;
}

/** Windows Glyph List 4, from U+00A0 on, without letters: what the usual fonts of PuTTY on Windows have. */
const WGL4 = [
  '\u00a0-\u00ff\u2013-\u2015\u2017\u2018\u2019\u201a-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u203c\u203e\u2044',
  '\u207f\u20a3\u20a4\u20a7\u20ac\u2105\u2113\u2116\u2122\u2126\u212e\u215b-\u215e\u2190-\u2195\u21a8\u2202\u2206\u220f\u2211',
  '\u2212\u2215\u2219\u221a\u221e\u221f\u2229\u222b\u2248\u2260\u2261\u2264\u2265\u2302\u2310\u2320\u2321\u2500\u2502\u250c\u2510',
  '\u2514\u2518\u251c\u2524\u252c\u2534\u253c\u2550-\u256c\u2580\u2584\u2588\u258c\u2590-\u2593\u25a0\u25a1\u25aa-\u25ac\u25b2',
  '\u25ba\u25bc\u25c4\u25ca\u25cb\u25cf\u25d8\u25d9\u25e6\u263a-\u263c\u2640\u2642\u2660\u2663\u2665\u2666\u266a\u266b',
].join('');

/** What the console fonts of Debian (Lat15, Lat2, Uni2, Uni3 in console-setup 1.221) have in common, as far as it is drawn. */
const LINUX = '°·×…²³←→↑↓■▲▼▶●✗•█░─│┌┐└┘├┤┬┴┼╭╮╰╯╶╴';

/** The rungs of the ladder by what each may show; `full` adds what DejaVu Sans Mono and X11's fixed have. */
export const rungs = {
  full: charactersOf(`${WGL4}╭╮╰╯╶╴▁-▇✓✗△▶↗↘`),
  wgl4: charactersOf(WGL4),
  linux: charactersOf(LINUX),
  ascii: charactersOf(''),
} as const;

function charactersOf(ranges: string): ReadonlySet<string> {
  const characters = [...ranges.matchAll(/(.)(?:-(.))?/gsu)].flatMap(([, first = '', last = first]) =>
    Array.from({ length: last.charCodeAt(0) - first.charCodeAt(0) + 1 }, (_, index) =>
      String.fromCharCode(first.charCodeAt(0) + index),
    ),
  );
  return new Set(characters);
}

/** What is on the screen that may not be there: `row 3: "�"`; empty when all is well. */
export function wrongCells(terminal: TerminalWithPersona, columns: number, rows: number, allowed: Allowed): string[] {
  const wrong: string[] = [];
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const { character, style } = terminal.cellAt(x, y);
      if (!isAllowed(character, allowed)) wrong.push(`row ${y}, column ${x}: "${character}"`);
      const tooMany = [style.foreground, style.background].filter(color => !isInPalette(color, allowed.colors));
      if (tooMany.length > 0) wrong.push(`row ${y}, column ${x}: "${character}" in colour ${tooMany}`);
    }
  }
  return wrong;
}

/** Printed characters that may not be there among all that was sent, at any moment; SI only chooses the character set. */
export function wrongCharacters(sent: Buffer, isUtf8: boolean, allowed: Allowed): string[] {
  const text = isUtf8 ? sent.toString() : readAsPutty(sent);
  const printed = text
    .replace(THE_QUESTION, '')
    .replace(SEQUENCE, '')
    .replace(/[\r\n\b\u000f]/g, '');
  return [...new Set(printed)].filter(character => !isAllowed(character, allowed));
}

/** The `é` whose width is asked for is erased at once; in ISO-8859-1 it is two characters. */
const THE_QUESTION = /\r(é|Ã©)\u001b\[6n\r\u001b\[K/g;
/** Control sequences and escape sequences (ECMA-48 5.4, ECMA-35). */
const SEQUENCE = /\u001b(\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])/g;

/** ISO-8859-1 up to `ESC % G`, then UTF-8 up to `ESC % @`. */
function readAsPutty(sent: Buffer): string {
  const pieces = sent.toString('latin1').split(/(?=\u001b%[G@])/);
  return pieces.map(piece => (piece.startsWith('\u001b%G') ? Buffer.from(piece, 'latin1').toString() : piece)).join('');
}

const isAllowed = (character: string, { characters }: Allowed): boolean =>
  /^[ -~]?$/.test(character) || characters.has(character);

const isInPalette = (color: Color, count: number): boolean => color === DEFAULT_COLOR || color < count;
