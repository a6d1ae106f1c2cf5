import { type Color, colorParameters, DEFAULT_COLOR } from './color.ts';

/** Attribute bits of a style. */
export const BOLD = 1;
export const DIM = 2;
export const ITALIC = 4;
export const UNDERLINE = 8;
export const BLINK = 16;
export const INVERSE = 32;
export const HIDDEN = 64;
export const STRIKE = 128;

/** How a cell looks. */
export interface Style {
  readonly foreground: Color;
  readonly background: Color;
  /** Sum of attribute bits. */
  readonly attributes: number;
}

/** The terminal's own look. */
export const PLAIN: Style = { foreground: DEFAULT_COLOR, background: DEFAULT_COLOR, attributes: 0 };

/** Number of the plain style in every table. */
export const PLAIN_ID = 0;

/** Stands for "not known what the terminal's pen is". */
export const UNKNOWN_PEN = -1;

/** Styles by small numbers, so that cells compare as integers, and the way from one to another as bytes. */
export interface StyleTable {
  intern(style: Style): number;
  get(id: number): Style;
  /** The style of a blank that looks the same: what does not show on a space is gone. */
  blankOf(id: number): number;
  /** The shortest sequence that changes the pen from one style (or `UNKNOWN_PEN`) to another; '' if there is nothing to change. */
  change(from: number, to: number): string;
}

/** A table that knows the plain style only. It grows with each style a theme uses; a theme uses a few dozen. */
export function createStyleTable(): StyleTable {
  const styles: Style[] = [PLAIN];
  const ids = new Map<string, number>([[keyOf(PLAIN), PLAIN_ID]]);
  const blanks = new Map<number, number>();
  const changes = new Map<number, string>();
  const get = (id: number): Style => styles[id] ?? PLAIN;
  const intern = (style: Style): number => {
    const key = keyOf(style);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, styles.length);
    return styles.push(style) - 1;
  };
  return {
    intern,
    get,
    blankOf: id => remember(blanks, id, () => intern(blankStyle(get(id)))),
    change: (from, to) => {
      if (from === to) return '';
      if (from === UNKNOWN_PEN) return fromReset(get(to));
      return remember(changes, from * 65_536 + to, () => shortestChange(get(from), get(to)));
    },
  };
}

const keyOf = (style: Style): string => `${style.foreground},${style.background},${style.attributes}`;

function remember<Value>(cache: Map<number, Value>, key: number, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = make();
  cache.set(key, value);
  return value;
}

/** Lines through and under a space, and its inversion, are seen; its weight and slope are not. */
const SEEN_ON_BLANKS = UNDERLINE | INVERSE | STRIKE;

function blankStyle(style: Style): Style {
  const attributes = style.attributes & SEEN_ON_BLANKS;
  return { ...style, foreground: attributes === 0 ? DEFAULT_COLOR : style.foreground, attributes };
}

const sgr = (parameters: string): string => `\u001b[${parameters}m`;

/** Attribute bits with the codes that turn them on and off; 22 ends bold and dim alike. */
const CODES: readonly (readonly [bit: number, on: number, off: number])[] = [
  [BOLD, 1, 22],
  [DIM, 2, 22],
  [ITALIC, 3, 23],
  [UNDERLINE, 4, 24],
  [BLINK, 5, 25],
  [INVERSE, 7, 27],
  [HIDDEN, 8, 28],
  [STRIKE, 9, 29],
];

function onCodes(attributes: number): string[] {
  return CODES.filter(([bit]) => (attributes & bit) !== 0).map(([, on]) => String(on));
}

function offCodes(gone: number): string[] {
  return [...new Set(CODES.filter(([bit]) => (gone & bit) !== 0).map(([, , off]) => String(off)))];
}

/** An empty first parameter counts as 0, "all attributes off" (ECMA-48 8.3.117), and saves a byte. */
function fromReset(to: Style): string {
  const parameters = onCodes(to.attributes);
  if (to.foreground !== DEFAULT_COLOR) parameters.push(colorParameters(to.foreground, 30));
  if (to.background !== DEFAULT_COLOR) parameters.push(colorParameters(to.background, 40));
  return sgr(parameters.length === 0 ? '' : `;${parameters.join(';')}`);
}

function shortestChange(from: Style, to: Style): string {
  const afresh = fromReset(to);
  const stepwise = sgr(stepParameters(from, to).join(';'));
  return stepwise.length < afresh.length ? stepwise : afresh;
}

function stepParameters(from: Style, to: Style): string[] {
  const gone = from.attributes & ~to.attributes;
  // Ending bold ends dim too, so what stays of the two must be turned on again.
  const kept = (gone & (BOLD | DIM)) === 0 ? from.attributes : from.attributes & ~(BOLD | DIM);
  const parameters = [...offCodes(gone), ...onCodes(to.attributes & ~kept)];
  if (from.foreground !== to.foreground) parameters.push(colorParameters(to.foreground, 30));
  if (from.background !== to.background) parameters.push(colorParameters(to.background, 40));
  return parameters;
}
