import type { Issue } from '../issue.ts';
import { type AclAccess, parseAclLine } from './acl-line.ts';
import { isLastLineLost } from './lost-line.ts';

export type { AclAccess } from './acl-line.ts';

/** Whom a rule is for: one user, clients that log in without a name, or everybody (`pattern`). */
export type AclOwner =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'pattern' };

/** One `topic` or `pattern` line. */
export interface AclRule {
  /** Counted from 1. */
  readonly line: number;
  readonly owner: AclOwner;
  readonly access: AclAccess;
  /** The topic filter; of a pattern with its `%u` and `%c`. */
  readonly topic: string;
  /** Whether an access keyword was written; without one mosquitto grants readwrite. */
  readonly hasKeyword: boolean;
  /** The line as it stands in the file, without blanks at its ends. */
  readonly text: string;
}

/** One `user` line; the same name may come again, and its sections count as one. */
export interface AclSection {
  readonly line: number;
  readonly user: string;
}

/** An acl_file of mosquitto as the broker reads it. */
export interface AclFile {
  /** Its name as it was given, for messages. */
  readonly file: string;
  /** In file order. */
  readonly rules: readonly AclRule[];
  readonly sections: readonly AclSection[];
  /** The file's lines without line feeds, the first is line 1. */
  readonly lines: readonly string[];
  /** What the broker stumbles over. Each `error` makes it refuse the file: no start; after SIGHUP, no ACL at all. */
  readonly issues: readonly Issue[];
  /** The rules as the broker looks them up: per list, denials first (the last written first), then in file order. */
  readonly order: AclOrder;
}

/** The rules in the order in which they are asked. */
export interface AclOrder {
  readonly users: ReadonlyMap<string, readonly AclRule[]>;
  readonly anonymous: readonly AclRule[];
  readonly patterns: readonly AclRule[];
}

/**
 * Reads an acl_file. `text` is the file as UTF-8, a byte-order mark kept; `file` is its name for messages. Never fails:
 * what mosquitto refuses is an issue of severity `error` with its line, and all such lines are listed, though the
 * broker stops at the first.
 */
export function parseAclFile(text: string, file: string): AclFile {
  const lines = splitLines(text);
  const rules: AclRule[] = [];
  const sections: AclSection[] = [];
  const issues: Issue[] = [];
  let owner: AclOwner = { kind: 'anonymous' };
  for (const [index, content] of readableLines(lines, text).entries()) {
    const line = index + 1;
    const read = parseAclLine(content);
    if (read.kind === 'fault') issues.push(refusal(read.message, read.cure, file, line));
    // The broker has no rule of a refused file; here the line counts as what it was meant to be.
    const parsed = read.kind === 'fault' ? (read.meant ?? read) : read;
    if (parsed.kind === 'user') {
      owner = { kind: 'user', name: parsed.name };
      sections.push({ line, user: parsed.name });
    }
    if (parsed.kind !== 'rule') continue;
    const { access, topic, hasKeyword } = parsed;
    const ruleOwner: AclOwner = parsed.isPattern ? { kind: 'pattern' } : owner;
    rules.push({ line, owner: ruleOwner, access, topic, hasKeyword, text: content.trim() });
  }
  issues.push(...lossIssues(lines, text, file));
  return { file, rules, sections, lines, issues, order: orderRules(rules) };
}

/** Whether mosquitto refuses the file: it does not start with it, and at a reload it drops the whole ACL. */
export function isRefused(acl: AclFile): boolean {
  return acl.issues.some(issue => issue.severity === 'error');
}

/** Each user name that has a section, once, in file order. */
export function aclUsers(acl: AclFile): readonly string[] {
  return [...new Set(acl.sections.map(section => section.user))];
}

function splitLines(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The lines that reach mosquitto's parser. */
function readableLines(lines: readonly string[], text: string): readonly string[] {
  const cut = lines.findIndex(line => line.includes('\0'));
  const whole = cut < 0 ? lines : lines.slice(0, cut);
  return isLastLineLost(lines, text) ? whole.slice(0, lines.length - 1) : whole;
}

/** Lines that mosquitto passes over without a word: rules that are there and do nothing. */
function lossIssues(lines: readonly string[], text: string, file: string): readonly Issue[] {
  const issues: Issue[] = [];
  const cut = lines.findIndex(line => line.includes('\0'));
  if (cut >= 0) {
    const message = `a null character: mosquitto ignores this line and the ${lines.length - cut - 1} after it`;
    issues.push({ severity: 'warning', message, place: { file, line: cut + 1 }, cure: 'Write the line anew.' });
  }
  if (isLastLineLost(lines, text)) {
    const message = 'mosquitto ignores this line: it fills the line buffer exactly and no line feed ends it';
    const place = { file, line: lines.length };
    issues.push({ severity: 'warning', message, place, cure: 'End the file with a line feed.' });
  }
  return issues;
}

function refusal(message: string, cure: string, file: string, line: number): Issue {
  return { severity: 'error', message: `${message}; mosquitto refuses the file`, place: { file, line }, cure };
}

function orderRules(rules: readonly AclRule[]): AclOrder {
  const users = new Map<string, AclRule[]>();
  const anonymous: AclRule[] = [];
  const patterns: AclRule[] = [];
  for (const rule of rules) {
    const { owner } = rule;
    if (owner.kind === 'pattern') patterns.push(rule);
    else if (owner.kind === 'anonymous') anonymous.push(rule);
    else users.set(owner.name, [...(users.get(owner.name) ?? []), rule]);
  }
  const ordered = [...users].map(([name, own]) => [name, denialsFirst(own)] as const);
  return { users: new Map(ordered), anonymous: denialsFirst(anonymous), patterns: denialsFirst(patterns) };
}

/** mosquitto puts each denial at the head of its list, so the last one written is asked first. */
function denialsFirst(rules: readonly AclRule[]): readonly AclRule[] {
  const denials = rules.filter(rule => rule.access === 'deny').reverse();
  return [...denials, ...rules.filter(rule => rule.access !== 'deny')];
}
