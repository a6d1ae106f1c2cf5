import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import type { Issue } from '../issue.ts';
import type { AclFile } from '../mosquitto/acl-file.ts';
import type { BrokerConf } from '../mosquitto/broker-conf.ts';
import { isUnguarded, listenerName, listenersOf } from '../mosquitto/conf/listeners.ts';
import { lintAcl, lintConf } from '../mosquitto/lint/acl-lint.ts';
import { isSameName, type LintInput } from '../mosquitto/lint/input.ts';
import type { PasswordFile } from '../mosquitto/password-file.ts';
import { at, type Check, type CheckId, checkOfIssue, fault, unexamined, well } from './check.ts';
import type { FileRole, FilesInput, Installation } from './installation.ts';

/** The files of the broker against each other and against the house: each finding, and each file without one. */
export function examineFiles(input: FilesInput): readonly Check[] {
  const { installation } = input;
  const found = findings(input);
  const issues = found.map(issue => checkOfIssue(roleOf(issue, installation), nameOf(issue), issue));
  const closed = installation.closed.map(({ file, role, why, cure }) =>
    unexamined(role, cleanText(file), `it cannot be read: ${why}`, cure),
  );
  return [...issues, ...closed, ...guardsOf(input), ...soundFiles(input, found)];
}

/** What the lint finds, each once: several files of rights have the conf and the passwords in common. */
function findings({ installation, needs, version }: FilesInput): readonly Issue[] {
  const { acls, conf, files, doubleHashed } = installation;
  const base: Omit<LintInput, 'acl' | 'passwords'> = { conf, files, doubleHashed, version, needs };
  const lists =
    acls.length === 0
      ? passwordsOf(installation).map(passwords => lintConf({ ...base, passwords }))
      : acls.flatMap(acl =>
          passwordsFor(acl, installation).map(passwords =>
            lintAcl({ ...base, acl, passwords, needs: acls.length === 1 ? needs : [] }),
          ),
        );
  const byKey = new Map(lists.flat().map(issue => [JSON.stringify([issue.place, issue.message]), issue]));
  return [...byKey.values()];
}

/** At least one, so that what is between the others is looked at too. */
function passwordsOf({ passwords }: Installation): readonly (PasswordFile | null)[] {
  return passwords.length === 0 ? [null] : passwords;
}

/** The password files of the listeners on which these rights hold. */
function passwordsFor(acl: AclFile, installation: Installation): readonly (PasswordFile | null)[] {
  const all = passwordsOf(installation);
  if (installation.conf === null || all.length === 1) return all;
  const listeners = listenersOf(installation.conf).filter(({ acls }) => acls.some(({ value }) => value === acl.file));
  const names = listeners.flatMap(({ passwords }) => passwords.map(({ value }) => value));
  const own = all.filter(passwords => passwords !== null && names.includes(passwords.file));
  return own.length === 0 ? all.slice(0, 1) : own;
}

const ROLES: Readonly<Record<FileFactsRole, CheckId>> = { acl: 'acl', passwords: 'passwords' };
type FileFactsRole = Exclude<FileRole, 'conf' | 'certificate'>;

/** Which check a finding belongs to, by the file that it stands in. */
function roleOf({ place }: Issue, { acls, passwords, confFiles, files }: Installation): CheckId {
  if (place === undefined) return 'conf';
  if (confFiles.includes(place.file)) return 'conf';
  if (acls.some(({ file }) => file === place.file)) return 'acl';
  if (passwords.some(({ file }) => file === place.file)) return 'passwords';
  const facts = files.find(({ file }) => file === place.file);
  return facts === undefined ? 'conf' : ROLES[facts.role];
}

function nameOf({ place }: Issue): string {
  return cleanText(place?.file ?? 'the files');
}

/** Where nothing decides who may do what: a conf without a file of rights and without a plugin, and what plugins decide. */
function guardsOf({ installation }: FilesInput): readonly Check[] {
  const { conf, confFile, acls } = installation;
  if (conf === null || confFile === null) return [];
  const listeners = listenersOf(conf);
  const plugins = new Set(listeners.flatMap(listener => listener.plugins));
  // What dynamic security knows is read by itself.
  const foreign = [...plugins].filter(({ kind }) => kind !== 'dynamic-security');
  const named = foreign.map(({ path, setting }) => {
    const evidence = `the plugin ${cleanText(path)} may decide who gets in and who may do what; it is not known here`;
    return at(unexamined('acl', 'plugin', evidence, 'Look at its own rights.'), placeOf(setting));
  });
  // Beside a listener with rights, one without is a finding of the lint; so is a file of rights that the conf does not use.
  if (!listeners.every(isUnguarded) || acls.length > 0) return named;
  const evidence = `no acl_file is set: whoever is let in on ${listeners.map(listenerName).join(', ')} may read and write everything`;
  const cure = 'Make one with hometui acl write, and add the line: acl_file /etc/mosquitto/acl';
  return [...named, at(fault('acl', 'rights', evidence, cure), { file: confFile })];
}

/** The files in which nothing was found. */
function soundFiles({ installation }: FilesInput, found: readonly Issue[]): readonly Check[] {
  const isSound = (file: string): boolean => !found.some(({ place }) => place?.file === file);
  const { conf, confFile, confFiles, acls, passwords } = installation;
  const isConfSound = conf !== null && confFile !== null && confFiles.every(isSound);
  const count = confFiles.length > 1 ? `${countText(confFiles.length, 'file')}, ` : '';
  const listening = conf === null ? [] : listenersOf(conf).map(listenerName);
  return [
    ...(isConfSound ? [well('conf', cleanText(confFile), `${count}${listening.join(', ')}: nothing found`)] : []),
    ...acls
      .filter(({ file }) => isSound(file))
      .map(acl => well('acl', cleanText(acl.file), `${countText(acl.rules.length, 'rule')}: nothing found`)),
    ...passwords
      .filter(({ file }) => isSound(file))
      .map(({ file, entries }) =>
        well('passwords', cleanText(file), `${countText(entries.length, 'user')}: nothing found`),
      ),
  ];
}

function placeOf({ file, line }: BrokerConf['settings'][number]): { readonly file: string; readonly line: number } {
  return { file, line };
}

/** The file of rights that holds on a listener, where it could be read; `null` else. */
export function aclOfListener(
  { acls }: Pick<Installation, 'acls'>,
  names: readonly { readonly value: string }[],
): AclFile | null {
  const name = names.at(-1)?.value;
  if (name === undefined) return null;
  return acls.find(({ file }) => file === name) ?? acls.find(({ file }) => isSameName(file, name)) ?? null;
}
