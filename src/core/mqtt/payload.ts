import { cleanText } from '../clean-text.ts';
import { fail, ok, type Result } from '../result.ts';
import { isSameUnit } from '../unit.ts';

/** Payloads longer than this, bytes, are no single value. */
const LONGEST_PLAIN = 256;
/** JSON documents longer than this, bytes, are not parsed: it would hold up everything else. */
const LONGEST_JSON = 256 * 1_024;

/** A decimal number with a point or a comma, and what stands behind it. */
const NUMBER = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?)\s*(.*)$/su;

/** The text of a payload, or why it is none, in words. */
export function decodeText(payload: Uint8Array): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return fail(`${payload.length} bytes that are not UTF-8 text`);
  }
}

/**
 * The value that a payload holds, as text: the payload itself, or with a `path` the member of a JSON document that the
 * path names (keys and indexes joined by dots). The error says in a few clean words what was received instead.
 */
export function decodeField(payload: Uint8Array, path: string | undefined): Result<string, string> {
  if (payload.length === 0) return fail('an empty payload');
  const longest = path === undefined ? LONGEST_PLAIN : LONGEST_JSON;
  if (payload.length > longest) return fail(`${payload.length} bytes, more than the ${longest} that are read`);
  const text = decodeText(payload);
  if (!text.ok) return text;
  return path === undefined ? ok(text.value.trim()) : memberOf(text.value, path);
}

/**
 * The number that a payload holds: plain (`54.3`), with a comma (`54,3`), with its unit (`54.3 °C`), or in JSON under a
 * path. A unit other than `unit` is an error and never a wrong number; so are NaN, infinity and `1,234.5`.
 */
export function decodeNumber(payload: Uint8Array, unit: string, path?: string): Result<number, string> {
  const field = decodeField(payload, path);
  if (!field.ok) return field;
  const parts = NUMBER.exec(field.value);
  if (parts === null) return fail(notANumber(field.value, path));
  const value = Number((parts[1] ?? '').replace(',', '.'));
  const foundUnit = parts[2] ?? '';
  if (/^[.,\d]/.test(foundUnit) || !Number.isFinite(value)) return fail(notANumber(field.value, path));
  if (foundUnit !== '' && !isSameUnit(foundUnit, unit)) {
    return fail(`"${shorten(field.value)}" is in another unit than ${unit === '' ? 'none' : unit}`);
  }
  return ok(value);
}

/** The words that every switch understands on reading, in any case (contract.md, "The default house"). */
const POSITIONS: ReadonlyMap<string, 'on' | 'off'> = new Map([
  ['on', 'on'],
  ['an', 'on'],
  ['1', 'on'],
  ['true', 'on'],
  ['off', 'off'],
  ['aus', 'off'],
  ['0', 'off'],
  ['false', 'off'],
]);

/** The position that a word stands for: the configured words first, then the usual ones in any case; `null`: neither. */
export function positionOfWord(word: string, own: { readonly on: string; readonly off: string }): 'on' | 'off' | null {
  if (word === own.on) return 'on';
  if (word === own.off) return 'off';
  return POSITIONS.get(word.toLowerCase()) ?? null;
}

/** The switch position that a payload holds, by `positionOfWord`; the error says in a few clean words what it was instead. */
export function decodePosition(
  payload: Uint8Array,
  words: { readonly on: string; readonly off: string; readonly path?: string },
): Result<'on' | 'off', string> {
  const field = decodeField(payload, words.path);
  if (!field.ok) return field;
  const position = positionOfWord(field.value, words);
  return position === null ? fail(`"${shorten(field.value)}" is neither on nor off`) : ok(position);
}

function memberOf(json: string, path: string): Result<string, string> {
  let member: unknown;
  try {
    member = JSON.parse(json);
  } catch {
    return fail(`"${shorten(json)}" is not JSON, where ${path} is looked for`);
  }
  for (const key of path.split('.')) {
    if (typeof member !== 'object' || member === null || !Object.hasOwn(member, key)) {
      return fail(`the JSON payload has no ${path}`);
    }
    member = (member as Record<string, unknown>)[key];
  }
  if (typeof member === 'string') return ok(member.trim());
  if (typeof member === 'number' || typeof member === 'boolean') return ok(String(member));
  return fail(`${path} in the JSON payload is no single value`);
}

function notANumber(text: string, path: string | undefined): string {
  const hint = path === undefined && text.startsWith('{') ? ': it is JSON, name its path in the house file' : '';
  return `"${shorten(text)}" is not a number${hint}`;
}

function shorten(text: string): string {
  return cleanText(text, 24);
}
