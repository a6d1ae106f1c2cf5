import { chmodSync, chownSync, readdirSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../running-process.ts';

/** What the new file is to be like. */
export type Replacement = {
  /** Called when the new file lies ready; what it throws leaves all as it was. */
  readonly check?: () => void;
} & (
  | /** A file that is not there yet, with this mode less the umask. */ { readonly mode: number }
  /**
   * In the place of another: with its mode, and its owner where the system lets us; with `isOwnerKept` not at all where it
   * does not.
   */
  | { readonly old: Stats; readonly isOwnerKept?: boolean }
);

/**
 * Puts a file in the place of `path` at once: whoever reads it sees the old or the new one, never half of one. Throws
 * what the system says, and then all is as it was.
 */
export function replaceFile(path: string, content: string | Uint8Array, how: Replacement): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    remove(temporary);
    // Anew or not at all: in a folder that others may write to, a link of this name could lead to another file.
    const mode = 'old' in how ? 0o600 : how.mode;
    writeFileSync(temporary, content, { mode, flag: 'wx', flush: true });
    if ('old' in how) keepAttributes(temporary, how.old, how.isOwnerKept === true);
    how.check?.();
    renameSync(temporary, path);
  } catch (error) {
    remove(temporary);
    throw error;
  }
}

/** Removes what processes that were killed had laid ready for this file: hashes may stand in it. */
export function removeLeftovers(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const [, pid] = name.startsWith(`${basename(path)}.`) ? (/\.(\d+)\.tmp$/.exec(name) ?? []) : [];
    if (pid !== undefined && !isRunning(Number(pid))) remove(join(dirname(path), name));
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where it could not even be looked for, it was not made.
  }
}

function keepAttributes(path: string, { uid, gid, mode }: Stats, isOwnerKept: boolean): void {
  const own = statSync(path);
  try {
    if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
  } catch (error) {
    // Only root may give a file away; where others than we are to read it, that matters as much as the text.
    if (isOwnerKept) throw error;
  }
  chmodSync(path, mode & 0o7777);
}
