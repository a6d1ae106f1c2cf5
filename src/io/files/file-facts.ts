import { readdirSync, readFileSync, statSync } from 'node:fs';
import { shownWord } from '../../core/to-copy.ts';
import type { FileFault } from './text-file.ts';

/** What the system says of a file without its text. */
export interface FileAttributes {
  readonly exists: boolean;
  /** The permission bits, as 0o640; `null` where the file or its folder cannot be looked at. */
  readonly mode: number | null;
  /** Names as in /etc/passwd and /etc/group; the number where there is none, `null` where unknown. */
  readonly owner: string | null;
  readonly group: string | null;
}

/** The attributes of a file; never throws. A file in a folder that we may not enter counts as there, with all unknown. */
export function readFileAttributes(path: string): FileAttributes {
  try {
    const { mode, uid, gid } = statSync(path);
    const owner = nameOfId('/etc/passwd', uid);
    return { exists: true, mode: mode & 0o7777, owner, group: nameOfId('/etc/group', gid) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const exists = code !== 'ENOENT' && code !== 'ENOTDIR';
    return { exists, mode: null, owner: null, group: null };
  }
}

/** The names in a folder, sorted as mosquitto reads an include_dir; none where it cannot be read. */
export function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

/**
 * What to do about a file of the broker's that cannot be read: where the system refuses it, join its group, or be root for
 * once; else `otherwise`.
 */
export function cureOfUnreadable({ code }: FileFault, path: string, otherwise: string): string {
  if (!isRefusal(code)) return otherwise;
  const { mode, group } = readFileAttributes(path);
  if (mode !== null && group !== null && group !== 'root' && (mode & 0o040) !== 0) {
    return `Join the group ${group} (sudo usermod -aG ${group} "$USER", then log in again), or run this with sudo.`;
  }
  return 'Run this with sudo.';
}

/** The same for a file of a person's own, which is to be read again and again without more rights. */
export function cureOfOwnFile({ code }: FileFault, path: string, otherwise: string): string {
  if (!isRefusal(code)) return otherwise;
  const { mode } = readFileAttributes(path);
  if (mode === null) return 'A folder on the way to it is closed to your user: name a copy in one of your own.';
  return `Give it to your user: sudo chown "$USER" ${shownWord(path)}`;
}

function isRefusal(code: string): boolean {
  return code === 'EACCES' || code === 'EPERM';
}

/** The name behind a number, by a table of the system's (`name:x:number:…`). */
function nameOfId(table: string, id: number): string {
  try {
    for (const line of readFileSync(table, 'utf8').split('\n')) {
      const [name = '', , number] = line.split(':');
      if (number === String(id)) return name;
    }
  } catch {
    // No such table on this system.
  }
  return String(id);
}
