import { closeSync, openSync, rmSync } from 'node:fs';
import { pauseThread } from '../clock.ts';
import { fileFaultOf, fileVersion } from './text-file.ts';

/** Who holds a lock reads and writes one small file: a lock that is older belongs to nobody any more, ms. */
const STALE_MS = 3_000;
const LOOK_MS = 5;

/**
 * Does the work while no other process does its own on the same file: others wait their turn. The lock is a file
 * beside it; one that a process which was killed has left is broken after 3 s. Throws what the work throws, and what the
 * system says where the lock cannot be made.
 */
export function withFileLock<Value>(file: string, work: () => Value): Value {
  const lock = lockOf(file);
  take(lock);
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The file that stands for the lock of another. */
export function lockOf(file: string): string {
  return `${file}.lock`;
}

function take(lock: string): void {
  let seen: string | null = null;
  for (let waitedMs = 0; !tryToTake(lock); waitedMs += LOOK_MS) {
    // By the time that we have seen it for, not by its date: clocks of two machines on one disk may differ.
    const now = fileVersion(lock);
    if (now !== seen) waitedMs = 0;
    else if (waitedMs >= STALE_MS) rmSync(lock, { force: true });
    seen = now;
    pauseThread(LOOK_MS);
  }
}

function tryToTake(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if (fileFaultOf(error).code === 'EEXIST') return false;
    throw error;
  }
}
