import type { OpenDiskFile } from '../disk-file.ts';
import { HistoryRefusal } from '../place.ts';
import { type LockOwner, type LockRole, takeWriterLock } from '../writer-lock.ts';

/** What the upkeep of a history is given of the world. */
export interface Upkeep {
  readonly folder: string;
  /** ms since 1970. */
  readonly wallNow: () => number;
  readonly openFile: OpenDiskFile;
  /** Lets others have their turn. Rejects where the work is to be broken off; nothing is lost then. */
  readonly pause: () => Promise<void>;
  /** Told how far it is: so many of so many. */
  readonly onProgress: (done: number, all: number) => void;
}

/**
 * Does the work while nobody else writes into the history. Rejects with a `HistoryRefusal` that names who does, with what
 * the work rejects with, and with what the system says.
 */
export async function withHistory<Value>({ folder, wallNow }: Upkeep, work: () => Promise<Value>): Promise<Value> {
  const lock = takeWriterLock(folder, wallNow(), 'upkeep');
  if (!('release' in lock)) throw refusalOf(folder, lock);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Somebody else writes. */
export function refusalOf(folder: string, { pid, host, role }: LockOwner): HistoryRefusal {
  const who = `${role === 'daemon' ? 'the daemon, ' : ''}process ${pid} on ${host}`;
  const does = role === 'upkeep' ? 'works on' : 'records into';
  const message = `${who}, ${does} ${folder}, so that nothing can be changed there now`;
  return new HistoryRefusal({ severity: 'error', message, cure: CURES[role ?? 'console'] });
}

const CURES: Readonly<Record<LockRole, string>> = {
  console: 'End it (in the console: q), then try again.',
  daemon: 'Stop the daemon, try again, and start it anew afterwards.',
  upkeep: 'Try again when it is done.',
};
