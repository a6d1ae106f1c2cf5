import type { Issue } from '../issue.ts';
import { shownWord } from '../to-copy.ts';
import { type BrokerVersion, byVersion } from './broker-version.ts';

/**
 * How a password is kept: PBKDF2 (`$7$`), SHA-512 (`$6$`, of mosquitto 1.x), both also with the 64-byte salt of mosquitto
 * 2.1 (`…-long`), Argon2id (2.1), as it is (`plain`), or as a hash that is not whole (`broken`). mosquitto 2.0 drops the
 * last two, the long salt and Argon2id, and the user cannot log in; 2.1 does not start with the last two.
 */
export type PasswordKind = 'pbkdf2' | 'pbkdf2-long' | 'sha512' | 'sha512-long' | 'argon2id' | 'plain' | 'broken';

export interface PasswordEntry {
  /** Counted from 1. */
  readonly line: number;
  readonly user: string;
  readonly kind: PasswordKind;
  /** What stands behind the colon: a hash, or the password itself. Never to be shown. */
  readonly secret: string;
}

/** A password_file of mosquitto as the broker and mosquitto_passwd read it. */
export interface PasswordFile {
  /** Its name as it was given, for messages. */
  readonly file: string;
  readonly entries: readonly PasswordEntry[];
  /** The file's lines without line feeds, the first is line 1. Never to be shown. */
  readonly lines: readonly string[];
  readonly issues: readonly Issue[];
}

const BASE64 = '[A-Za-z0-9+/]+={0,2}';
const PBKDF2 = new RegExp(`^\\$7\\$[1-9][0-9]*\\$(${BASE64})\\$(${BASE64})$`);
const SHA512 = new RegExp(`^\\$6\\$(${BASE64})\\$${BASE64}$`);

/** The one length of salt that all versions take, bytes, the one of 2.1's mosquitto_passwd, and that of each hash. */
const [SALT, LONG_SALT, PBKDF2_HASH] = [12, 64, 64];

/** Reads a password_file. Never fails: what is wrong with it comes as issues with their lines, no secret in them. */
export function parsePasswordFile(text: string, file: string, version: BrokerVersion | null = null): PasswordFile {
  const entries: PasswordEntry[] = [];
  const issues: Issue[] = [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, content] of lines.entries()) {
    const entry = parseEntry(content, index + 1);
    if (entry === null) issues.push({ ...strayLine(content), place: { file, line: index + 1 } });
    else entries.push(entry);
  }
  for (const [index, entry] of entries.entries()) {
    const issue = entryIssue(entry, entries.slice(0, index), version);
    const cure = cureOf(entry, file);
    if (issue !== null) issues.push({ cure, ...issue, place: { file, line: entry.line } });
  }
  return {
    file,
    entries,
    lines,
    issues: issues.sort((one, other) => (one.place?.line ?? 0) - (other.place?.line ?? 0)),
  };
}

/** The name and the secret of a line, or `null` where mosquitto passes over it: no colon, or a # in the first column. */
function parseEntry(content: string, line: number): PasswordEntry | null {
  const colon = content.indexOf(':');
  if (colon < 0 || content.startsWith('#')) return null;
  const user = trimBlanks(content.slice(0, colon));
  const secret = trimBlanks(content.slice(colon + 1).split(':')[0] ?? '');
  return { line, user, kind: kindOf(secret), secret };
}

/** Blanks as C's isspace() has them: a byte-order mark is none, and stays. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');
}

function kindOf(secret: string): PasswordKind {
  const [, salt, hash] = PBKDF2.exec(secret) ?? [];
  if (salt !== undefined && hash !== undefined && lengthOf(hash) === PBKDF2_HASH) {
    if (lengthOf(salt) === SALT) return 'pbkdf2';
    if (lengthOf(salt) === LONG_SALT) return 'pbkdf2-long';
  }
  const [, olderSalt] = SHA512.exec(secret) ?? [];
  if (olderSalt !== undefined) return lengthOf(olderSalt) === LONG_SALT ? 'sha512-long' : 'sha512';
  if (secret.startsWith('$argon2id$')) return 'argon2id';
  return secret === '' || /^\$[67]\$/.test(secret) ? 'broken' : 'plain';
}

/** How many bytes a text in base64 stands for. */
function lengthOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}

/** A line that is no entry: the broker does not mind, mosquitto_passwd does (measured with 2.0.11 and 2.0.21). */
function strayLine(content: string): Issue {
  const isNamed = content.trim() !== '' && !content.startsWith('#');
  const what = isNamed ? 'a line without a colon' : content.trim() === '' ? 'a blank line' : 'a comment line';
  const message = `${what}: mosquitto_passwd -U stops here, and when it adds a user it deletes all that follow`;
  return {
    severity: 'warning',
    message,
    cure: isNamed ? 'Write it as user:password, or delete it.' : 'Delete the line.',
  };
}

function entryIssue(
  { user, kind }: PasswordEntry,
  before: readonly PasswordEntry[],
  version: BrokerVersion | null,
): Issue | null {
  const name = `"${user}"`;
  if (user.startsWith('\ufeff')) {
    const message = 'a byte-order mark stands before the user name, so that this user cannot log in';
    return { severity: 'error', message, cure: 'Save the file as UTF-8 without a byte-order mark.' };
  }
  const dropped = 'drops the entry, and the login is refused';
  const first = before.find(other => other.user === user);
  if (kind === 'plain' || kind === 'broken') {
    const what = kind === 'plain' ? `the password of ${name} stands in plain text` : `the hash of ${name} is not whole`;
    return { severity: 'error', message: `${what}: ${byVersion(version, dropped, 'does not start')}` };
  }
  if (first !== undefined) {
    const what = byVersion(version, 'takes the later one', 'does not start');
    const message = `${name} has a second password, the first is in line ${first.line}: ${what}`;
    return { severity: version === '2.0' ? 'warning' : 'error', message, cure: 'Keep one of the two lines.' };
  }
  if (kind === 'argon2id') {
    const on21 = 'takes it, where it was built with Argon2, and else does not start';
    return {
      severity: 'warning',
      message: `the hash of ${name} is one of Argon2id: ${byVersion(version, dropped, on21)}`,
    };
  }
  if (!kind.endsWith('-long') || version === '2.1') return null;
  const message = `the hash of ${name} has a salt of 64 bytes: ${byVersion(version, dropped, 'takes it')}`;
  return { severity: 'warning', message };
}

/** `mosquitto_passwd -U` hashes whatever it meets, hashes too, and what 2.1's writes 2.0 does not take: ours do neither. */
function cureOf({ user, kind }: PasswordEntry, file: string): string {
  if (kind === 'plain') return `Hash what stands in plain text, and nothing else: ${usersCommand('hash', file)}`;
  return `Set it anew: ${usersCommand('passwd', file, user)}`;
}

/** The line to type that does something to a password file and one of its users. */
export function usersCommand(word: 'add' | 'hash' | 'list' | 'passwd', ...operands: readonly string[]): string {
  return ['hometui users', word, ...operands.map(shownWord)].join(' ');
}
