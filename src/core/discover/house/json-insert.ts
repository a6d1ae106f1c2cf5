import type { Node } from 'jsonc-parser';
import { jsonText } from '../../json-text.ts';

/** Text that is put into a file; nothing of what is there is ever taken out. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** A member that is added to an object, with what is said above it. */
export interface NewMember {
  readonly key: string;
  readonly value: unknown;
  /** One line; none where it is empty. */
  readonly note: string;
}

/** How a file is written: its line ends, and by what it is indented. */
export interface Manner {
  readonly eol: string;
  readonly indent: string;
}

/** Values up to this width stand on one line. */
const WIDEST = 100;

/** Finds out how a file is written. */
export function mannerOf(text: string): Manner {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', indent };
}

/** The text with all that is to be put in. What stands at one place stays in the order in which it was asked for. */
export function applyInsertions(text: string, insertions: readonly Insertion[]): string {
  const sorted = insertions
    .map((insertion, order) => ({ ...insertion, order }))
    .sort((one, other) => one.offset - other.offset || one.order - other.order);
  let at = 0;
  const parts: string[] = [];
  for (const { offset, text: added } of sorted) {
    parts.push(text.slice(at, offset), added);
    at = offset;
  }
  return parts.join('') + text.slice(at);
}

/** Adds members behind those of an object. */
export function insertMembers(text: string, object: Node, members: readonly NewMember[], manner: Manner): Insertion[] {
  const depth = depthOf(object) + 1;
  const lines = members.map(({ key, value, note }, place) => {
    const comma = place < members.length - 1 ? ',' : '';
    const about = note === '' ? '' : `${manner.indent.repeat(depth)}// ${note}${manner.eol}`;
    return `${about}${manner.indent.repeat(depth)}${jsonText(key)}: ${printed(value, depth, manner)}${comma}`;
  });
  return insertLines(text, object, lines, manner);
}

/** Adds elements behind those of a list: on its line, or on lines of their own where the list has such. */
export function insertElements(text: string, list: Node, elements: readonly unknown[], manner: Manner): Insertion[] {
  const depth = depthOf(list) + 1;
  const last = list.children?.at(-1);
  const written = elements.map(element => printed(element, depth, manner));
  const isPlain = elements.every(element => typeof element === 'string');
  if (last !== undefined && isPlain && !startsLine(text, endOf(list) - 1)) {
    return [{ offset: endOf(last), text: written.map(element => `, ${element}`).join('') }];
  }
  const begin = manner.indent.repeat(depth);
  const lines = written.map((element, place) => `${begin}${element}${place < written.length - 1 ? ',' : ''}`);
  return insertLines(text, list, lines, manner);
}

/**
 * Adds lines before the bracket that closes a node, and a comma behind its last child. So a comment behind that child
 * stays with it.
 */
function insertLines(text: string, node: Node, lines: readonly string[], { eol, indent }: Manner): Insertion[] {
  if (lines.length === 0) return [];
  const last = node.children?.at(-1);
  const close = endOf(node) - 1;
  const comma = last === undefined ? [] : [{ offset: endOf(last), text: ',' }];
  const body = lines.join(eol);
  if (startsLine(text, close)) return [...comma, { offset: text.lastIndexOf('\n', close) + 1, text: `${body}${eol}` }];
  return [...comma, { offset: close, text: `${eol}${body}${eol}${indent.repeat(depthOf(node))}` }];
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

/** Whether nothing but blanks stands before a place on its line, and a line before that. */
function startsLine(text: string, offset: number): boolean {
  const begin = text.lastIndexOf('\n', offset - 1);
  return begin >= 0 && text.slice(begin + 1, offset).trim() === '';
}

/** How deep a node stands: 0 for the root. */
function depthOf(node: Node): number {
  let depth = 0;
  for (let parent = node.parent; parent !== undefined; parent = parent.parent)
    if (parent.type !== 'property') depth += 1;
  return depth;
}

/** A value as it stands in a file: what is short on one line, an object of the first level always on lines. */
function printed(value: unknown, depth: number, manner: Manner, isTop = true): string {
  if (typeof value !== 'object' || value === null) return jsonText(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map(one => [null, one] as const)
    : Object.entries(value).map(([key, one]) => [key, one] as const);
  const inline = parts.map(([key, one]) => `${key === null ? '' : `${jsonText(key)}: `}${inLine(one)}`).join(', ');
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${close}`;
  const isShort = inline.length + depth * manner.indent.length <= WIDEST;
  if (isShort && (!isTop || isList)) return isList ? `[${inline}]` : `{ ${inline} }`;
  const begin = manner.indent.repeat(depth + 1);
  const lines = parts.map(
    ([key, one]) => `${begin}${key === null ? '' : `${jsonText(key)}: `}${printed(one, depth + 1, manner, false)}`,
  );
  return `${open}${manner.eol}${lines.join(`,${manner.eol}`)}${manner.eol}${manner.indent.repeat(depth)}${close}`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return jsonText(value);
  const members = Object.entries(value).map(([key, one]) => `${jsonText(key)}: ${inLine(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
