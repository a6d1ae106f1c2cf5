import { cleanText } from '../clean-text.ts';
import { fail, ok, type Result } from '../result.ts';
import { isSameUnit } from '../unit.ts';
import { followJsonPath, parseJsonPath } from './json-path.ts';
import { type PositionWord, positionOfWord, type SwitchWords } from './position-word.ts';

/** Payloads longer than this, bytes, are no single value. */
const LONGEST_PLAIN = 256;
/** JSON documents longer than this, bytes, are not parsed: it would hold up everything else. */
const LONGEST_JSON = 256 * 1_024;

/** What a unit begins with: `1'234.5`, `12:30` and `1/2` are no numbers with a unit. */
const UNIT = /^[\p{L}\p{No}%‰°º℃℉$€£]/u;
/** A number to another base, which would else read as a 0 with a unit. */
const OTHER_BASE = /^[+-]?0[xob][\da-f]+$/i;

/** A decimal number with a point or a comma, and what stands behind it. */
const NUMBER = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?)\s*(.*)$/su;

/** A number as nearly each device sends it. */
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Up to so many bytes of ASCII are text faster than a decoder is made. */
const SHORT = 32;

/** The text of a payload, or why it is none: a clause, as all errors here are. */
function decodeText(payload: Uint8Array): Result<string, string> {
  const short = payload.length > SHORT ? null : decodeAscii(payload);
  if (short !== null) return ok(short);
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    const hint = endsWithinCharacter(payload) ? CUT : '';
    return fail(`the payload is ${payload.length} bytes that are not UTF-8 text${hint}`);
  }
}

/** `null` where there is something else in it. */
function decodeAscii(payload: Uint8Array): string | null {
  let text = '';
  for (const byte of payload) {
    if (byte > 0x7f) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** What a payload looks like whose sender counted its characters for bytes: the end of it is lost. */
const CUT = ', cut at its end: the sender may count characters as bytes (MicroPython: send text.encode())';

function endsWithinCharacter(payload: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(payload, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The beginning of a payload as people can be shown it; how long it is where it is no text. */
export function payloadExcerpt(payload: Uint8Array): string {
  const text = decodeText(payload.subarray(0, 96));
  return text.ok ? shorten(text.value) : `${payload.length} bytes`;
}

/**
 * The value that a payload holds, as text: the payload itself, or with a `path` (see `parseJsonPath`) the member of a JSON
 * document. The error is one short clean clause that says what is the matter: `the payload is empty`.
 */
export function decodeField(payload: Uint8Array, path: string | undefined): Result<string, string> {
  if (payload.length === 0) return fail('the payload is empty');
  const longest = path === undefined ? LONGEST_PLAIN : LONGEST_JSON;
  if (payload.length > longest) {
    return fail(`the payload is ${payload.length} bytes long, more than the ${longest} that are read`);
  }
  const text = decodeText(payload);
  if (!text.ok) return text;
  const field = path === undefined ? ok(text.value.trim()) : memberOf(text.value, path);
  return field.ok && field.value === ''
    ? fail(path === undefined ? 'the payload is blank' : `${shorten(path)} is empty`)
    : field;
}

/**
 * The number that a payload holds: plain (`54.3`), with a comma (`54,3`), with its unit (`54.3 °C`), or in JSON under a
 * path. A unit other than `unit` is an error and never a wrong number (`null`: any will do); so are NaN, infinity and
 * `1,234.5`.
 */
export function decodeNumber(payload: Uint8Array, unit: string | null, path?: string): Result<number, string> {
  const field = decodeField(payload, path);
  if (!field.ok) return field;
  if (PLAIN_NUMBER.test(field.value)) return ok(Number(field.value));
  const parts = NUMBER.exec(field.value);
  if (parts === null) return fail(notANumber(field.value, path));
  const value = Number((parts[1] ?? '').replace(',', '.'));
  const foundUnit = parts[2] ?? '';
  const isUnit = foundUnit === '' || UNIT.test(foundUnit);
  if (!isUnit || OTHER_BASE.test(field.value) || !Number.isFinite(value)) return fail(notANumber(field.value, path));
  if (foundUnit === '' || unit === null || isSameUnit(foundUnit, unit)) return ok(value);
  const text = shorten(field.value);
  if (isBeginOf(foundUnit, unit)) return fail(`"${text}" is not in ${unit}${CUT}`);
  return fail(
    unit === '' ? `"${text}" has a unit, where the house file has none` : `"${text}" is in another unit than ${unit}`,
  );
}

/** Whether a unit is the begin of one that has characters of more than one byte: `°` of `°C`. */
function isBeginOf(found: string, unit: string): boolean {
  return unit.startsWith(found) && /[^\0-\x7f]/.test(unit);
}

/** Why a payload is no position: a clause, and the word that nobody knows where it is one. */
export interface PositionFault {
  readonly reason: string;
  readonly word: string | null;
}

/** The switch position that a payload holds, by `positionOfWord`. */
export function decodePosition(
  payload: Uint8Array,
  words: SwitchWords & { readonly path?: string },
): Result<PositionWord, PositionFault> {
  const field = decodeField(payload, words.path);
  if (!field.ok) return fail({ reason: field.error, word: null });
  const position = positionOfWord(field.value, words);
  if (position !== null) return ok(position);
  const word = shorten(field.value);
  return fail({ reason: `${inQuotes(word)} is neither on nor off`, word });
}

/** A word as it came, in quotes that it does not hold itself. */
export function inQuotes(word: string): string {
  return word.includes('"') ? `'${word}'` : `"${word}"`;
}

function memberOf(json: string, path: string): Result<string, string> {
  const name = shorten(path);
  const keys = parseJsonPath(path);
  if (!keys.ok) return fail(`the path ${name} cannot be followed: ${keys.error}`);
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return fail(`"${shorten(json)}" is not JSON, where ${name} is looked for`);
  }
  const member = followJsonPath(document, keys.value);
  if (typeof member === 'string') return ok(member.trim());
  if (typeof member === 'number' || typeof member === 'boolean') return ok(String(member));
  if (member === undefined) return fail(`the JSON payload has no ${name}`);
  return fail(`${name} in the JSON payload is ${member === null ? 'null' : 'no single value'}`);
}

function notANumber(text: string, path: string | undefined): string {
  const hint = path === undefined && text.startsWith('{') ? ': it is JSON, name its path in the house file' : '';
  return `"${shorten(text)}" is not a number${hint}`;
}

function shorten(text: string): string {
  return cleanText(text, 24);
}
