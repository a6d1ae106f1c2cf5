import type { FileHandle } from 'node:fs/promises';
import { parseLogLine } from '../../core/mosquitto/log/log-line.ts';

/** The beginnings of what decides how the broker stands: it started, or it read its configuration again. */
const MARKS = ['mosquitto version ', 'Reloading config.'].map(text => Buffer.from(text));
/** What the broker has to say about its files, it says right after that. */
const WORDS_BYTES = 4_096;
const CHUNK_BYTES = 262_144;
const LINE_FEED = 0x0a;

/** Which part of a log is searched, bytes; without it all before the end. */
export interface SearchedPart {
  /** Marks are looked for before this. */
  readonly from?: number;
  /** And not farther back than this. */
  readonly to?: number;
  /** Asked before each read, some 250 kB: whether anybody still wants to know. */
  readonly isWanted?: () => boolean;
}

/**
 * The lines from the last start or reload of the broker that stands in the log before `end`, bytes; none where there is
 * none, and `null` where the part that is searched ends before the log's beginning. They say whether its access control
 * list is in force: for that they count however old they are. A name that a client made to look like such a line is not
 * taken for one.
 */
export async function readSinceLastStart(
  handle: FileHandle,
  end: number,
  { from: first = end, to: last = 0, isWanted = () => true }: SearchedPart = {},
): Promise<readonly string[] | null> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES + WORDS_BYTES);
  for (let to = first; to > last && isWanted(); to -= CHUNK_BYTES) {
    const from = Math.max(last, to - CHUNK_BYTES);
    const wanted = Math.min(end, to + WORDS_BYTES) - from;
    const { bytesRead } = await handle.read(buffer, 0, wanted, from);
    const chunk = buffer.subarray(0, bytesRead);
    const start = lastStart(chunk, from === 0);
    if (start !== null) return wholeLines(chunk.subarray(start, start + WORDS_BYTES));
  }
  return last > 0 || !isWanted() ? null : [];
}

/** Where the last line begins that tells of a start or a reload; one whose beginning is not there comes with the next chunk. */
function lastStart(chunk: Buffer, isFileStart: boolean): number | null {
  for (let before = chunk.length; before > 0; ) {
    const found = Math.max(...MARKS.map(mark => chunk.lastIndexOf(mark, before - 1)));
    if (found < 0) return null;
    const lineFeed = found === 0 ? -1 : chunk.lastIndexOf(LINE_FEED, found - 1);
    const isWhole = lineFeed >= 0 || isFileStart;
    const line = chunk.subarray(lineFeed + 1, lineEnd(chunk, found)).toString('utf8');
    const kind = isWhole ? parseLogLine(line)?.kind : undefined;
    if (kind === 'reload' || kind === 'starting' || kind === 'started') return lineFeed + 1;
    before = found;
  }
  return null;
}

/** Where the line ends that `at` is in or at the beginning of, its line feed included; at the latest `size`, bytes. */
export async function endOfLineAt(handle: FileHandle, at: number, size: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(WORDS_BYTES);
  for (let from = at; from < size; from += WORDS_BYTES) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(WORDS_BYTES, size - from), from);
    const found = buffer.subarray(0, bytesRead).indexOf(LINE_FEED);
    if (found >= 0) return from + found + 1;
    if (bytesRead === 0) break;
  }
  return size;
}

function lineEnd(chunk: Buffer, from: number): number {
  const at = chunk.indexOf(LINE_FEED, from);
  return at < 0 ? chunk.length : at;
}

function wholeLines(bytes: Buffer): readonly string[] {
  return bytes.toString('utf8').split(/\r?\n/).slice(0, -1);
}
