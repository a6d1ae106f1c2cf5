import { resolve } from 'node:path';
import type { BrokerConf } from '../../core/mosquitto/broker-conf.ts';
import type { FileFacts } from '../../core/mosquitto/lint/input.ts';
import { type PasswordFile, parsePasswordFile } from '../../core/mosquitto/password-file.ts';
import { readFileAttributes } from '../files/file-facts.ts';
import { readTextFile } from '../files/text-file.ts';
import { verifyPassword } from '../password-hash.ts';

/** The names under which editors and people keep the older copy of a file. */
const COPIES = ['~', '.bak', '.old', '.orig', '.save'];

/**
 * The files of rights and passwords that a conf names. `cwd` is where the broker was started, from which it looks up a
 * relative name; the current folder where that is not known.
 */
export function namedFiles(conf: BrokerConf, cwd = ''): readonly FileFacts[] {
  return conf.settings.flatMap(({ key, value, file, line }): readonly FileFacts[] => {
    // With a comment in it, the name itself is the fault, and the conf's own issue says so.
    const [, what] = /^(?:(?:auth|plugin)_opt_)?(acl_file|password_file)$/.exec(key) ?? [];
    if (what === undefined || value === '' || /\s#/.test(value)) return [];
    const role = what === 'acl_file' ? 'acl' : 'passwords';
    const facts = readFileAttributes(resolve(cwd, value));
    return [{ file: value, role, ...facts, isInUse: true, namedIn: { file, line } }];
  });
}

/** What is known of a file that a person names; `named` are the files of the conf, of which it may be one. */
export function factsOfFile(file: string, role: FileFacts['role'], named: readonly FileFacts[]): FileFacts {
  const inConf = named.find(facts => isSameFile(facts.file, file));
  const isInUse = inConf !== undefined || resolve(file).startsWith('/etc/');
  const where = inConf?.namedIn === undefined ? {} : { namedIn: inConf.namedIn };
  return { file, role, ...readFileAttributes(file), isInUse, ...where };
}

/** The files that a person names, and those of the conf that are not among them. */
export function withNamedFiles(given: readonly FileFacts[], named: readonly FileFacts[]): readonly FileFacts[] {
  return [...given, ...named.filter(facts => !given.some(other => isSameFile(other.file, facts.file)))];
}

function isSameFile(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

/**
 * Users whose hash fits the hash that stands in an older copy of the file as if that were the password. `path` is where
 * the file lies.
 */
export function doubleHashedUsers(passwords: PasswordFile, path: string): readonly string[] {
  const older = COPIES.flatMap(suffix => {
    const text = readTextFile(`${path}${suffix}`);
    return text.ok ? parsePasswordFile(text.value, path).entries : [];
  });
  const isDouble = (user: string, hash: string): boolean =>
    older.some(
      entry =>
        entry.user === user &&
        (entry.kind === 'pbkdf2' || entry.kind === 'pbkdf2-long') &&
        verifyPassword(entry.secret, hash),
    );
  return passwords.entries.filter(({ user, secret }) => isDouble(user, secret)).map(entry => entry.user);
}
