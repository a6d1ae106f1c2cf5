import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { pauseThread } from '../clock.ts';
import { fateOf, ownMark, type ProcessMark } from '../running-process.ts';
import { fileFaultOf, fileVersion } from './text-file.ts';

/** Who holds a lock reads and writes one small file: where nobody sees the holder, an older lock is nobody's any more, ms. */
const STALE_MS = 3_000;
/** A process of this machine that has held one for so long is stopped, or waits for its disk, ms: neither is waited for. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 5;

/**
 * Does the work while no other process does its own on the same file: others wait their turn. The lock is a file
 * beside it with the mark of its process. That of a process which was killed is broken at once; one whose process cannot
 * be seen from here after 3 s. Throws what the work throws, what the system says where the lock cannot be made, and
 * `EBUSY` where a process that runs does not let go of it for 5 s.
 */
export function withFileLock<Value>(file: string, work: () => Value): Value {
  const lock = lockOf(file);
  const own = take(lock);
  try {
    return work();
  } finally {
    // On another machine we may have been taken for gone: then it is another one's by now.
    if (fileVersion(lock) === own) rmSync(lock, { force: true });
  }
}

/** The file that stands for the lock of another. */
export function lockOf(file: string): string {
  return `${file}.lock`;
}

/** Gives what tells our lock from others of its name. */
function take(lock: string): string | null {
  let seen: string | null = null;
  for (let heldMs = 0; !tryToTake(lock); heldMs += LOOK_MS) {
    // By the time that we have seen it for, not by its date: clocks of two machines on one disk may differ.
    const now = fileVersion(lock);
    if (now !== seen) heldMs = 0;
    seen = now;
    const holder = readHolder(lock);
    const fate = holder === null ? 'unseen' : fateOf(holder);
    if (fate === 'gone' || (fate === 'unseen' && heldMs >= STALE_MS)) breakLock(lock, now);
    if (fate === 'running' && heldMs >= PATIENCE_MS) throw heldTooLong(holder?.pid ?? 0);
    pauseThread(LOOK_MS);
  }
  return fileVersion(lock);
}

function tryToTake(lock: string): boolean {
  let opened: number;
  try {
    opened = openSync(lock, 'wx', 0o600);
  } catch (error) {
    if (fileFaultOf(error).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(opened, JSON.stringify(ownMark()));
  } catch {
    // A full disk: it is a lock all the same, of somebody who cannot be seen.
  } finally {
    closeSync(opened);
  }
  return true;
}

/** Who holds it; `null` where that does not stand in it, or not yet. */
function readHolder(lock: string): ProcessMark | null {
  try {
    const mark: unknown = JSON.parse(readFileSync(lock, 'utf8'));
    return typeof mark === 'object' && mark !== null && 'pid' in mark ? (mark as ProcessMark) : null;
  } catch {
    return null;
  }
}

/** By one at a time: of two that find the same old lock, the slower one would remove the new lock of the other. */
function breakLock(lock: string, seen: string | null): void {
  withFileLock(lock, () => {
    if (fileVersion(lock) === seen) rmSync(lock, { force: true });
  });
}

function heldTooLong(pid: number): Error {
  const message = `process ${pid} has held it for ${PATIENCE_MS / 1_000} s`;
  return Object.assign(new Error(message), { code: 'EBUSY', syscall: 'lock' });
}
