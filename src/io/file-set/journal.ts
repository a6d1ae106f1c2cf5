import { createHash } from 'node:crypto';
import { readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import { syncPath } from '../files/sync-path.ts';
import { processStart } from '../running-process.ts';

/** One file of a set on its way from what was there to what is wanted. Paths are absolute. */
export interface JournalFile {
  readonly path: string;
  /** The new file until it takes its place. */
  readonly temporary: string;
  /** A copy of the old one; `null` where there was none. */
  readonly backup: string | null;
  /** SHA-256 of the old content; `null` where there was none. */
  readonly before: string | null;
  /** SHA-256 of the new content. */
  readonly after: string;
}

/**
 * How far a set has come: `preparing` nothing has its place yet and parts may be missing; `prepared` all lies ready, and
 * some may have their place; `done`; `undoing` some have been taken back.
 */
export interface Journal {
  readonly schema: 1;
  readonly state: 'preparing' | 'prepared' | 'done' | 'undoing';
  /** The process that writes it, and when that was started, as the system counts it. */
  readonly writer: { readonly pid: number; readonly startedAt: string };
  /** When it was written, for people: `2026-11-29 07:15:00`. */
  readonly writtenAt: string;
  /** Folders that were made for it, the outermost first. */
  readonly folders: readonly string[];
  readonly files: readonly JournalFile[];
  /** The set before, which can be taken back again once this one is. */
  readonly previous: Journal | null;
}

/** This process as the writer of a journal. */
export function ownWriter(): Journal['writer'] {
  const { pid } = process;
  return { pid, startedAt: processStart(pid) ?? '' };
}

/** Whether somebody else is at work on a set at this moment. */
export function isAtWork({ state, writer }: Journal): boolean {
  if (state === 'done' || writer.pid === process.pid) return false;
  return processStart(writer.pid) === writer.startedAt;
}

/** The journal of a folder, `null` where there is none. Throws what the system says, and `SyntaxError` for one of another program. */
export function readJournal(path: string): Journal | null {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return null;
  const journal = JSON.parse(readFileSync(path, 'utf8')) as Journal;
  if (journal.schema !== 1 || !Array.isArray(journal.files)) throw new SyntaxError(`${path} is no journal of a set-up`);
  return journal;
}

/** Puts a journal in the place of the one before at once. */
export function writeJournal(path: string, journal: Journal): void {
  replaceFile(path, `${JSON.stringify(journal, null, 1)}\n`, { mode: 0o600 });
  syncPath(dirname(path));
}

/** Leaves the set before as the last one, or none. */
export function forgetJournal(path: string, { previous }: Journal): void {
  if (previous === null) {
    rmSync(path, { force: true });
    syncPath(dirname(path));
  } else writeJournal(path, previous);
}

/** SHA-256 of a file's content; `null` where there is no file. */
export function digestOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : digest(readFileSync(path));
}

/** SHA-256 in hexadecimal. */
export function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Removes the folders that were made for a set and have nothing of others in them. */
export function removeFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody else keeps something there, or it is gone.
    }
  }
}
