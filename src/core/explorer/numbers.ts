import { followJsonPath } from '../mqtt/json-path.ts';
import { bytesOfText } from './binary-text.ts';
import { jsonOf } from './json-lines.ts';
import { payloadText } from './payload-kind.ts';
import type { PastValue } from './recent-values.ts';

/** Where a number stands in a payload: the keys to it; none where the payload is the number. */
export type NumberPath = readonly string[];

/** A number with or without a unit behind it: `54.3 °C`; neither a time nor a fraction nor a version. */
const PLAIN = /^\s*([+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d{1,3})?)\s*([\p{L}%‰°µ][^\d]{0,11})?\s*$/iu;
/** So many are offered. */
const MOST = 50;
const MOST_DEPTH = 16;

/** The numbers that a payload holds. */
export function numberPaths(value: PastValue): readonly NumberPath[] {
  const text = textOf(value);
  if (text === null) return [];
  if (plainNumber(text) !== null) return [[]];
  const document = jsonOf(text);
  if (document === null) return [];
  const paths: NumberPath[] = [];
  const visit = (member: unknown, path: NumberPath): void => {
    if (paths.length >= MOST) return;
    if (numberIn(member) !== null) paths.push(path);
    else if (typeof member === 'object' && member !== null && path.length < MOST_DEPTH) {
      for (const [key, inner] of Object.entries(member)) visit(inner, [...path, key]);
    }
  };
  visit(document, []);
  return paths;
}

/** The number of a payload at a place; `null` where there is none. */
export function numberAt(value: PastValue, path: NumberPath): number | null {
  const text = textOf(value);
  if (text === null) return null;
  return path.length === 0 ? plainNumber(text) : numberIn(followJsonPath(jsonOf(text), path));
}

/** The unit that stands behind the number of a payload at a place; '' where there is none. */
export function unitAt(value: PastValue, path: NumberPath): string {
  const text = textOf(value) ?? '';
  const member = path.length === 0 ? text : followJsonPath(jsonOf(text), path);
  const [, , unit = ''] = typeof member === 'string' ? (PLAIN.exec(member) ?? []) : [];
  return unit.trim();
}

function textOf({ payload, bytes }: PastValue): string | null {
  return payload.length < bytes ? null : payloadText(bytesOfText(payload), bytes);
}

function plainNumber(text: string): number | null {
  const [, digits] = PLAIN.exec(text) ?? [];
  const number = digits === undefined ? Number.NaN : Number(digits.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

/** JSON knows texts that are numbers, as many devices write them. */
function numberIn(member: unknown): number | null {
  if (typeof member === 'number') return Number.isFinite(member) ? member : null;
  return typeof member === 'string' ? plainNumber(member) : null;
}
