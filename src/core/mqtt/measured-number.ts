import { cleanText } from '../clean-text.ts';
import { fail, ok, type Result } from '../result.ts';
import { decodeField, decodeNumber, inQuotes } from './payload.ts';

/** How a payload says a number: in which unit, where in it, and what has to be done to it. */
export interface NumberForm {
  readonly unit: string;
  readonly path?: string;
  /** Numbers for words, in the unit. */
  readonly map?: Readonly<Record<string, number>>;
  readonly scale?: number;
  readonly offset?: number;
}

/**
 * The number that a payload means: a word of its map, or what it says times `scale` plus `offset`. Where those are given
 * its unit is left aside, since they are there to change it.
 */
export function decodeMeasured(payload: Uint8Array, form: NumberForm): Result<number, string> {
  const { unit, path, map, scale, offset } = form;
  const word = map === undefined ? null : decodeField(payload, path);
  const mapped = word?.ok === true ? numberOfWord(word.value, map ?? {}) : null;
  if (mapped !== null) return ok(mapped);
  const isConverted = scale !== undefined || offset !== undefined;
  const read = decodeNumber(payload, isConverted ? null : unit, path);
  if (!read.ok && word?.ok === true)
    return fail(`${inQuotes(cleanText(word.value, 24))} is neither a number nor in its map`);
  return read.ok && isConverted ? ok(tidy(read.value * (scale ?? 1) + (offset ?? 0))) : read;
}

/** The number that a payload has to say for a value: `decodeMeasured` the other way round. */
export function rawNumber(value: number, { scale = 1, offset = 0 }: Pick<NumberForm, 'scale' | 'offset'>): number {
  return tidy((value - offset) / scale);
}

function numberOfWord(word: string, map: Readonly<Record<string, number>>): number | null {
  const key = Object.hasOwn(map, word) ? word : Object.keys(map).find(it => it.toLowerCase() === word.toLowerCase());
  return key === undefined ? null : (map[key] ?? null);
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
