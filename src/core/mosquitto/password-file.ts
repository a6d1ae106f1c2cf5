import type { Issue } from '../issue.ts';

/**
 * How a password is kept: PBKDF2 (`$7$`), SHA-512 (`$6$`, of mosquitto 1.x), as it is (`plain`), or as a hash that is
 * not whole (`broken`). mosquitto drops the last two at start, and the user cannot log in.
 */
export type PasswordKind = 'pbkdf2' | 'sha512' | 'plain' | 'broken';

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
  readonly issues: readonly Issue[];
}

const BASE64 = '[A-Za-z0-9+/]+={0,2}';
const PBKDF2 = new RegExp(`^\\$7\\$[1-9][0-9]*\\$${BASE64}\\$${BASE64}$`);
const SHA512 = new RegExp(`^\\$6\\$${BASE64}\\$${BASE64}$`);

/** Reads a password_file. Never fails: what is wrong with it comes as issues with their lines, no secret in them. */
export function parsePasswordFile(text: string, file: string): PasswordFile {
  const entries: PasswordEntry[] = [];
  const issues: Issue[] = [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, content] of lines.entries()) {
    const place = { file, line: index + 1 };
    const entry = parseEntry(content, index + 1);
    if (entry === null) issues.push({ ...strayLine(content), place });
    else {
      const issue = entryIssue(entry, entries, file);
      if (issue !== null) issues.push({ ...issue, place });
      entries.push(entry);
    }
  }
  return { file, entries, issues };
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
function trimBlanks(text: string): string {
  return text.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');
}

function kindOf(secret: string): PasswordKind {
  if (PBKDF2.test(secret)) return 'pbkdf2';
  if (SHA512.test(secret)) return 'sha512';
  return secret === '' || /^\$[67]\$/.test(secret) ? 'broken' : 'plain';
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

function entryIssue(entry: PasswordEntry, before: readonly PasswordEntry[], file: string): Issue | null {
  const { user, kind } = entry;
  const name = `"${user}"`;
  if (user.startsWith('\ufeff')) {
    const message = 'a byte-order mark stands before the user name, so that this user cannot log in';
    return { severity: 'error', message, cure: 'Save the file as UTF-8 without a byte-order mark.' };
  }
  if (kind === 'plain') {
    const message = `the password of ${name} stands in plain text: mosquitto drops the entry, and the login is refused`;
    return {
      severity: 'error',
      message,
      cure: `Run once: mosquitto_passwd -U ${file} (a second run hashes the hashes).`,
    };
  }
  if (kind === 'broken') {
    const message = `the hash of ${name} is not whole: mosquitto drops the entry, and the login is refused`;
    return { severity: 'error', message, cure: `Set the password anew: mosquitto_passwd ${file} ${user}` };
  }
  const first = before.find(other => other.user === user);
  if (first === undefined) return null;
  const message = `${name} has a second password, the first is in line ${first.line}`;
  return { severity: 'warning', message, cure: 'Keep one of the two lines.' };
}
