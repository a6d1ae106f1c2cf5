import { chmodSync, chownSync, copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { removeLeftovers } from '../files/replace-file.ts';
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
  syncFolder,
  writeJournal,
} from './journal.ts';

/** A fault with the file that it is about. */
export type SetFault = FileFault & { readonly path: string };

/** What was left to do of a set whose writer was killed. */
export type Recovery = 'nothing' | 'finished' | 'taken-back';

/**
 * Brings a set whose writer was killed to an end: one that lay ready is put in its place as a whole, one that did not is
 * taken away. Fails, and changes nothing, where somebody has changed a file of it since.
 */
export function recoverSet(journalPath: string): Result<Recovery, SetFault> {
  if (!isFolder(dirname(journalPath))) return ok('nothing');
  removeLeftovers(journalPath);
  const journal = readJournal(journalPath);
  if (journal === null || journal.state === 'done') return ok('nothing');
  if (isAtWork(journal)) return fail(busyFault(journalPath));
  if (journal.state === 'undoing') return finishUndo(journalPath, journal);
  if (journal.state === 'preparing' || !isWhole(journal)) {
    takeBack(journalPath, journal);
    return ok('taken-back');
  }
  const changed = journal.files.find(file => !isOneOf(file, [file.before, file.after]));
  if (changed !== undefined) return fail(changedFault(changed.path));
  putInPlace(journalPath, journal);
  return ok('finished');
}

/** Gives each new file its place, and says in the journal that all have it. */
export function putInPlace(journalPath: string, journal: Journal): void {
  for (const file of journal.files) {
    if (statSync(file.temporary, { throwIfNoEntry: false }) === undefined) continue;
    renameSync(file.temporary, file.path);
    syncFolder(dirname(file.path));
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
  const journal = readJournal(journalPath);
  if (journal === null) return ok(null);
  if (isAtWork(journal)) return fail(busyFault(journalPath));
  for (const { path, after, before, backup } of journal.files) {
    if (digestOf(path) !== after) return fail(changedFault(path));
    if (backup !== null && digestOf(backup) !== before) {
      return fail({ path: backup, code: 'ECHANGED', why: 'the backup is gone, or was changed' });
    }
  }
  const undoing: Journal = { ...journal, state: 'undoing', writer: ownWriter() };
  writeJournal(journalPath, undoing);
  const undone = finishUndo(journalPath, undoing);
  return undone.ok ? ok(journal) : undone;
}

function finishUndo(journalPath: string, journal: Journal): Result<Recovery, SetFault> {
  const changed = journal.files.find(file => !isOneOf(file, [file.before, file.after]));
  if (changed !== undefined) return fail(changedFault(changed.path));
  takeBack(journalPath, journal);
  return ok('finished');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** By a copy, so that a second try finds the backup still there. */
function restore({ path, backup, temporary }: JournalFile): void {
  if (backup === null) rmSync(path, { force: true });
  else {
    copyWhole(backup, temporary);
    renameSync(temporary, path);
  }
  syncFolder(dirname(path));
}

/** A copy with the mode and, where we may, the owner of the file. */
export function copyWhole(from: string, to: string): void {
  const { mode, uid, gid } = statSync(from);
  rmSync(to, { force: true });
  copyFileSync(from, to);
  if (process.getuid?.() === 0) chownSync(to, uid, gid);
  chmodSync(to, mode & 0o7777);
}

/** Whether each new file is in its place or lies ready for it. */
function isWhole({ files }: Journal): boolean {
  return files.every(({ path, temporary, after }) => digestOf(temporary) === after || digestOf(path) === after);
}

function isOneOf({ path }: JournalFile, digests: readonly (string | null)[]): boolean {
  return digests.includes(digestOf(path));
}

/** Somebody else's set is on its way. */
export function busyFault(path: string): SetFault {
  return { path, code: 'EBUSY', why: 'another set-up is at work in this folder' };
}

function changedFault(path: string): SetFault {
  return { path, code: 'ECHANGED', why: 'it was changed since' };
}
