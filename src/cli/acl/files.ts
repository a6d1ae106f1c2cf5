import { dirname, isAbsolute, join, resolve } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { formatIssue } from '../../core/issue.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import { isRefused, parseAclFile } from '../../core/mosquitto/acl-file.ts';
import { type BrokerConf, findSetting, joinConfs, parseBrokerConf } from '../../core/mosquitto/broker-conf.ts';
import { type BrokerVersion, byVersion } from '../../core/mosquitto/broker-version.ts';
import type { FileFacts, LintInput } from '../../core/mosquitto/lint/acl-lint.ts';
import { type PasswordFile, parsePasswordFile } from '../../core/mosquitto/password-file.ts';
import { cureOfUnreadable, listFolder, readFileAttributes } from '../../io/files/file-facts.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import { verifyPassword } from '../../io/password-hash.ts';

/** The names under which editors and people keep the older copy of a file. */
const COPIES = ['~', '.bak', '.old', '.orig', '.save'];

/** Reads an ACL file. Throws a `Failure` (66) that says why it cannot be read and what to do. */
export function readAcl(path: string): AclFile {
  return parseAclFile(readNamedFile(path, 'the ACL file'), path);
}

/** An ACL that the broker would take. Throws a `Failure` (78): with a refused file it has no ACL, or does not run. */
export function readSoundAcl(file: string, version: BrokerVersion | null = null): AclFile {
  const acl = readAcl(file);
  if (!isRefused(acl)) return acl;
  const errors = acl.issues.filter(issue => issue.severity === 'error').map(formatIssue);
  const reload = byVersion(version, 'goes on with no ACL at all', 'ends');
  const message = `mosquitto does not start with this file, and at a reload (SIGHUP) ${reload}\n${errors.join('\n')}`;
  throw new Failure(ExitCode.config, message);
}

/** Everything for the lint that stands in files: the ACL, the passwords and the conf with what it includes. */
export function readBrokerFiles(
  aclPath: string,
  passwordsPath?: string,
  confPath?: string,
  version: BrokerVersion | null = null,
): Omit<LintInput, 'needs'> {
  const conf = confPath === undefined ? null : readConf(confPath);
  const named = conf === null ? [] : namedFiles(conf);
  const passwordsFile = passwordsPath ?? named.find(facts => facts.role === 'passwords' && facts.exists)?.file;
  const passwords = passwordsFile === undefined ? null : readPasswords(passwordsFile, version);
  const given = [
    factsOf(aclPath, 'acl', named),
    ...(passwordsPath === undefined ? [] : [factsOf(passwordsPath, 'passwords', named)]),
  ];
  const isNew = (facts: FileFacts): boolean => !given.some(other => isSameFile(other.file, facts.file));
  return {
    version,
    acl: readAcl(aclPath),
    passwords,
    conf,
    files: [...given, ...named.filter(isNew)],
    doubleHashed: passwords === null ? [] : doubleHashedUsers(passwords),
  };
}

function readNamedFile(path: string, what: string): string {
  const text = readTextFile(path);
  if (text.ok) return text.value;
  const cure = text.error.code === 'EACCES' ? cureOfUnreadable(path) : 'Name the file that is meant.';
  throw new Failure(ExitCode.noInput, `${what} ${path} cannot be read: ${text.error.why}`, cure);
}

function readPasswords(path: string, version: BrokerVersion | null): PasswordFile {
  return parsePasswordFile(readNamedFile(path, 'the password file'), path, version);
}

/** A conf and the `*.conf` files of its include_dir, in the order in which mosquitto reads them. */
export function readConf(path: string): BrokerConf {
  const main = parseBrokerConf(readNamedFile(path, 'the conf'), path);
  const setting = findSetting(main, 'include_dir');
  if (setting === null || setting.value === '') return main;
  const { value: folder, file: place, line } = setting;
  // A relative one is looked up from where the broker was started, which is not known.
  if (isAbsolute(folder) && !readFileAttributes(folder).exists && !/\s#/.test(folder)) {
    const message = `the folder ${folder} does not exist; mosquitto does not start with it`;
    const cure = 'Make the folder, or delete the line.';
    return { ...main, issues: [...main.issues, { severity: 'error', message, cure, place: { file: place, line } }] };
  }
  const names = listFolder(resolve(dirname(path), folder)).filter(name => name.endsWith('.conf'));
  const included = names.map(name => {
    const file = join(folder, name);
    return parseBrokerConf(readNamedFile(resolve(dirname(path), file), 'the conf'), file);
  });
  return joinConfs([main, ...included]);
}

/** The files that a conf names. A relative name is looked up from the current folder, as the broker does. */
function namedFiles(conf: BrokerConf): readonly FileFacts[] {
  return conf.settings.flatMap(({ key, value, file, line }): readonly FileFacts[] => {
    // With a comment in it, the name itself is the fault, and the conf's own issue says so.
    const [, what] = /^(?:plugin_opt_)?(acl_file|password_file)$/.exec(key) ?? [];
    if (what === undefined || value === '' || /\s#/.test(value)) return [];
    const role = what === 'acl_file' ? 'acl' : 'passwords';
    return [{ file: value, role, ...readFileAttributes(value), isInUse: true, namedIn: { file, line } }];
  });
}

/** What is known of a file of the command line; `named` are the files of the conf, of which it may be one. */
function factsOf(file: string, role: FileFacts['role'], named: readonly FileFacts[]): FileFacts {
  const inConf = named.find(facts => isSameFile(facts.file, file));
  const isInUse = inConf !== undefined || resolve(file).startsWith('/etc/');
  const where = inConf?.namedIn === undefined ? {} : { namedIn: inConf.namedIn };
  return { file, role, ...readFileAttributes(file), isInUse, ...where };
}

function isSameFile(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

/** Users whose hash fits the hash that stands in an older copy of the file as if that were the password. */
function doubleHashedUsers(passwords: PasswordFile): readonly string[] {
  const older = COPIES.flatMap(suffix => {
    const text = readTextFile(`${passwords.file}${suffix}`);
    return text.ok ? parsePasswordFile(text.value, passwords.file).entries : [];
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
