import { cleanText } from '../clean-text.ts';
import { formatAge } from '../duration.ts';
import { type Check, fault, unexamined, warning, well } from './check.ts';

/** What is known of this machine. */
export interface MachineFacts {
  /** Its clock, ms since 1970. */
  readonly now: number;
  /** Whether a time server has set it since the boot; `null` where the system does not tell. */
  readonly isSynchronized: boolean | null;
  /** The newest time that a file of the broker's or of the history bears, with its name; `null` where there is none. */
  readonly newest: { readonly file: string; readonly at: number } | null;
  readonly disks: readonly DiskFacts[];
  readonly history: HistoryFacts;
}

export interface DiskFacts {
  /** What is kept on it: `history`, `broker's log`. */
  readonly what: string;
  readonly folder: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** The history of this house, if there is one. */
export type HistoryFacts =
  | { readonly kind: 'none'; readonly folder: string | null }
  /** `writtenAt`: the newest file; `why` it cannot be used, with its cure. */
  | { readonly kind: 'there'; readonly folder: string; readonly writtenAt: number | null }
  | { readonly kind: 'unusable'; readonly folder: string; readonly why: string; readonly cure: string };

/** A clock that was never set stands at the build of its system, or in 1970. */
const SANE_AT = Date.UTC(2026, 0, 1);
/** Clocks of two machines, or of a file system, may differ by so much, ms. */
const TOLERANCE_MS = 60_000;
const MEGABYTE = 1_048_576;
/** Below so much a history of a house no longer fits for long, and below the second nothing can be trusted to be written. */
const LITTLE_BYTES = 200 * MEGABYTE;
const NOTHING_BYTES = 20 * MEGABYTE;

/** The machine's time, its disks, and the history. */
export function examineMachine(facts: MachineFacts): readonly Check[] {
  return [clockCheck(facts), historyCheck(facts), ...facts.disks.map(diskCheck)];
}

const SET_CLOCK = 'Set it: sudo timedatectl set-ntp true (a Pi has no clock of its own and needs a time server)';

function clockCheck({ now, isSynchronized, newest }: MachineFacts): Check {
  const said = `${new Date(now).toISOString().slice(0, 19)}Z`;
  if (now < SANE_AT) return fault('clock', 'time of this machine', `its clock says ${said}: it is not set`, SET_CLOCK);
  if (newest !== null && newest.at > now + TOLERANCE_MS) {
    const evidence = `its clock says ${said}, and ${cleanText(newest.file)} was written ${formatAge(newest.at - now)} later`;
    return fault('clock', 'time of this machine', evidence, SET_CLOCK);
  }
  if (isSynchronized === true) return well('clock', 'time of this machine', `${said}, set by a time server`);
  if (isSynchronized === false) {
    const evidence = `${said}, and no time server has set it since the boot`;
    return warning('clock', 'time of this machine', evidence, SET_CLOCK);
  }
  const evidence = `whether its clock, ${said}, is right is not known: the system does not tell whether a time server sets it`;
  return unexamined('clock', 'time of this machine', evidence, 'Compare it with a clock: date');
}

function historyCheck({ history, now }: MachineFacts): Check {
  const subject = 'history';
  switch (history.kind) {
    case 'none': {
      const where =
        history.folder === null ? 'there is no place for one' : `there is none in ${cleanText(history.folder)}`;
      return unexamined('history', subject, `${where}: nothing of this house was recorded by your user`, null);
    }
    case 'unusable':
      return warning('history', subject, `${cleanText(history.folder)} cannot be used: ${history.why}`, history.cure);
    case 'there': {
      const { writtenAt, folder } = history;
      if (writtenAt === null) return well('history', subject, `${cleanText(folder)}, nothing written yet`);
      return well('history', subject, `${cleanText(folder)}, last written ${formatAge(now - writtenAt)} ago`);
    }
  }
}

function diskCheck({ what, folder, freeBytes, totalBytes }: DiskFacts): Check {
  const subject = `space for the ${what}`;
  const evidence = `${size(freeBytes)} of ${size(totalBytes)} free in ${cleanText(folder)}`;
  const cure = 'Make room on that disk: df -h shows what is full.';
  if (freeBytes < NOTHING_BYTES) return fault('space', subject, evidence, cure);
  return freeBytes < LITTLE_BYTES ? warning('space', subject, evidence, cure) : well('space', subject, evidence);
}

function size(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return megabytes < 1_024 ? `${Math.floor(megabytes)} MB` : `${(Math.floor(megabytes / 102.4) / 10).toFixed(1)} GB`;
}
