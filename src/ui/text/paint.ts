import { graphemesOf, textWidth } from '../../core/text-width.ts';
import type { StyledLine } from '../../terminal/cells/line-cells.ts';
import { colorNames, type StyleName, type Theme, type ThemeColor, type ThemeStyle } from '../theme/theme.ts';
import type { Line } from './line.ts';

/** Gives lines their looks: for the cells of our own drawing, and as text with SGR sequences (ECMA-48 8.3.117) for Ink. */
export interface Painter {
  dress(line: Line): StyledLine;
  paint(line: Line): string;
}

/**
 * A painter for a theme. `isUnicode` false: what is not ASCII is written in the nearest ASCII of the same width,
 * so that the layout stays. Ink's own colours are not used: its chalk decides by itself how many there are.
 */
export function createPainter(theme: Theme, isUnicode: boolean): Painter {
  const looks = new Map<StyleName, string>();
  for (const [name, style] of Object.entries(theme.styles)) looks.set(name as StyleName, lookOf(style));
  const dress = (line: Line): StyledLine =>
    line.map(({ text, style }) => ({ text: isUnicode ? text : asciiOf(text), look: looks.get(style) ?? '' }));
  return { dress, paint: line => dress(line).map(paintedPiece).join('') };
}

function paintedPiece({ text, look }: StyledLine[number]): string {
  return text === '' || look === '' ? text : `\u001b[${look}m${text}\u001b[0m`;
}

/** The SGR parameters of a style on top of the plain one, `1;36`; '' for the terminal's own look. */
function lookOf(style: ThemeStyle): string {
  const codes: string[] = [];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.underline) codes.push('4');
  if (style.inverse) codes.push('7');
  if (style.fg !== undefined) codes.push(colorCode(style.fg, 30));
  if (style.bg !== undefined) codes.push(colorCode(style.bg, 40));
  return codes.join(';');
}

function colorCode(color: ThemeColor, base: 30 | 40): string {
  if (typeof color === 'number') return `${base + 8};5;${color}`;
  if (color.startsWith('#')) {
    const value = Number.parseInt(color.slice(1), 16);
    return `${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
  }
  const index = (colorNames as readonly string[]).indexOf(color);
  return String(index < 8 ? base + index : base + 52 + index);
}

/** The nearest ASCII of what has a sign of its own; the rest loses its accent or its position (Unicode's NFKD). */
const ASCII: Readonly<Record<string, string>> = {
  '°': ' ',
  '…': '~',
  '·': '.',
  '•': '*',
  '×': 'x',
  '–': '-',
  '—': '-',
  '−': '-',
  '←': '<',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '²': '2',
  '³': '3',
  µ: 'u',
  μ: 'u',
  // As resistors are marked (IEC 60062): 4k7, 47R.
  Ω: 'R',
  ß: 's',
  æ: 'a',
  Æ: 'A',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
};

const PRINTABLE = /^[\u0020-\u007e]*$/;

function asciiOf(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return graphemesOf(withoutDegrees(text))
    .map(character => (PRINTABLE.test(character) ? character : asciiCharacter(character)))
    .join('');
}

/**
 * `54.3 C` and not `54.3  C`. The column that becomes free goes to where nobody sees it, so that all columns stay in
 * line: behind a unit that stands by itself, else to the next two blanks or to the end.
 */
function withoutDegrees(text: string): string {
  let freed = 0;
  return text.replace(/°(?=\p{L})| {2}|$/gu, found => {
    if (found === '°') {
      freed += 1;
      return '';
    }
    const padding = ' '.repeat(freed);
    freed = 0;
    return found + padding;
  });
}

/** Without its accent where that leaves a letter; else a question mark for each column. */
function asciiCharacter(character: string): string {
  const width = textWidth(character);
  const known = ASCII[character] ?? character.normalize('NFKD').replace(/\p{Mark}/gu, '');
  const isNear = known !== '' && PRINTABLE.test(known) && known.length <= width;
  return isNear ? known.padEnd(width) : '?'.repeat(width);
}
