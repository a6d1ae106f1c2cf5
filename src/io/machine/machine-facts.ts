import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskFacts, HistoryFacts } from '../../core/doctor/machine.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { checkHistoryFolder, HistoryRefusal } from '../history-store/place.ts';

/** What systemd-timesyncd(8) leaves once it has set the clock. */
const SYNCHRONIZED = '/run/systemd/timesync/synchronized';
/** Where it runs at all. */
const TIMESYNC = '/run/systemd/timesync';

/** Whether a time server has set the clock since the boot; `null` where the system does not tell. */
export function isClockSynchronized(): boolean | null {
  if (existsSync(SYNCHRONIZED)) return true;
  return existsSync(TIMESYNC) ? false : null;
}

/** The space on the disk of a folder; `null` where it is not there. */
export function readDisk(what: string, folder: string): DiskFacts | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { what, folder, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}

/** What there is of a history; nothing of it is read. */
export function readHistoryFacts(folder: string | null): HistoryFacts {
  if (folder === null || !existsSync(folder)) return { kind: 'none', folder };
  try {
    checkHistoryFolder(folder);
    const times = readdirSync(folder).map(name => statSync(join(folder, name)).mtimeMs);
    return { kind: 'there', folder, writtenAt: times.length === 0 ? null : Math.max(...times) };
  } catch (error) {
    const cure = 'Run this as the user that it belongs to.';
    if (!(error instanceof HistoryRefusal)) return { kind: 'unusable', folder, why: fileFaultOf(error).why, cure };
    const { message, cure: own = cure } = error.issue;
    return { kind: 'unusable', folder, why: message, cure: own };
  }
}
