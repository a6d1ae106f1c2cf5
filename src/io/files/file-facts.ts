import { readdirSync, readFileSync, statSync } from 'node:fs';

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

/** What to do so that one may read a file that the system refuses: join its group, or be root for once. */
export function cureOfUnreadable(path: string): string {
  const { mode, group } = readFileAttributes(path);
  if (mode !== null && group !== null && group !== 'root' && (mode & 0o040) !== 0) {
    return `Join the group ${group} (sudo usermod -aG ${group} "$USER", then log in again), or run this with sudo.`;
  }
  return 'Run this with sudo, or let its group read it (sudo chmod g+r) and join that group.';
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
