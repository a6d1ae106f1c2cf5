import { fail, ok, type Result } from '../../result.ts';
import { quote } from '../acl-line.ts';
import { type PasswordEntry, type PasswordFile, trimBlanks, usersCommand } from '../password-file.ts';
import { userNameFault } from '../user-name.ts';
import type { LineEdit } from './line-edit.ts';

/** One change of one user's line. No secret stands in the words of it, only in its edit. */
export interface PasswordStep {
  readonly kind: 'add' | 'set' | 'hash' | 'rename' | 'remove';
  readonly user: string;
  /** Counted from 1, before any change; of a line that is added, the one before which it comes. */
  readonly line: number;
  readonly edit: LineEdit;
  /** The new name of `rename`. */
  readonly name?: string;
  /** What a person should know of it, one clause; absent where nothing is out of the ordinary. */
  readonly remark?: string;
}

/** Why a change cannot be made: one sentence without a full stop, and what to do. Then nothing is changed. */
export interface EditFault {
  readonly message: string;
  readonly cure: string;
}

export type PasswordPlan = Result<readonly PasswordStep[], EditFault>;

/** Makes the hash that takes a password's place in the file. */
export type Hash = (password: string) => string;

/** A new user in a line of its own at the end of the file. `secret` is a hash. */
export function planAdd(passwords: PasswordFile, user: string, secret: string): PasswordPlan {
  const fault = nameFault(user) ?? takenFault(passwords, user);
  if (fault !== null) return fail(fault);
  const twin = twinOf(passwords, user);
  const remark = twin === undefined ? {} : { remark: `${quote(twin)} is another user: capitals count` };
  return ok([{ ...addition(passwords, user, secret), ...remark }]);
}

/** Another password for a user; where the name has two lines, in the one that mosquitto 2.0 takes, the later. */
export function planPassword(passwords: PasswordFile, user: string, secret: string): PasswordPlan {
  const entry = entriesOf(passwords, user).at(-1);
  if (entry === undefined)
    return fail(missingFault(passwords, user, `Add it: ${usersCommand('add', passwords.file, user)}`));
  const text = `${beforeSecret(passwords, entry)}${secret}`;
  return ok([{ kind: 'set', user, line: entry.line, edit: { kind: 'replace', line: entry.line, text } }]);
}

/** All lines of a user gone. */
export function planRemoval(passwords: PasswordFile, user: string): PasswordPlan {
  const entries = entriesOf(passwords, user);
  if (entries.length === 0) return fail(missingFault(passwords, user));
  return ok(entries.map(({ line }) => ({ kind: 'remove', user, line, edit: { kind: 'delete', line } })));
}

/** Another name for a user, whose password stays as it is. */
export function planRename(passwords: PasswordFile, user: string, name: string): PasswordPlan {
  const entries = entriesOf(passwords, user);
  if (entries.length === 0) return fail(missingFault(passwords, user));
  const fault = nameFault(name) ?? takenFault(passwords, name);
  if (fault !== null) return fail(fault);
  return ok(
    entries.map(({ line }) => {
      const content = lineOf(passwords, line);
      const mark = content.startsWith('\ufeff') ? '\ufeff' : '';
      const text = `${mark}${name}${content.slice(content.indexOf(':'))}`;
      return { kind: 'rename', user, name, line, edit: { kind: 'replace', line, text } };
    }),
  );
}

/** The hash in place of each password that stands in plain text; what is hashed stays as it is. */
export function planHashing(passwords: PasswordFile, hash: Hash): PasswordPlan {
  const steps: PasswordStep[] = [];
  for (const entry of passwords.entries.filter(({ kind }) => kind === 'plain')) {
    const { user, line } = entry;
    const fault = userNameFault(nameIn(entry)) ?? plainFault(passwords, entry);
    if (fault !== null) return fail(lineFault(passwords, entry, fault));
    const text = `${beforeSecret(passwords, entry)}${hash(plainText(passwords, entry))}`;
    steps.push({ kind: 'hash', user, line, edit: { kind: 'replace', line, text }, ...remarkOn(passwords, entry) });
  }
  return ok(steps);
}

/** The users of a list that are not in the file yet, their plain text hashed, their hashes as they are. */
export function planImport(passwords: PasswordFile, list: PasswordFile, hash: Hash): PasswordPlan {
  const steps: PasswordStep[] = [];
  for (const entry of list.entries) {
    const user = nameIn(entry);
    if (entriesOf(passwords, user).length > 0) continue;
    const fault = userNameFault(user) ?? entryFault(list, entry);
    if (fault !== null) return fail(lineFault(list, entry, fault));
    const isPlain = entry.kind === 'plain';
    const secret = isPlain ? hash(plainText(list, entry)) : entry.secret;
    steps.push({ ...addition(passwords, user, secret), ...(isPlain ? remarkOn(list, entry) : {}) });
  }
  return ok(steps);
}

/** A user's entries; a byte-order mark before the first name belongs to the file and not to the name. */
function entriesOf({ entries }: PasswordFile, user: string): readonly PasswordEntry[] {
  return entries.filter(entry => nameIn(entry) === user);
}

/** Each user once, in file order. */
export function usersOf({ entries }: PasswordFile): readonly string[] {
  return [...new Set(entries.map(nameIn))];
}

function nameIn({ user, line }: PasswordEntry): string {
  return line === 1 ? user.replace(/^\ufeff/, '') : user;
}

function addition({ lines }: PasswordFile, user: string, secret: string): PasswordStep {
  const line = lines.length + 1;
  return { kind: 'add', user, line, edit: { kind: 'insert', before: line, text: `${user}:${secret}` } };
}

function lineOf({ lines }: PasswordFile, line: number): string {
  return (lines[line - 1] ?? '').replace(/\r+$/, '');
}

/** The line up to the colon, and with it whatever stands around the name. */
function beforeSecret(passwords: PasswordFile, { line }: PasswordEntry): string {
  const content = lineOf(passwords, line);
  return content.slice(0, content.indexOf(':') + 1);
}

/** All behind the first colon, as whoever wrote it meant it: mosquitto_passwd stops at a second one. */
function plainText(passwords: PasswordFile, { line }: PasswordEntry): string {
  const content = lineOf(passwords, line);
  return trimBlanks(content.slice(content.indexOf(':') + 1));
}

function remarkOn(passwords: PasswordFile, entry: PasswordEntry): Pick<PasswordStep, 'remark'> {
  const raw = lineOf(passwords, entry.line).slice(beforeSecret(passwords, entry).length);
  const remarks = [
    ...(raw === trimBlanks(raw) ? [] : ['the blanks around the password are no part of it']),
    ...(raw.includes(':') ? ['the colon in the password is part of it'] : []),
  ];
  return remarks.length === 0 ? {} : { remark: remarks.join('; ') };
}

function plainFault(passwords: PasswordFile, entry: PasswordEntry): string | null {
  const { line } = entry;
  if (entriesOf(passwords, nameIn(entry)).some(other => other.line !== line)) return 'stands in a second line too';
  return passwordFault(plainText(passwords, entry)) === null ? null : 'has a password that is no valid UTF-8';
}

function entryFault(list: PasswordFile, entry: PasswordEntry): string | null {
  if (entry.kind === 'broken') return 'has no password, or a hash that is not whole';
  return plainFault(list, entry);
}

/** Why a password cannot be one, in words to be put behind it; `null` where it can. */
export function passwordFault(password: string): string | null {
  if (password === '') return 'is empty';
  // The broker's own check of a password ends at a null character; a line feed ends the line in every file.
  if (password.includes('\0')) return 'has a null character';
  if (/\p{Surrogate}|\ufffd/u.test(password)) return 'is no valid UTF-8';
  return new TextEncoder().encode(password).length > 65_535 ? 'is longer than 65535 bytes' : null;
}

function nameFault(name: string): EditFault | null {
  const fault = userNameFault(name);
  return fault === null ? null : { message: `the user name ${quote(name)} ${fault}`, cure: 'Take another name.' };
}

function lineFault({ file }: PasswordFile, { user, line }: PasswordEntry, fault: string): EditFault {
  return { message: `${file}:${line}: ${quote(user)} ${fault}`, cure: 'Mend this line first; nothing was changed.' };
}

function takenFault(passwords: PasswordFile, user: string): EditFault | null {
  const [entry] = entriesOf(passwords, user);
  if (entry === undefined) return null;
  const message = `${quote(user)} is in ${passwords.file} already (line ${entry.line})`;
  return { message, cure: `Give it another password: ${usersCommand('passwd', passwords.file, user)}` };
}

/** A user whose name differs in capitals only. */
function twinOf(passwords: PasswordFile, user: string): string | undefined {
  return usersOf(passwords).find(name => name !== user && name.toLowerCase() === user.toLowerCase());
}

function missingFault(passwords: PasswordFile, user: string, cure?: string): EditFault {
  const twin = twinOf(passwords, user);
  const all =
    passwords.entries.length === 0 ? 'The file has no users.' : `See who is: ${usersCommand('list', passwords.file)}`;
  const meant = twin === undefined ? '' : `, but ${quote(twin)} is: capitals count`;
  return {
    message: `${quote(user)} is not in ${passwords.file}${meant}`,
    cure: twin === undefined ? (cure ?? all) : all,
  };
}
