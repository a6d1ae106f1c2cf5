import { graphemesOf, textWidth } from '../../core/text-width.ts';
import { colorNames, type StyleName, type Theme, type ThemeColor, type ThemeStyle } from '../theme/theme.ts';
import type { Line } from './line.ts';

/** Turns lines into text with SGR sequences (ECMA-48 8.3.117), which the terminal brings down to its colours. */
export interface Painter {
  paint(line: Line): string;
}

/**
 * A painter for a theme. `isUnicode` false: what is not ASCII is written in the nearest ASCII of the same width,
 * so that the layout stays. Ink's own colours are not used: its chalk decides by itself how many there are.
 */
export function createPainter(theme: Theme, isUnicode: boolean): Painter {
  const opening = new Map<StyleName, string>();
  for (const [name, style] of Object.entries(theme.styles)) opening.set(name as StyleName, sgrOf(style));
  return {
    paint: line => {
      let painted = '';
      for (const { text, style } of line) {
        if (text === '') continue;
        const plain = isUnicode ? text : asciiOf(text);
        const open = opening.get(style) ?? '';
        painted += open === '' ? plain : `${open}${plain}\u001b[0m`;
      }
      return painted;
    },
  };
}

/** The sequence that switches a style on; '' for the terminal's own look. */
export function sgrOf(style: ThemeStyle): string {
  const codes: string[] = [];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.underline) codes.push('4');
  if (style.inverse) codes.push('7');
  if (style.fg !== undefined) codes.push(colorCode(style.fg, 30));
  if (style.bg !== undefined) codes.push(colorCode(style.bg, 40));
  return codes.length === 0 ? '' : `\u001b[${codes.join(';')}m`;
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
