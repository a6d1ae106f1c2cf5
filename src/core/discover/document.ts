import { cleanText } from '../clean-text.ts';

/** A JSON object whose fields nobody has looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** The JSON value of a text; `undefined` where it is none. */
export function parseDocument(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value as an object; `null` where it is none. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A value as a list; empty where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as a text that is not empty; `null` where it is none. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A payload that a document names: a text, or what a number or a truth is written as. */
export function payloadOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return textOf(value);
}

/** A value as a finite number; `null` where it is none. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A list of texts; `null` where it is none or empty. */
export function textsOf(value: unknown): readonly string[] | null {
  const texts = listOf(value).flatMap(one => payloadOf(one) ?? []);
  return texts.length === 0 ? null : texts;
}

/** A unit as a house file takes it, up to 8 characters; none where it is longer, for half of one is another. */
export function unitOf(value: unknown): string {
  const unit = cleanText(textOf(value) ?? '', 20).trim();
  return [...unit].length <= 8 ? unit : '';
}

/** The longest label of a house file, characters. */
const LONGEST_LABEL = 40;

/** A name as a label: clean, of one line, not too long. */
export function labelText(name: string): string {
  return cleanText(name.replace(/\s+/g, ' ').trim(), LONGEST_LABEL);
}

/** A technical name as people write it: `return_temp` is `Return temp`, `dewPoint` is `Dew point`. */
export function wordsOfName(name: string): string {
  const spaced = (/^[A-Z]{5,}$/.test(name) ? name.toLowerCase() : name)
    .replace(/[_\-.\s]+/g, ' ')
    .replace(/([a-z])([A-Z][a-z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .trim();
  return labelText(spaced.charAt(0).toUpperCase() + spaced.slice(1));
}
