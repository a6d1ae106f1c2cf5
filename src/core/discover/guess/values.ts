import type { OnOff } from '../proposal.ts';

/** A number with what stands behind it, as a device may write its unit. */
const NUMBER = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?)\s*(\S{0,8})$/u;
const UNIT = /^[\p{L}%°º℃℉µ]/u;

/** A number that a device sent, and the unit that it wrote behind it. */
export interface PlainNumber {
  readonly value: number;
  readonly unit: string;
}

/** Reads a text as a number; `null` where it is none: a time, a date, an address. */
export function plainNumber(text: string): PlainNumber | null {
  const [, digits, unit = ''] = NUMBER.exec(text) ?? [];
  if (digits === undefined || (unit !== '' && !UNIT.test(unit)) || /^[+-]?0[xob]/i.test(text)) return null;
  const value = Number(digits.replace(',', '.'));
  return Number.isFinite(value) ? { value, unit } : null;
}

/** Words that come in pairs, the one for on first. */
const PAIRS: readonly (readonly [on: string, off: string])[] = [
  ['on', 'off'],
  ['an', 'aus'],
  ['true', 'false'],
  ['1', '0'],
  ['open', 'closed'],
  ['opened', 'closed'],
  ['offen', 'zu'],
  ['offen', 'geschlossen'],
  ['motion', 'clear'],
  ['detected', 'clear'],
  ['wet', 'dry'],
  ['home', 'away'],
  ['home', 'not_home'],
  ['yes', 'no'],
  ['ja', 'nein'],
  ['active', 'inactive'],
  ['running', 'stopped'],
  ['locked', 'unlocked'],
];

/** What two words tell the two states apart by, and which of them were heard. */
export interface WordPair extends OnOff {
  readonly unheard: string | null;
}

/** The pair that texts belong to, in the letters that they came in; `null` where they belong to none. */
export function wordPair(texts: readonly string[]): WordPair | null {
  if (texts.length === 0 || texts.length > 2) return null;
  for (const [on, off] of PAIRS) {
    const isOf =
      (word: string) =>
      (text: string): boolean =>
        text.toLowerCase() === word;
    const [heardOn, heardOff] = [texts.find(isOf(on)), texts.find(isOf(off))];
    const known = [heardOn, heardOff].filter(text => text !== undefined);
    if (known.length !== texts.length) continue;
    if (heardOn !== undefined && heardOff !== undefined) return { on: heardOn, off: heardOff, unheard: null };
    const model = heardOn ?? heardOff ?? '';
    const other = inCaseOf(model, heardOn === undefined ? on : off);
    return { on: heardOn ?? other, off: heardOff ?? other, unheard: other };
  }
  return null;
}

/** The words that relays are told: a pair that is about a position and about nothing else. */
export function switchPair(texts: readonly string[]): WordPair | null {
  const pair = wordPair(texts);
  return pair !== null && /^(?:on|an|true|1)$/i.test(pair.on) ? pair : null;
}

function inCaseOf(model: string, word: string): string {
  if (model === model.toUpperCase() && /[A-Z]/.test(model)) return word.toUpperCase();
  const isCapital = /^[A-Z]/.test(model);
  return isCapital ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
