import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cleanText } from '../../core/clean-text.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import type { Issue } from '../../core/issue.ts';
import { maskAddress } from '../../core/mask-secrets.ts';
import type { Clock, Timer } from '../clock.ts';
import { NO_FILE } from '../files/text-file.ts';
import { endOfLineAt, readSinceLastStart } from './last-start.ts';
import { createLineSplitter, type LineSplitter } from './line-splitter.ts';
import { emitLogLine } from './log-event.ts';
import { findRotatedLog } from './rotated-log.ts';
import { watchUnreadLines } from './unread-lines.ts';

/** A log that is being followed. */
export interface LogTail {
  /** Resolves when what was there at the start has been told, be it that it cannot be read. Never rejects. */
  readonly caughtUp: Promise<void>;
  /** Resolves with nothing left open. */
  readonly close: () => Promise<void>;
}

export interface LogTailSetup {
  readonly file: string;
  readonly clock: Clock;
  readonly emit: (event: HomeEvent) => void;
}

/** Often enough that a denial is on screen within a second, ms. */
const POLL_MS = 200;
/** So much of what is there already is read, to learn who logged in under which client identifier. */
const BACKLOG_BYTES = 65_536;
const CHUNK_BYTES = 65_536;
/**
 * So much of what lies before it is searched at once for how the broker stands, well below a second from an SD card: half
 * an hour of a busy house with `log_type debug`. The rest is searched beside all else.
 */
const SEARCHED_BYTES = 33_554_432;

interface Tail extends LogTailSetup {
  readonly splitter: LineSplitter;
  handle: FileHandle | null;
  /** Of the open file: tells it from one that has taken its name. */
  identity: string;
  position: number;
  /** Only the very first file may have a past that is skipped. */
  isFirst: boolean;
  /** Whether what is read stood there before we came. */
  isPast: boolean;
  /** What is wrong, so that it is told once, and its end too. */
  trouble: { readonly code: string; readonly issue: Issue } | null;
  /** Whether a line that is followed told how the broker stands: older ones are of no interest then. */
  tellsOfSetUp: boolean;
  /** The search that goes on beside all else. */
  searching: Promise<void>;
  isClosed: boolean;
  timer: Timer | null;
}

/**
 * Follows the broker's log file: `log-line-read` for each line that says something, `issue-found` where it cannot be
 * read and `issue-settled` once it can. It goes on through rotation, truncation and absence. Entries from before the start carry their own time.
 */
export function openLogTail(setup: LogTailSetup): LogTail {
  const hearUnread = watchUnreadLines(`the broker log ${cleanText(setup.file)}`, setup.clock, setup.emit);
  const tail: Tail = {
    ...setup,
    splitter: createLineSplitter(line => {
      hearUnread(line);
      if (emitLogLine(line, { source: 'file', isPast: tail.isPast }, setup.clock, setup.emit)) tail.tellsOfSetUp = true;
    }),
    handle: null,
    identity: '',
    position: 0,
    isFirst: true,
    isPast: false,
    trouble: null,
    tellsOfSetUp: false,
    searching: Promise.resolve(),
    isClosed: false,
    timer: null,
  };
  const poll = (): Promise<void> =>
    look(tail).then(() => {
      if (!tail.isClosed)
        tail.timer = tail.clock.after(POLL_MS, () => {
          polling = poll();
        });
    });
  const caughtUp = poll();
  let polling = caughtUp;
  return {
    caughtUp,
    close: async () => {
      tail.isClosed = true;
      tail.timer?.cancel();
      await polling;
      await tail.searching;
      await tail.handle?.close();
      tail.handle = null;
    },
  };
}

async function look(tail: Tail): Promise<void> {
  try {
    const found = await stat(tail.file);
    if (found.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    // Opening a pipe waits for somebody to write into it, and what went through it cannot be read again.
    if (!found.isFile()) throw Object.assign(new Error('it is no ordinary file'), { code: NO_FILE });
    await follow(tail, found);
    await drain(tail);
    tail.isPast = false;
    settle(tail, `the broker log ${shownFile(tail.file)} is read now`);
  } catch (error) {
    // The old file may still be written to until the broker opens the new one.
    if (tail.handle !== null) await drain(tail).catch(() => {});
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const isBetweenTwoFiles = code === 'ENOENT' && tail.handle !== null;
    if (!isBetweenTwoFiles) report(tail, code);
  }
}

/** Opens the file where none is open; changes to the one that has taken its name; begins anew where it was cut off. */
async function follow(tail: Tail, found: Stats): Promise<void> {
  const identity = identityOf(found);
  if (tail.handle === null) {
    await change(tail, identity);
    const skipped = tail.isFirst ? Math.max(0, found.size - BACKLOG_BYTES) : 0;
    if (tail.isFirst) await tellHowItStands(tail, skipped, found.size);
    tail.position = skipped;
    tail.splitter.reset({ isMidLine: skipped > 0 });
    tail.isPast = tail.isFirst;
    tail.isFirst = false;
  } else if (identity !== tail.identity && found.size > 0) {
    // While the new file is empty, the broker still writes to the old one: it changes over at SIGHUP.
    await drain(tail);
    await change(tail, identity);
  } else if (identity === tail.identity && found.size < tail.position) {
    tail.position = 0;
    tail.splitter.reset();
  }
}

/**
 * A broker that lost its access control list an hour ago has not got it back by being silent about it. What stands
 * before `skipped` is told; where that says nothing, the log before the last rotation is asked: mosquitto writes of the
 * reload that the rotation makes it do, and of what went wrong in it, into the old one.
 */
async function tellHowItStands(tail: Tail, skipped: number, size: number): Promise<void> {
  if (tail.handle === null) return;
  // The line that `skipped` is in the middle of is not followed, so it belongs to this part.
  const end = skipped === 0 ? 0 : await endOfLineAt(tail.handle, skipped, size);
  const to = Math.max(0, end - SEARCHED_BYTES);
  const words = await readSinceLastStart(tail.handle, end, { to });
  if (words !== null) await tellWords(tail, words);
  else tail.searching = searchFarther(tail, end, to).catch(() => {});
}

async function searchFarther(tail: Tail, end: number, from: number): Promise<void> {
  const handle = await open(tail.file, 'r');
  try {
    const isWanted = (): boolean => !tail.isClosed && !tail.tellsOfSetUp;
    const isSame = identityOf(await handle.stat()) === tail.identity;
    const words = isSame ? await readSinceLastStart(handle, end, { from, isWanted }) : null;
    if (words !== null && isWanted()) await tellWords(tail, words);
  } finally {
    await handle.close();
  }
}

async function tellWords(tail: Tail, own: readonly string[]): Promise<void> {
  const words = own.length > 0 ? own : await readRotatedWords(tail.file);
  for (const line of words) emitLogLine(line, { source: 'file', isPast: true }, tail.clock, tail.emit);
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

async function readRotatedWords(file: string): Promise<readonly string[]> {
  const path = await findRotatedLog(file);
  const handle = path === null ? null : await open(path, 'r').catch(() => null);
  if (handle === null) return [];
  try {
    return (await readSinceLastStart(handle, (await handle.stat()).size)) ?? [];
  } finally {
    await handle.close();
  }
}

async function change(tail: Tail, identity: string): Promise<void> {
  const next = await open(tail.file, 'r');
  await tail.handle?.close();
  tail.handle = next;
  tail.identity = identity;
  tail.position = 0;
  tail.splitter.reset();
}

async function drain(tail: Tail): Promise<void> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  while (tail.handle !== null && !tail.isClosed) {
    const { bytesRead } = await tail.handle.read(buffer, 0, CHUNK_BYTES, tail.position);
    if (bytesRead === 0) return;
    tail.position += bytesRead;
    tail.splitter.push(buffer.subarray(0, bytesRead));
  }
}

function report(tail: Tail, code: string): void {
  tail.isFirst &&= code !== 'ENOENT';
  if (tail.trouble?.code === code || tail.isClosed) return;
  settle(tail, null);
  const issue = describeTrouble(tail.file, code);
  tail.trouble = { code, issue };
  tail.emit({ type: 'issue-found', at: tail.clock.now(), issue });
}

/** What was wrong is so no more; `news` as in the event. */
function settle(tail: Tail, news: string | null): void {
  if (tail.trouble === null || tail.isClosed) return;
  tail.emit({ type: 'issue-settled', at: tail.clock.now(), issue: tail.trouble.issue, news });
  tail.trouble = null;
}

/** Its name for messages: an address that was typed in the wrong place may hold a password. */
function shownFile(file: string): string {
  return cleanText(maskAddress(file));
}

function describeTrouble(path: string, code: string): Issue {
  const severity = 'warning';
  const file = shownFile(path);
  const place = { file };
  switch (code) {
    case 'ENOENT':
      return {
        severity,
        place,
        message: `there is no broker log ${file} yet`,
        // The broker looks up a relative path from elsewhere.
        cure: `Check the path; mosquitto.conf needs "log_dest file ${shownFile(resolve(path))}" and, for denied publishes, "log_type debug".`,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        severity,
        place,
        message: `the broker log ${file} cannot be read: permission denied`,
        cure:
          `Give it to the group adm (chgrp adm, chmod 0640, and "create 0640 mosquitto adm" for logrotate), be in ` +
          'that group, and set "log_type debug" in mosquitto.conf for denied publishes.',
      };
    case 'EISDIR':
      return {
        severity,
        place,
        message: `the broker log ${file} is a folder`,
        cure: 'Name the file in it: mosquitto.log, usually.',
      };
    case NO_FILE:
      return {
        severity,
        place,
        message: `the broker log ${file} is a pipe or a device, which cannot be followed`,
        cure: `Name an ordinary file: mosquitto.conf needs "log_dest file" with its path.`,
      };
    default:
      return { severity, place, message: `the broker log ${file} cannot be read: ${code}`, cure: 'Check the path.' };
  }
}
