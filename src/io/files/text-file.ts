import { closeSync, constants, openSync, readSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';
import { pauseThread } from '../clock.ts';
import { replaceFile } from './replace-file.ts';

/** Why a file could not be read or written. */
export interface FileFault {
  /** As the system says it: `ENOENT`, `EACCES`, `ENOSPC`. */
  readonly code: string;
  /** In words, to be put behind a colon: `there is no such file`. */
  readonly why: string;
}

/** Longer than any file that a person writes, bytes; a mistaken one shall not fill the memory of a small machine. */
export const LONGEST_TEXT = 16 * 1_048_576;
/** What is said of a longer one. */
export const TOO_LONG: FileFault = { code: 'EFBIG', why: 'it is longer than 16 MiB' };

/** So long a pipe may bring nothing, ms: from whoever has it open, and where nobody has. */
const PIPE_LIMIT_MS = { written: 10_000, unwritten: 1_000 } as const;
const PIPE_LOOK_MS = 10;
const NO_WRITER: FileFault = { code: 'EPIPE', why: 'it is a pipe that nobody writes into' };
const SLOW_WRITER: FileFault = { code: 'ETIMEDOUT', why: 'it is a pipe through which nothing came for 10 seconds' };

/** In place of a system's code: what is there is a pipe, a socket or a device. */
export const NO_FILE = 'ENOTFILE';

/**
 * Reads a whole text file, UTF-8, of up to 16 MiB. From a pipe, as a shell's `<(…)` is one, too, unless `isFileOnly`; but
 * none is waited for without an end: the system would wait for a writer even to open it.
 */
export function readTextFile(path: string, { isFileOnly = false } = {}): Result<string, FileFault> {
  try {
    const found = statSync(path);
    if (isFileOnly && !found.isFile() && !found.isDirectory()) {
      return fail({ code: NO_FILE, why: 'it is no ordinary file' });
    }
    const isPipe = found.isFIFO();
    const fd = openSync(path, isPipe ? constants.O_RDONLY | constants.O_NONBLOCK : 'r');
    try {
      return readUpToLimit(fd, isPipe ? readPipe : (it, chunk) => readSync(it, chunk));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}

/** What is no ordinary file (a pipe, a device) does not tell its length, and may have no end. */
function readUpToLimit(
  fd: number,
  readChunk: (fd: number, chunk: Buffer, isFirst: boolean) => number | FileFault,
): Result<string, FileFault> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(65_536);
    const read = readChunk(fd, chunk, length === 0);
    if (typeof read !== 'number') return fail(read);
    if (read === 0) return ok(Buffer.concat(chunks).toString('utf8'));
    length += read;
    if (length > LONGEST_TEXT) return fail(TOO_LONG);
    chunks.push(chunk.subarray(0, read));
  }
}

/** Reads what comes next from a pipe that is open without waiting; 0 is its end. */
function readPipe(fd: number, chunk: Buffer, isFirst: boolean): number | FileFault {
  let hasWriter = !isFirst;
  for (let waitedMs = 0; ; waitedMs += PIPE_LOOK_MS) {
    const read = readWithoutWaiting(fd, chunk);
    hasWriter ||= read === null;
    if (read !== null && (read > 0 || hasWriter)) return read;
    if (!hasWriter && waitedMs >= PIPE_LIMIT_MS.unwritten) return NO_WRITER;
    if (waitedMs >= PIPE_LIMIT_MS.written) return SLOW_WRITER;
    pauseThread(PIPE_LOOK_MS);
  }
}

/** `null`: nothing is there yet, but somebody has it open for writing. */
function readWithoutWaiting(fd: number, chunk: Buffer): number | null {
  try {
    return readSync(fd, chunk);
  } catch (error) {
    if (fileFaultOf(error).code === 'EAGAIN') return null;
    throw error;
  }
}

/**
 * When a file was last changed, ms since 1970, and how long it is: together they tell a new version from the old. Who
 * installs a package gives each version of a file the same time of its content; that of its inode nobody can set.
 */
export function fileVersion(path: string): string | null {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch {
    return null;
  }
}

/**
 * Replaces a file at once: whoever reads it sees the old or the new text, never half of one. Mode and, where we may,
 * owner of a file that is there are kept; a new one gets `mode`. Behind a symbolic link the file that it leads to is
 * replaced. What is no ordinary file (`/dev/stdout`, a pipe) is written to directly.
 */
export function writeTextFile(path: string, text: string, mode = 0o644): Result<null, FileFault> {
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    if (old === undefined) replaceFile(path, text, { mode });
    else if (old.isFile()) replaceFile(realpathSync(path), text, { old });
    else writeFileSync(path, text);
    return ok(null);
  } catch (error) {
    const fault = fileFaultOf(error);
    return fail(fault.code === 'ENOENT' ? { ...fault, why: 'its folder does not exist' } : fault);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'your user has no permission',
  EPERM: 'your user has no permission',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
};

/** What an error of the file system says, in words. */
export function fileFaultOf(error: unknown): FileFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return { code, why: WORDS[code] ?? (error instanceof Error ? error.message : String(error)) };
}
