import type { House } from '../../house/house.ts';
import { fail, ok, type Result } from '../../result.ts';
import { houseAcl, type Roles } from '../edit/house-acl.ts';
import { applyEdits, decodeText, type LineEdit } from '../edit/line-edit.ts';
import { type EditFault, planAdd, planPassword, usersOf } from '../edit/password-edit.ts';
import { parsePasswordFile } from '../password-file.ts';
import { SETUP_NAMES, type SetupListener, setupConf } from './conf.ts';
import { setupUsers, userFaults } from './users.ts';

/** What a set-up is to be. */
export interface SetupWish {
  readonly house: House;
  readonly roles: Roles;
  readonly listeners: readonly SetupListener[];
  /** Where the broker finds the files, absolute. */
  readonly brokerFolder: string;
  /** The password of each user who is to get one; who is left out keeps the one of the file. */
  readonly passwords: ReadonlyMap<string, string>;
}

/** Who has to be able to read a file: the broker alone, everybody, or only who runs the set-up. */
export type Reader = 'broker' | 'everybody' | 'owner';

/** One file of a set-up. */
export interface PlannedFile {
  /** Its name in the folder, with `/`. */
  readonly name: string;
  /** What it is, for a person. */
  readonly what: string;
  readonly content: Uint8Array;
  readonly reader: Reader;
  /** Whether passwords or hashes stand in it: then its lines are not shown. */
  readonly isSecret: boolean;
}

/**
 * The broker's files: passwords, rights, conf. `oldPasswords` are the bytes of the password file that is there, of which
 * all lines but those of the users of this set-up stay; `hash` makes what stands in place of a password. Fails with all
 * that the files' languages have no way for.
 */
export function planBrokerFiles(
  wish: SetupWish,
  oldPasswords: Uint8Array,
  hash: (password: string) => string,
): Result<readonly PlannedFile[], readonly EditFault[]> {
  const acl = houseAcl(wish.house, wish.roles);
  const passwords = passwordBytes(wish, oldPasswords, hash);
  const faults = [
    ...folderFaults(wish.brokerFolder),
    ...userFaults(setupUsers(wish.house, wish.roles), wish.passwords),
    ...(acl.ok ? [] : acl.error),
    ...(passwords.ok ? [] : passwords.error),
  ];
  if (!acl.ok || !passwords.ok || faults.length > 0) return fail(withoutTwins(faults));
  const { passwords: passwordsName, acl: aclName, conf } = SETUP_NAMES;
  return ok([
    {
      ...{ name: passwordsName, what: 'the password file', content: passwords.value },
      ...{ reader: 'broker', isSecret: true },
    },
    { name: aclName, what: 'who may do what', content: bytes(`${acl.value}\n`), reader: 'broker', isSecret: false },
    {
      ...{ name: conf, what: "the broker's conf", content: bytes(setupConf(wish.brokerFolder, wish.listeners)) },
      ...{ reader: 'everybody', isSecret: false },
    },
  ]);
}

/** The users who keep the password that is in the file: it is not known. */
export function keptUsers({ house, roles, passwords }: SetupWish): readonly string[] {
  return setupUsers(house, roles)
    .map(({ name }) => name)
    .filter(name => !passwords.has(name));
}

function passwordBytes(
  wish: SetupWish,
  old: Uint8Array,
  hash: (password: string) => string,
): Result<Uint8Array, readonly EditFault[]> {
  const { passwords: file } = SETUP_NAMES;
  const before = parsePasswordFile(decodeText(old), file);
  const known = usersOf(before);
  const edits: LineEdit[] = [];
  const faults: EditFault[] = [];
  for (const { name } of setupUsers(wish.house, wish.roles)) {
    const password = wish.passwords.get(name);
    if (password === undefined) {
      if (!known.includes(name)) faults.push({ message: `"${name}" has no password`, cure: 'Give one.' });
      continue;
    }
    const planned = (known.includes(name) ? planPassword : planAdd)(before, name, hash(password));
    if (planned.ok) edits.push(...planned.value.map(step => step.edit));
    else faults.push(planned.error);
  }
  const content = applyEdits(old, edits);
  const broken = parsePasswordFile(decodeText(content), file).issues.filter(({ severity }) => severity === 'error');
  faults.push(
    ...broken.map(({ message, cure, place }) => ({
      message: `${file}:${place?.line ?? 0}: ${message}`,
      cure: cure ?? '',
    })),
  );
  return faults.length > 0 ? fail(faults) : ok(content);
}

/** mosquitto takes all behind the setting's name for the file's, but for blanks at its end. */
function folderFaults(folder: string): readonly EditFault[] {
  if (!/[\u0000-\u001f\u007f]/.test(folder)) return [];
  const message = 'the folder has a control character in its name, and a line of the conf cannot name it';
  return [{ message, cure: 'Take a folder of another name.' }];
}

function withoutTwins(faults: readonly EditFault[]): readonly EditFault[] {
  return faults.filter((fault, index) => faults.findIndex(({ message }) => message === fault.message) === index);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
