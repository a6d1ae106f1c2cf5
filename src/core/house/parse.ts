import {
  createScanner,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import * as v from 'valibot';
import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import type { Issue, Place } from '../issue.ts';
import { fail, ok, type Result } from '../result.ts';
import { faultKindOf } from '../schema/schema-faults.ts';
import { resolveBases } from './base-topics.ts';
import { checkHouse } from './check.ts';
import { type HouseConfig, houseSchema } from './schema.ts';

/**
 * Reads a house file: JSON by its schema, then the references between its parts. Comments are allowed. Each error names
 * line, column and field, and what to write instead; `file` is the name for messages.
 */
export function parseHouse(text: string, file: string): Result<HouseConfig, readonly Issue[]> {
  if (text.trim() === '') return fail([emptyFile(file)]);
  const source = text.replace(/^\uFEFF/, ' ');
  const tooDeep = offsetOfDepth(source, DEEPEST);
  if (tooDeep !== null) return fail([depthIssue(text, file, tooDeep)]);
  const faults: ParseError[] = [];
  const tree = parseTree(source, faults, { allowTrailingComma: false, disallowComments: false });
  if (tree === undefined || faults.length > 0) {
    return fail(faults.slice(0, 5).map(fault => syntaxIssue(text, file, fault)));
  }
  const reserved = reservedKeys(tree, text, file);
  if (reserved.length > 0) return fail(reserved);
  const duplicates = duplicateKeys(tree, text, file);
  const checked = v.safeParse(houseSchema, getNodeValue(tree));
  const place = (path: JSONPath): Place => placeOf(text, file, nearestNode(tree, path));
  if (!checked.success)
    return fail(capped([...duplicates, ...checked.issues.map(issue => schemaIssue(issue, place))], file));
  const house = resolveBases(checked.output);
  const issues = [...duplicates, ...checkHouse(house, place)];
  return issues.length === 0 ? ok(house) : fail(capped(issues, file));
}

/** So many errors are told of one file. */
const MOST_TOLD = 20;

/** One slip may be an error in each of a thousand sensors. */
function capped(issues: readonly Issue[], file: string): readonly Issue[] {
  const others = issues.length - MOST_TOLD;
  if (others <= 0) return issues;
  const message = `${countText(others, 'more error')}, not shown`;
  const cure = 'Mend those above first: one slip may be the cause of many';
  return [...issues.slice(0, MOST_TOLD), { severity: 'error', message, place: { file }, cure }];
}

function emptyFile(file: string): Issue {
  const cure = 'Start from a preset: see the house file in README.md';
  return { severity: 'error', message: 'the house file is empty', place: { file, line: 1 }, cure };
}

/** A house is five deep; the parser goes down by calling itself, and its stack has an end. */
const DEEPEST = 64;

/** Where the first bracket or brace stands that is within more than `deepest` others; `null` where none is. */
function offsetOfDepth(source: string, deepest: number): number | null {
  const scanner = createScanner(source, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const first = source.charAt(scanner.getTokenOffset());
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > deepest) return scanner.getTokenOffset();
  }
  return null;
}

function depthIssue(text: string, file: string, offset: number): Issue {
  return {
    severity: 'error',
    message: `the house file has more than ${DEEPEST} braces and brackets within each other`,
    place: placeOf(text, file, { offset }),
    cure: 'No field of a house file is that deep: see the house file in README.md',
  };
}

/** Names that each object of JavaScript has from birth: the schema leaves them out without a word. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

function reservedKeys(node: Node, text: string, file: string): Issue[] {
  const key = node.type === 'property' ? node.children?.[0] : undefined;
  const inner = (node.children ?? []).flatMap(child => reservedKeys(child, text, file));
  if (key === undefined || !RESERVED.has(String(key.value))) return inner;
  const message = `"${key.value}" cannot be the name of anything in a house: the language hometui is written in keeps it`;
  return [{ severity: 'error', message, place: placeOf(text, file, key), cure: 'Give it another id' }, ...inner];
}

function syntaxIssue(text: string, file: string, fault: ParseError): Issue {
  const words = printParseErrorCode(fault.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return {
    severity: 'error',
    message: `the house file is not JSON: ${words}`,
    place: placeOf(text, file, { offset: fault.offset }),
    cure: 'Mend the comma, quote or bracket at or just before this place',
  };
}

function schemaIssue(issue: v.BaseIssue<unknown>, place: (path: JSONPath) => Place): Issue {
  const path = (issue.path ?? []).map(item => item.key as string | number);
  const field = path.length === 0 ? 'the house' : path.join('.');
  const kind = faultKindOf(issue);
  const [isUnknownKey, isMissing] = [kind === 'unknown', kind === 'missing'];
  return {
    severity: 'error',
    message: isUnknownKey
      ? `${field} is not a field of a house file`
      : isMissing
        ? `${field} is missing`
        : `${field} must be ${expectation(issue)}, it is ${cleanText(issue.received, 60)}`,
    place: place(isMissing ? path.slice(0, -1) : path),
    cure: isUnknownKey
      ? 'Remove it, or look for a spelling mistake: the fields are in house.schema.json'
      : isMissing
        ? 'Give it one: the fields are in house.schema.json'
        : `Give it ${expectation(issue)}`,
  };
}

function expectation(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'regex') return issue.message;
  return issue.expected ?? issue.message;
}

/** JSON takes the last of two equal keys in silence: a sensor would vanish. */
function duplicateKeys(node: Node, text: string, file: string): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === 'property' ? child.children?.[0] : undefined;
    if (key !== undefined && seen.has(key.value)) {
      const message = `"${String(key.value)}" stands here a second time`;
      issues.push({
        severity: 'error',
        message,
        place: placeOf(text, file, key),
        cure: 'Give one of the two another id, or remove it',
      });
    }
    if (key !== undefined) seen.add(key.value);
    issues.push(...duplicateKeys(child, text, file));
  }
  return issues;
}

/** The node of a path, or of its nearest parent that is there. */
function nearestNode(tree: Node, path: JSONPath): { offset: number } {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent : node;
  }
  return tree;
}

function placeOf(text: string, file: string, node: { offset: number }): Place {
  const before = text.slice(0, node.offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
