import { chmodSync, chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fail, ok, type Result } from '../core/result.ts';

/** Why a file could not be read or written. */
export interface FileFault {
  /** As the system says it: `ENOENT`, `EACCES`, `ENOSPC`. */
  readonly code: string;
  /** In words, to be put behind a colon: `there is no such file`. */
  readonly why: string;
}

/** Reads a whole text file, UTF-8. */
export function readTextFile(path: string): Result<string, FileFault> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(faultOf(error));
  }
}

/** When a file was last changed, ms since 1970, and how long it is: together they tell a new version from the old. */
export function fileVersion(path: string): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return null;
  }
}

/**
 * Replaces a file at once: whoever reads it sees the old or the new text, never half of one. Mode and, where we may,
 * owner of a file that is there are kept; a new one gets `mode`. What is no ordinary file (`/dev/stdout`, a pipe) is
 * written to directly.
 */
export function writeTextFile(path: string, text: string, mode = 0o644): Result<null, FileFault> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    if (old !== undefined && !old.isFile()) {
      writeFileSync(path, text);
      return ok(null);
    }
    writeFileSync(temporary, text, { mode: old === undefined ? mode : old.mode & 0o777, flush: true });
    if (old !== undefined) keep(temporary, old);
    renameSync(temporary, path);
    return ok(null);
  } catch (error) {
    remove(temporary);
    const fault = faultOf(error);
    return fail(fault.code === 'ENOENT' ? { ...fault, why: 'its folder does not exist' } : fault);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where it could not even be looked for, it was not made.
  }
}

function keep(path: string, old: { readonly mode: number; readonly uid: number; readonly gid: number }): void {
  try {
    chownSync(path, old.uid, old.gid);
  } catch {
    // Only root may give a file away; the text matters more.
  }
  chmodSync(path, old.mode & 0o7777);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'your user has no permission',
  EPERM: 'your user has no permission',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
};

function faultOf(error: unknown): FileFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return { code, why: WORDS[code] ?? (error instanceof Error ? error.message : String(error)) };
}
