import { type Color, DEFAULT_COLOR, rgb } from './color.ts';
import { BLINK, BOLD, DIM, HIDDEN, INVERSE, ITALIC, PLAIN, STRIKE, type Style, UNDERLINE } from './style.ts';

const ATTRIBUTE_ON: Readonly<Record<number, number>> = {
  1: BOLD,
  2: DIM,
  3: ITALIC,
  4: UNDERLINE,
  5: BLINK,
  7: INVERSE,
  8: HIDDEN,
  9: STRIKE,
};

const ATTRIBUTE_OFF: Readonly<Record<number, number>> = {
  22: BOLD | DIM,
  23: ITALIC,
  24: UNDERLINE,
  25: BLINK,
  27: INVERSE,
  28: HIDDEN,
  29: STRIKE,
};

/** The style after the parameters of one SGR sequence (ECMA-48 8.3.117); parameters it does not know are passed over. */
export function applySgr(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(text => (text === '' ? 0 : Number(text)));
  let next = style;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const color = extendedColor(codes, index + 1);
      if (color.value !== null) next = withColor(next, code, color.value);
      index += color.used;
    } else {
      next = applyCode(next, code);
    }
  }
  return next;
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  const on = ATTRIBUTE_ON[code];
  if (on !== undefined) return { ...style, attributes: style.attributes | on };
  const off = ATTRIBUTE_OFF[code];
  if (off !== undefined) return { ...style, attributes: style.attributes & ~off };
  const color = namedColor(code);
  return color === null ? style : withColor(style, isBackground(code) ? 48 : 38, color);
}

const isBackground = (code: number): boolean => (code >= 40 && code <= 49) || code >= 100;

function namedColor(code: number): Color | null {
  if (code === 39 || code === 49) return DEFAULT_COLOR;
  if ((code >= 30 && code <= 37) || (code >= 40 && code <= 47)) return code % 10;
  if ((code >= 90 && code <= 97) || (code >= 100 && code <= 107)) return 8 + (code % 10);
  return null;
}

function withColor(style: Style, code: 38 | 48, color: Color): Style {
  return code === 38 ? { ...style, foreground: color } : { ...style, background: color };
}

function extendedColor(codes: readonly number[], at: number): { value: Color | null; used: number } {
  const byte = (index: number) => Math.min(255, Math.max(0, codes[index] ?? 0));
  if (codes[at] === 5) return { value: byte(at + 1), used: 2 };
  if (codes[at] === 2) return { value: rgb(byte(at + 1), byte(at + 2), byte(at + 3)), used: 4 };
  return { value: null, used: 1 };
}
