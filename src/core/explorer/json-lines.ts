import { cleanText } from '../clean-text.ts';
import { jsonText } from '../json-text.ts';

/** One line of a JSON document. */
export interface JsonLine {
  readonly depth: number;
  /** Without its indentation, safe to show. */
  readonly text: string;
  /** Against the document that it is compared with: another value, new in it, or not in it any more. */
  readonly mark: 'same' | 'changed' | 'added' | 'removed';
}

/** What is deeper stands in one line. */
const MOST_DEPTH = 24;
/** So many lines at the most: a payload may be a million brackets. */
const MOST_LINES = 1_000;
const MOST_CHARACTERS = 300;

/** The document of a text, where it is one: an object or a list. */
export function jsonOf(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}

/** A document line by line, with what is not as in `before`; `null` where it is compared with nothing. */
export function jsonLines(document: object, before: object | null): readonly JsonLine[] {
  const old = before === null ? null : valuesOf(before);
  const lines: JsonLine[] = [];
  const seen = new Set<string>();
  const visit = ({ value, name, path, depth, end }: Member): void => {
    if (lines.length >= MOST_LINES) return;
    const inner = innerOf(value, depth);
    if (inner === null) {
      seen.add(path);
      lines.push(leafLine(textOf(value), old, { value, name, path, depth, end }));
      return;
    }
    const [begin, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    lines.push({ depth, text: `${name}${begin}`, mark: 'same' });
    for (const [place, [key, member]] of inner.entries()) {
      const title = Array.isArray(value) ? '' : `${textOf(key)}: `;
      const comma = place < inner.length - 1 ? ',' : '';
      visit({ value: member, name: title, path: `${path}/${key}`, depth: depth + 1, end: comma });
    }
    lines.push({ depth, text: `${close}${end}`, mark: 'same' });
  };
  visit({ value: document, name: '', path: '', depth: 0, end: '' });
  for (const [path, was] of old ?? []) {
    if (!seen.has(path)) lines.push({ depth: 0, text: `${cleanText(path.slice(1), 80)}: was ${was}`, mark: 'removed' });
  }
  return lines.slice(0, MOST_LINES);
}

interface Member {
  readonly value: unknown;
  /** What stands before the value. */
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  /** The comma behind it, where others follow. */
  readonly end: string;
}

function leafLine(now: string, old: ReadonlyMap<string, string> | null, { name, path, depth, end }: Member): JsonLine {
  const was = old === null ? now : old.get(path);
  const mark = was === undefined ? 'added' : was === now ? 'same' : 'changed';
  const note = mark === 'changed' ? `   was ${was}` : '';
  return { depth, text: `${name}${now}${end}${note}`, mark };
}

function valuesOf(document: object): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const visit = (value: unknown, path: string, depth: number): void => {
    if (values.size >= MOST_LINES) return;
    const inner = innerOf(value, depth);
    if (inner === null) values.set(path, textOf(value));
    else for (const [key, member] of inner) visit(member, `${path}/${key}`, depth + 1);
  };
  visit(document, '', 0);
  return values;
}

/** What a value holds; `null` where it stands in one line. */
function innerOf(value: unknown, depth: number): readonly (readonly [string, unknown])[] | null {
  if (typeof value !== 'object' || value === null || depth >= MOST_DEPTH) return null;
  const inner = Object.entries(value);
  return inner.length === 0 ? null : inner;
}

/** What is too deep to be written is told by its kind: it would be written by calling oneself as often. */
function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length;
    return Array.isArray(value) ? (count === 0 ? '[]' : '[ … ]') : count === 0 ? '{}' : '{ … }';
  }
  return cleanText(jsonText(value), MOST_CHARACTERS);
}
