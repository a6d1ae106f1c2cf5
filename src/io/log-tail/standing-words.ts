import type { FileHandle } from 'node:fs/promises';
import { parseLogLine } from '../../core/mosquitto/log-line.ts';

/** The beginnings of what decides how the broker stands: it started, or it read its configuration again. */
const MARKS = ['mosquitto version ', 'Reloading config.'].map(text => Buffer.from(text));
/** What the broker has to say about its files, it says right after that. */
const WORDS_BYTES = 4_096;
const CHUNK_BYTES = 262_144;
/** Half an hour of a busy house with `log_type debug`, read in well below a second from an SD card. */
const FARTHEST_BYTES = 33_554_432;
const LINE_FEED = 0x0a;

/**
 * The lines from the last start or reload of the broker that stands in the log before `end`, bytes; none where that is
 * too far back. They say whether its access control list is in force: for that they count however old they are. A name
 * that a client made to look like such a line is not taken for one.
 */
export async function readStandingWords(handle: FileHandle, end: number): Promise<readonly string[]> {
  const farthest = Math.max(0, end - FARTHEST_BYTES);
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES + WORDS_BYTES);
  for (let to = end; to > farthest; to -= CHUNK_BYTES) {
    const from = Math.max(farthest, to - CHUNK_BYTES);
    const wanted = Math.min(end, to + WORDS_BYTES) - from;
    const { bytesRead } = await handle.read(buffer, 0, wanted, from);
    const chunk = buffer.subarray(0, bytesRead);
    const start = lastStart(chunk, to - from, from === 0);
    if (start !== null) return wholeLines(chunk.subarray(start, start + WORDS_BYTES));
  }
  return [];
}

/** Where the last line begins that tells of a start or a reload, looked for below `limit`. */
function lastStart(chunk: Buffer, limit: number, isFileStart: boolean): number | null {
  for (let before = limit; before > 0; ) {
    const found = Math.max(...MARKS.map(mark => chunk.lastIndexOf(mark, before - 1)));
    if (found < 0) return null;
    const lineFeed = found === 0 ? -1 : chunk.lastIndexOf(LINE_FEED, found - 1);
    const isWhole = lineFeed >= 0 || isFileStart;
    const line = chunk.subarray(lineFeed + 1, lineEnd(chunk, found)).toString('utf8');
    const kind = isWhole ? parseLogLine(line)?.kind : undefined;
    if (kind === 'reload' || kind === 'started') return lineFeed + 1;
    before = found;
  }
  return null;
}

function lineEnd(chunk: Buffer, from: number): number {
  const at = chunk.indexOf(LINE_FEED, from);
  return at < 0 ? chunk.length : at;
}

function wholeLines(bytes: Buffer): readonly string[] {
  return bytes.toString('utf8').split(/\r?\n/).slice(0, -1);
}
