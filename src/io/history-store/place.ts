import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from '../../core/history/bytes/crc32.ts';
import type { Session } from '../../core/home/state/link.ts';
import type { Issue } from '../../core/issue.ts';
import { shownWord } from '../../core/to-copy.ts';
import { makeFolder } from '../files/folder.ts';
import { stateFolder } from '../files/xdg-folder.ts';

/** Ports that go without saying. */
const USUAL_PORTS = [1_883, 8_883];

/**
 * Where the history of a house is: a folder for each house and broker, since two houses may have one name; `null` where the
 * environment has no place for it.
 */
export function historyFolder(
  env: Readonly<Record<string, string | undefined>>,
  house: string,
  { host, port }: Pick<Session, 'host' | 'port'>,
): string | null {
  const folder = stateFolder(env);
  const place = USUAL_PORTS.includes(port) ? host : `${host}-${port}`;
  return folder === null ? null : join(folder, 'history', `${asFileName(house)}@${asFileName(place)}`);
}

/** The folders of all histories that are there; none where they cannot be listed. */
export function historyFolders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const folder = stateFolder(env);
  if (folder === null) return [];
  const all = join(folder, 'history');
  try {
    return readdirSync(all).map(name => join(all, name));
  } catch {
    return [];
  }
}

const LONGEST_NAME = 100;

/** A text as a name that every disk takes; different texts have different names. */
function asFileName(text: string): string {
  const name = encodeURIComponent(text).replace(/[!~*'()]|^\./g, sign => `%${sign.charCodeAt(0).toString(16)}`);
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME)}-${crc32(new TextEncoder().encode(text)).toString(16)}`;
}

/** The folder cannot be used: why, and what to do about it. */
export class HistoryRefusal extends Error {
  constructor(readonly issue: Issue) {
    super(issue.message);
    this.name = 'HistoryRefusal';
  }
}

/** Makes the folder where it is missing. Throws a `HistoryRefusal` for one that is not ours alone, and what the system says. */
export function makeHistoryFolder(folder: string): void {
  makeFolder(folder);
  checkHistoryFolder(folder);
}

/** Throws a `HistoryRefusal` for a folder that others may write to; and what the system says, `ENOENT` where there is none. */
export function checkHistoryFolder(folder: string): void {
  const refuse = (message: string, cure: string): never => {
    throw new HistoryRefusal({
      severity: 'warning',
      message: `the history in ${folder} is not used: ${message}`,
      cure,
    });
  };
  const [itself, found] = [lstatSync(folder), statSync(folder)];
  const own = process.geteuid?.();
  if (!found.isDirectory()) refuse('it is no folder', 'Move it away.');
  if (own === undefined) return;
  // A link of our own may lead to another disk; one that somebody else has put there may lead anywhere.
  if (itself.uid !== own || found.uid !== own) {
    refuse(
      'it belongs to another user',
      'Give it to your user with chown, or set XDG_STATE_HOME to a folder of your own.',
    );
  }
  if ((found.mode & 0o022) !== 0) refuse('others may write into it', `Close it: chmod 700 ${shownWord(folder)}`);
}
