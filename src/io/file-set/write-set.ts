import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { faultOfChange, locate } from '../files/change-file.ts';
import { withFileLock } from '../files/file-lock.ts';
import { syncPath } from '../files/sync-path.ts';
import { fileFaultOf } from '../files/text-file.ts';
import {
  digest,
  digestOf,
  type Journal,
  type JournalFile,
  ownWriter,
  readJournal,
  removeFolders,
  writeJournal,
} from './journal.ts';
import { busyFault, copyWhole, putInPlace, type SetFault, takeBack } from './recover.ts';

/** A file as it is to be. */
export interface SetFile {
  /** Absolute. */
  readonly path: string;
  readonly content: Uint8Array;
  /** The permission bits, as 0o600, whatever the umask. */
  readonly mode: number;
  /** Whose it is to be; `null`: ours, or whose it was. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** SHA-256 of what was there when it was planned; `null` where nothing was. */
  readonly before: string | null;
}

export interface SetWriting {
  /** Where the journal is kept, absolute; its folder is made. */
  readonly journal: string;
  readonly files: readonly SetFile[];
  /** For the names of the backups: `20261129-071500`. */
  readonly stamp: string;
  /** The same for people. */
  readonly writtenAt: string;
}

/**
 * Replaces several files as one: a journal is written first, then everything is laid ready, then each takes its place. What
 * fails on the way leaves all as it was; after a kill or a power cut `recoverSet` brings it to an end. Each single file is
 * the old or the new one at every moment. The order of `files` is that in which they take their places.
 */
export function writeSet({ journal: path, files, stamp, writtenAt }: SetWriting): Result<Journal, SetFault> {
  const folders: string[] = [];
  let started: Journal | null = null;
  let at = path;
  try {
    for (const folder of missingFolders([path, ...files.map(file => file.path)])) {
      at = folder;
      mkdirSync(folder);
      // Whatever the umask: the broker's user is to get in.
      chmodSync(folder, 0o755);
      folders.push(folder);
    }
    at = path;
    const entries = files.map(file => entryOf(file, stamp));
    const fault = entries.find((entry): entry is SetFault => 'why' in entry);
    if (fault !== undefined) {
      removeFolders(folders);
      return fail(fault);
    }
    const journal = begin(path, { writtenAt, folders, files: entries as readonly JournalFile[] });
    if (journal === null) return fail(busyFault(path));
    started = journal;
    for (const [index, entry] of journal.files.entries()) {
      at = entry.path;
      layReady(entry, files[index]);
    }
    at = path;
    for (const folder of new Set(journal.files.map(entry => dirname(entry.path)))) syncPath(folder);
    writeJournal(path, { ...journal, state: 'prepared' });
    const changed = journal.files.find(entry => digestOf(entry.path) !== entry.before);
    if (changed !== undefined) at = changed.path;
    if (changed !== undefined) throw new ChangedError();
    putInPlace(path, journal);
    return ok({ ...journal, state: 'done' });
  } catch (error) {
    const fault = { path: at, ...faultOf(error) };
    if (started !== null) return fail(takeBackFor(fault, path, started));
    removeFolders(folders);
    return fail(fault);
  }
}

/** What failed, all being as it was; `EPARTLY` where not even that could be brought about, and is left to `recoverSet`. */
function takeBackFor(fault: SetFault, path: string, journal: Journal): SetFault {
  try {
    takeBack(path, journal);
    return fault;
  } catch (error) {
    return {
      ...fault,
      code: 'EPARTLY',
      why: `${fault.why}; and it could not be taken back as a whole: ${faultOf(error).why}`,
    };
  }
}

/** The journal of a set that is begun, by one of us at a time; `null` where another one is not at its end. */
function begin(path: string, set: Pick<Journal, 'writtenAt' | 'folders' | 'files'>): Journal | null {
  return withFileLock(path, () => {
    const last = readJournal(path);
    if (last !== null && last.state !== 'done') return null;
    // What can be taken back is one set.
    const previous = last === null ? null : { ...last, previous: null };
    const journal: Journal = { schema: 1, state: 'preparing', writer: ownWriter(), ...set, previous };
    writeJournal(path, journal);
    return journal;
  });
}

/** A file was another one when all lay ready than when it was planned. */
class ChangedError extends Error {}

function faultOf(error: unknown): { readonly code: string; readonly why: string } {
  if (error instanceof ChangedError) return { code: 'ECHANGED', why: 'somebody changed it since it was shown' };
  if (error instanceof SyntaxError) return { code: 'EJOURNAL', why: 'it is not what a set-up left there' };
  return error instanceof Error && 'syscall' in error ? faultOfChange(error) : fileFaultOf(error);
}

/** Behind a symbolic link the file that it leads to is meant. */
function entryOf({ path, content, before }: SetFile, stamp: string): JournalFile | SetFault {
  const target = locate(path);
  if (typeof target !== 'string') return { path, ...target };
  return {
    path: target,
    temporary: `${target}.hometui-new`,
    backup: before === null ? null : `${target}.${stamp}.bak`,
    before,
    after: digest(content),
  };
}

function layReady({ path, temporary, backup }: JournalFile, file: SetFile | undefined): void {
  if (file === undefined) return;
  if (backup !== null) copyWhole(path, backup);
  rmSync(temporary, { force: true });
  // Anew or not at all: in a folder that others may write to, a link of this name could lead to another file.
  writeFileSync(temporary, file.content, { mode: 0o600, flag: 'wx', flush: true });
  const own = statSync(temporary);
  const owner = file.owner ?? statSync(path, { throwIfNoEntry: false }) ?? own;
  if (own.uid !== owner.uid || own.gid !== owner.gid) chownSync(temporary, owner.uid, owner.gid);
  chmodSync(temporary, file.mode);
}

/** The folders of some files that are not there yet, the outermost first. */
function missingFolders(paths: readonly string[]): readonly string[] {
  const missing = new Set<string>();
  for (const path of paths) {
    for (
      let folder = dirname(path);
      statSync(folder, { throwIfNoEntry: false }) === undefined;
      folder = dirname(folder)
    ) {
      missing.add(folder);
    }
  }
  return [...missing].sort((one, other) => one.length - other.length);
}
