import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { formatIssue } from '../../core/issue.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import { isRefused, parseAclFile } from '../../core/mosquitto/acl-file.ts';
import type { BrokerConf } from '../../core/mosquitto/broker-conf.ts';
import { type BrokerVersion, byVersion } from '../../core/mosquitto/broker-version.ts';
import type { LintInput } from '../../core/mosquitto/lint/acl-lint.ts';
import { type PasswordFile, parsePasswordFile } from '../../core/mosquitto/password-file.ts';
import { doubleHashedUsers, factsOfFile, namedFiles, withNamedFiles } from '../../io/broker-files/named-files.ts';
import { type ConfRead, readBrokerConf } from '../../io/broker-files/read-conf.ts';
import { cureOfUnreadable } from '../../io/files/file-facts.ts';
import { type FileFault, readTextFile } from '../../io/files/text-file.ts';

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
    factsOfFile(aclPath, 'acl', named),
    ...(passwordsPath === undefined ? [] : [factsOfFile(passwordsPath, 'passwords', named)]),
  ];
  return {
    version,
    acl: readAcl(aclPath),
    passwords,
    conf,
    files: withNamedFiles(given, named),
    doubleHashed: passwords === null ? [] : doubleHashedUsers(passwords, passwords.file),
  };
}

function readNamedFile(path: string, what: string): string {
  const text = readTextFile(path);
  if (text.ok) return text.value;
  throw unreadableFile(path, what, text.error);
}

function unreadableFile(path: string, what: string, fault: FileFault): Failure {
  const cure = cureOfUnreadable(fault, path, 'Name the file that is meant.');
  return new Failure(ExitCode.noInput, `${what} ${path} cannot be read: ${fault.why}`, cure);
}

function readPasswords(path: string, version: BrokerVersion | null): PasswordFile {
  return parsePasswordFile(readNamedFile(path, 'the password file'), path, version);
}

/** A conf with what it includes. Throws a `Failure` (66) for one of them that cannot be read. */
function readConf(path: string): BrokerConf {
  return readConfTexts(path).conf;
}

/** The same with the text of each of its files, by their names. */
export function readConfTexts(path: string): Pick<ConfRead, 'conf' | 'texts'> {
  const { conf, texts, unread } = readBrokerConf(path);
  for (const { file, fault } of unread) throw unreadableFile(file, 'the conf', fault);
  return { conf, texts };
}
