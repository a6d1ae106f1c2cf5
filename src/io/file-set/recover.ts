import { chmodSync, chownSync, copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { lockOf, withFileLock } from '../files/file-lock.ts';
import { removeLeftovers } from '../files/replace-file.ts';
import { syncPath } from '../files/sync-path.ts';
import type { FileFault } from '../files/text-file.ts';
import {
  digestOf,
  forgetJournal,
  isAtWork,
  type Journal,
  type JournalFile,
  ownWriter,
  readJournal,
  removeFolders,
  writeJournal,
} from './journal.ts';

/** A fault with the file that it is about. */
export type SetFault = FileFault & { readonly path: string };

/** What was left to do of a set whose writer was killed. */
export type Recovery = 'nothing' | 'finished' | 'taken-back';

/**
 * Brings a set whose writer was killed to an end: one that lay ready is put in its place as a whole, one that did not is
 * taken away. So is one of which somebody has changed a file since: that file stays as it is.
 */
export function recoverSet(journalPath: string): Result<Recovery, SetFault> {
  if (!isThere(journalPath) && !isThere(lockOf(journalPath))) return ok('nothing');
  const journal = claim(journalPath);
  if (journal === 'busy') return fail(busyFault(journalPath));
  if (journal === null || journal.state === 'done') return ok('nothing');
  const isReady = journal.state === 'prepared' && isWhole(journal);
  if (isReady && journal.files.every(file => [file.before, file.after].includes(digestOf(file.path)))) {
    putInPlace(journalPath, journal);
    return ok('finished');
  }
  takeBack(journalPath, journal);
  return ok('taken-back');
}

/**
 * The journal, which is ours from now on where it was not at its end: two that find the same dead writer must not both go
 * on. `null` where there is none.
 */
function claim(journalPath: string): Journal | 'busy' | null {
  return withFileLock(journalPath, () => {
    removeLeftovers(journalPath);
    const journal = readJournal(journalPath);
    if (journal === null || journal.state === 'done') return journal;
    if (isAtWork(journal)) return 'busy';
    const own: Journal = { ...journal, writer: ownWriter() };
    writeJournal(journalPath, own);
    return own;
  });
}

/** Gives each new file its place, and says in the journal that all have it. */
export function putInPlace(journalPath: string, journal: Journal): void {
  for (const file of journal.files) {
    if (statSync(file.temporary, { throwIfNoEntry: false }) === undefined) continue;
    renameSync(file.temporary, file.path);
    syncPath(dirname(file.path));
  }
  writeJournal(journalPath, { ...journal, state: 'done' });
}

/** All as it was: what has its place gives it back, and nothing of the set is left. */
export function takeBack(journalPath: string, journal: Journal): void {
  for (const file of journal.files) {
    if (file.after !== file.before && digestOf(file.path) === file.after) restore(file);
    rmSync(file.temporary, { force: true });
    if (file.backup !== null) rmSync(file.backup, { force: true });
  }
  forgetJournal(journalPath, journal);
  removeFolders(journal.folders);
}

/**
 * Takes the last set back: the backups get their places, new files go. Gives `null` where there is none. Fails, and changes
 * nothing, where a file was changed since, or a backup is gone.
 */
export function undoSet(journalPath: string): Result<Journal | null, SetFault> {
  if (!isThere(journalPath)) return ok(null);
  const journal = claim(journalPath);
  if (journal === null) return ok(null);
  if (journal === 'busy') return fail(busyFault(journalPath));
  for (const { path, after, before, backup } of journal.files) {
    if (digestOf(path) !== after) return fail({ path, code: 'ECHANGED', why: 'it was changed since' });
    if (backup !== null && digestOf(backup) !== before) {
      return fail({ path: backup, code: 'ECHANGED', why: 'the backup is gone, or was changed' });
    }
  }
  writeJournal(journalPath, { ...journal, state: 'undoing', writer: ownWriter() });
  takeBack(journalPath, journal);
  return ok(journal);
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** By the backup itself, for which a full disk needs no room. */
function restore({ path, backup }: JournalFile): void {
  if (backup === null) rmSync(path, { force: true });
  else renameSync(backup, path);
  syncPath(dirname(path));
}

/** A copy with the mode and, where we may, the owner of the file. */
export function copyWhole(from: string, to: string): void {
  const { mode, uid, gid } = statSync(from);
  rmSync(to, { force: true });
  copyFileSync(from, to);
  if (process.getuid?.() === 0) chownSync(to, uid, gid);
  chmodSync(to, mode & 0o7777);
  syncPath(to);
}

/** Whether each new file is in its place or lies ready for it. */
function isWhole({ files }: Journal): boolean {
  return files.every(({ path, temporary, after }) => digestOf(temporary) === after || digestOf(path) === after);
}

/** Somebody else's set is on its way. */
export function busyFault(path: string): SetFault {
  return { path, code: 'EBUSY', why: 'another set-up is at work in this folder' };
}
