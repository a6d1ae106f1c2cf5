import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '../files/file-lock.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { fateOf, ownMark, type ProcessMark } from '../running-process.ts';

/** What writes into a history: a console as long as it is open, the daemon, or who mends it or imports into it. */
export type LockRole = 'console' | 'daemon' | 'upkeep';

/** Who writes into a history. */
export interface LockOwner extends ProcessMark {
  /** Absent in a lock of an older hometui, which has no daemon. */
  readonly role?: LockRole;
  /** Since when it writes, ms since 1970. */
  readonly since?: number;
}

/** What is taken is given back. */
export interface WriterLock {
  readonly release: () => void;
}

/** From another machine or container nobody can be seen: who wrote nothing for so long is gone, ms. */
const UNSEEN_LIMIT_MS = 5 * 60_000;

/**
 * Takes the lock of a history for this process, or says who has it. One whose process is gone, by kill -9 or a power cut,
 * is taken over. `wallNow` is ms since 1970. Throws what the system says.
 */
export function takeWriterLock(folder: string, wallNow: number, role: LockRole): WriterLock | LockOwner {
  const file = join(folder, 'lock');
  // Two that find the same dead owner must not both take its place.
  return withFileLock(file, () => {
    const owner = readLockOwner(folder, wallNow);
    if (owner !== null) return owner;
    const own = { ...ownMark(), role, since: wallNow };
    writeFileSync(file, `${JSON.stringify(own)}\n`, { mode: 0o600 });
    return { release: () => releaseLock(file, own) };
  });
}

/** Who writes into a history at this moment, `wallNow`, ms; `null` for nobody. Takes nothing. */
export function readLockOwner(folder: string, wallNow: number): LockOwner | null {
  const owner = readOwner(join(folder, 'lock'));
  return owner !== null && isAlive(owner, folder, wallNow) ? owner : null;
}

function releaseLock(file: string, own: LockOwner): void {
  const owner = readOwner(file);
  if (owner?.pid === own.pid && owner.startedAt === own.startedAt) rmSync(file, { force: true });
}

function readOwner(file: string): LockOwner | null {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof found === 'object' && found !== null && 'pid' in found ? (found as LockOwner) : null;
  } catch (error) {
    // A torn or empty one belongs to who was cut off while writing it.
    if (error instanceof SyntaxError || fileFaultOf(error).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(owner: LockOwner, folder: string, wallNow: number): boolean {
  const fate = fateOf(owner);
  return fate === 'unseen' ? wroteLately(folder, wallNow) : fate === 'running';
}

function wroteLately(folder: string, wallNow: number): boolean {
  const newest = readdirSync(folder).map(name => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...newest) > wallNow - UNSEEN_LIMIT_MS;
}
