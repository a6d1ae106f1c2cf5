import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CertificateFacts, ClosedFile, FileRole, Installation } from '../../core/doctor/installation.ts';
import { type AclFile, parseAclFile } from '../../core/mosquitto/acl-file.ts';
import type { BrokerConf } from '../../core/mosquitto/broker-conf.ts';
import type { BrokerVersion } from '../../core/mosquitto/broker-version.ts';
import type { FileFacts } from '../../core/mosquitto/lint/input.ts';
import { type PasswordFile, parsePasswordFile } from '../../core/mosquitto/password-file.ts';
import { cureOfUnreadable } from '../files/file-facts.ts';
import { type FileFault, readTextFile } from '../files/text-file.ts';
import { doubleHashedUsers, factsOfFile, namedFiles, withNamedFiles } from './named-files.ts';
import { readBrokerConf } from './read-conf.ts';

/** Which files are looked at; what is not named is taken from the conf. */
export interface InstallationPlace {
  readonly conf: string | null;
  readonly acl: string | null;
  readonly passwords: string | null;
  /** Where the broker was started; `null` where that is not known. */
  readonly cwd: string | null;
  readonly version: BrokerVersion | null;
}

/** Reads the files of a mosquitto. Never throws: what cannot be read is told in `closed`. */
export function readInstallation(place: InstallationPlace): Installation {
  const { cwd, version } = place;
  const read = place.conf === null ? null : readBrokerConf(place.conf, cwd);
  const conf = read === null || read.files.length === 0 ? null : read.conf;
  const named = conf === null ? [] : namedFiles(conf, cwd ?? '');
  const given = [
    ...(place.acl === null ? [] : [factsOfFile(place.acl, 'acl', named)]),
    ...(place.passwords === null ? [] : [factsOfFile(place.passwords, 'passwords', named)]),
  ];
  const files = withNamedFiles(given, named);
  const texts = files.map(facts => ({ facts, text: readTextFile(resolve(cwd ?? '', facts.file)) }));
  const textsOf = (role: FileFacts['role']): readonly (readonly [file: string, text: string])[] => {
    const found = texts.filter(({ facts }) => facts.role === role);
    // What a person names takes the place of what the conf names.
    const wanted = given.some(facts => facts.role === role)
      ? found.filter(({ facts }) => given.includes(facts))
      : found;
    return wanted.flatMap(({ facts, text }) => (text.ok ? [[facts.file, text.value] as const] : []));
  };
  const passwords = distinct(textsOf('passwords')).map(([file, text]) => parsePasswordFile(text, file, version));
  const acls: readonly AclFile[] = distinct(textsOf('acl')).map(([file, text]) => parseAclFile(text, file));
  const unread = texts.flatMap(({ facts, text }) =>
    text.ok || text.error.code === 'ENOENT' ? [] : [closedFile(facts.file, facts.role, text.error)],
  );
  const confFiles = read?.files ?? [];
  const examined = [...confFiles, ...acls.map(({ file }) => file), ...passwords.map(({ file }) => file)];
  return {
    confFile: place.conf,
    conf,
    confFiles,
    acls,
    passwords,
    files,
    closed: [...(read?.unread ?? []).map(({ file, fault }) => closedFile(file, 'conf', fault)), ...unread],
    certificates: conf === null ? [] : certificatesOf(conf, cwd ?? ''),
    doubleHashed: doubleHashed(passwords, cwd ?? ''),
    changedAt: timesOf(examined, cwd ?? ''),
  };
}

/** One file may be named on several lines. */
function distinct(texts: readonly (readonly [file: string, text: string])[]): readonly (readonly [string, string])[] {
  return [...new Map(texts)];
}

function doubleHashed(files: readonly PasswordFile[], cwd: string): readonly string[] {
  return files.flatMap(passwords => doubleHashedUsers(passwords, resolve(cwd, passwords.file)));
}

function closedFile(file: string, role: FileRole, fault: FileFault): ClosedFile {
  return { file, role, why: fault.why, cure: cureOfUnreadable(fault, file, 'Name the file that is meant.') };
}

function timesOf(files: readonly string[], cwd: string): ReadonlyMap<string, number> {
  const times = files.flatMap(file => {
    const found = statSync(resolve(cwd, file), { throwIfNoEntry: false });
    return found === undefined ? [] : [[file, found.mtimeMs] as const];
  });
  return new Map(times);
}

function certificatesOf({ settings }: BrokerConf, cwd: string): readonly CertificateFacts[] {
  const named = settings.filter(({ key, value }) => (key === 'certfile' || key === 'cafile') && value !== '');
  return named
    .filter(({ value }) => !/\s#/.test(value))
    .map(({ value, file, line }) => {
      const text = readTextFile(resolve(cwd, value));
      const exists = text.ok || text.error.code !== 'ENOENT';
      return { file: value, namedIn: { file, line }, exists, ...validityOf(text.ok ? text.value : null) };
    });
}

function validityOf(text: string | null): Pick<CertificateFacts, 'validFromAt' | 'validToAt'> {
  try {
    const { validFrom, validTo } = new X509Certificate(text ?? '');
    return { validFromAt: Date.parse(validFrom), validToAt: Date.parse(validTo) };
  } catch {
    return { validFromAt: null, validToAt: null };
  }
}
