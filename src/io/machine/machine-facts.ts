import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskFacts, HistoryFacts, HistoryState } from '../../core/doctor/machine.ts';
import type { Clock } from '../clock.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { checkHistory } from '../history-store/check.ts';
import { HistoryRefusal } from '../history-store/place.ts';

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

/** So much of a history is read, bytes, the newest files first: a few seconds on a Pi. */
const MOST_READ = 33_554_432;
/** What is half written while it is read is whole after so long, ms. */
const SETTLE_MS = 500;

/** What there is of a history, and whether its files are whole. It takes no lock, and changes nothing. */
export async function readHistoryFacts(folder: string | null, clock: Clock): Promise<HistoryFacts> {
  if (folder === null || !existsSync(folder)) return { kind: 'none', folder };
  try {
    const state = await readState(folder, clock);
    const times = readdirSync(folder).map(name => statSync(join(folder, name)).mtimeMs);
    return { kind: 'there', folder, writtenAt: times.length === 0 ? null : Math.max(...times), ...state };
  } catch (error) {
    const cure = 'Run this as the user that it belongs to.';
    if (!(error instanceof HistoryRefusal)) return { kind: 'unusable', folder, why: fileFaultOf(error).why, cure };
    const { message, cure: own = cure } = error.issue;
    return { kind: 'unusable', folder, why: message, cure: own };
  }
}

async function readState(folder: string, clock: Clock): Promise<HistoryState> {
  const first = checkHistory(folder, MOST_READ);
  const seen = { read: first.files, unread: first.unread, unwritable: findUnwritable(folder) };
  if (first.findings.length === 0) return { ...seen, findings: [] };
  await new Promise<void>(resolve => clock.after(SETTLE_MS, resolve));
  const again = new Set(checkHistory(folder, MOST_READ).findings.map(({ file }) => file));
  return { ...seen, findings: first.findings.filter(({ file }) => again.has(file)) };
}

/** The first of a history's files that we may not write. */
function findUnwritable(folder: string): HistoryState['unwritable'] {
  for (const name of ['.', ...readdirSync(folder)]) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      return { path, why: fileFaultOf(error).why };
    }
  }
  return null;
}
