import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { formatAge } from '../duration.ts';
import { at, type Check, fault, unexamined, warning, well } from './check.ts';

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
  /** `writtenAt`: the newest file, ms; `why` it cannot be used, with its cure. */
  | ({ readonly kind: 'there'; readonly folder: string; readonly writtenAt: number | null } & HistoryState)
  | { readonly kind: 'unusable'; readonly folder: string; readonly why: string; readonly cure: string };

/** What was found in its files. */
export interface HistoryState {
  /** What is damaged, file by file. */
  readonly findings: readonly { readonly file: string; readonly what: string }[];
  /** How many files were read, each byte of them, and how many older ones were not. */
  readonly read: number;
  readonly unread: number;
  /** The file or folder of it that our user may not write, and why; `null` where all can be. */
  readonly unwritable: { readonly path: string; readonly why: string } | null;
}

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
  return [clockCheck(facts), ...historyChecks(facts), ...facts.disks.map(diskCheck)];
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

function historyChecks({ history, now }: MachineFacts): readonly Check[] {
  const subject = 'history';
  switch (history.kind) {
    case 'none': {
      const where =
        history.folder === null ? 'there is no place for one' : `there is none in ${cleanText(history.folder)}`;
      return [unexamined('history', subject, `${where}: nothing of this house was recorded by your user`, null)];
    }
    case 'unusable':
      return [warning('history', subject, `${cleanText(history.folder)} cannot be used: ${history.why}`, history.cure)];
    case 'there':
      return [...damages(history), ...writing(history), soundness(history, now)];
  }
}

type HistoryThere = Extract<HistoryFacts, { kind: 'there' }>;

/** More damaged files than these are counted only. */
const MOST_DAMAGES = 5;

function damages({ findings, folder }: HistoryThere): readonly Check[] {
  const cure = 'Mend it: hometui history repair keeps the damaged file beside the new one.';
  const told = findings.slice(0, MOST_DAMAGES).map(({ file, what }) => {
    const check = warning('history', 'history', `${what}; what is whole in it is read all the same`, cure);
    return at(check, { file: `${folder}/${file}` });
  });
  const more = findings.length - told.length;
  if (more <= 0) return told;
  const rest = `${countText(more, 'more file')} of it ${more === 1 ? 'is' : 'are'} damaged`;
  return [...told, warning('history', 'history', rest, 'See all: hometui history check')];
}

function writing({ unwritable }: HistoryThere): readonly Check[] {
  if (unwritable === null) return [];
  const evidence = `it cannot be written: ${unwritable.why}`;
  const cure = 'See whose it is (ls -l), and whether its disk is writable (mount).';
  return [at(warning('history', 'history', evidence, cure), { file: unwritable.path })];
}

/** When it was written, and how much of it was found whole. */
function soundness({ folder, writtenAt, findings, read, unread }: HistoryThere, now: number): Check {
  if (writtenAt === null) return well('history', 'history', `${cleanText(folder)}, nothing written yet`);
  const age = `${cleanText(folder)}, last written ${formatAge(now - writtenAt)} ago`;
  const older = unread === 0 ? '' : ` (${countText(unread, 'older one')} not read: hometui history check)`;
  const whole = read - findings.length;
  return well('history', 'history', `${age}; ${whole} of ${countText(read, 'file')} found whole${older}`);
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
