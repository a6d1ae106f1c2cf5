import { accessSync, constants, lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { withFileLock } from './file-lock.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';
import { type FileFault, fileFaultOf, LONGEST_TEXT, NO_FILE, TOO_LONG } from './text-file.ts';

/** The new bytes of a file, `null` where it stays as it is, and what the caller wants to know of the change. */
export interface Change<Value> {
  readonly content: Uint8Array | null;
  readonly value: Value;
}

/** Only the owner: what a file of the broker's may be at most (mosquitto 2.1 warns of more). */
const NEW_MODE = 0o600;

/**
 * Changes a file of which others keep the rest: reads it, lets `make` say what becomes of it (`null`: it is not there
 * yet), and puts that in its place at once, with the mode and the owner that it had. One of us at a time; where anybody
 * else changed the file meanwhile, it stays (`ECHANGED`). What `make` throws comes through. Behind a symbolic link the file that it
 * leads to is changed.
 */
export function changeFile<Value>(
  path: string,
  make: (content: Uint8Array | null) => Change<Value>,
): Result<Value, FileFault> {
  try {
    const target = locate(path);
    if (typeof target !== 'string') return fail(target);
    return withFileLock(target, () => changeLocked(target, make));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return fail(faultOfChange(error));
    throw error;
  }
}

/** The bytes of a file that is to be changed, for who only wants to know what would become of it; `null`: none is there. */
export function readForChange(path: string): Result<Uint8Array | null, FileFault> {
  try {
    const target = locate(path);
    if (typeof target !== 'string') return fail(target);
    return ok(read(target, lookUp(target)));
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}

/** Why a file could not be changed by us, as far as that can be seen beforehand; `null` where nothing is known against it. */
export function whyUnwritable(path: string): string | null {
  try {
    const target = locate(path);
    if (typeof target !== 'string') return target.why;
    // It is replaced by one that is written beside it.
    accessSync(dirname(target), constants.W_OK);
    accessSync(target, constants.W_OK);
    return null;
  } catch (error) {
    return fileFaultOf(error).why;
  }
}

function changeLocked<Value>(
  target: string,
  make: (content: Uint8Array | null) => Change<Value>,
): Result<Value, FileFault> {
  removeLeftovers(target);
  const old = lookUp(target);
  const before = read(target, old);
  const { content, value } = make(before);
  if (content === null) return ok(value);
  let isChanged = false;
  const check = (): void => {
    const now = read(target, lookUp(target));
    isChanged = before === null || now === null ? before !== now : !now.equals(before);
    if (isChanged) throw new Error('changed meanwhile');
  };
  try {
    const how = old === undefined ? { mode: NEW_MODE } : { old, isOwnerKept: true };
    replaceFile(target, content, { ...how, check });
    return ok(value);
  } catch (error) {
    if (isChanged) return fail({ code: 'ECHANGED', why: 'somebody else changed it at the same moment' });
    throw error;
  }
}

function read(path: string, found: Stats | undefined): Buffer | null {
  return found === undefined ? null : readFileSync(path);
}

/** The file itself behind links, or why there is none that could be changed. */
export function locate(path: string): string | FileFault {
  const found = lookUp(path);
  if (found?.isFile() === true) return found.size > LONGEST_TEXT ? TOO_LONG : realpathSync(path);
  if (found?.isDirectory() === true) return { code: 'EISDIR', why: 'it is a folder' };
  if (found !== undefined) return { code: NO_FILE, why: 'it is no ordinary file' };
  const isLink = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return isLink ? { code: 'ENOENT', why: 'it is a link to a file that is not there' } : path;
}

function lookUp(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** What the system says where a file could not be replaced, in words. */
export function faultOfChange(error: Error & { readonly syscall?: unknown }): FileFault {
  const fault = fileFaultOf(error);
  const isEperm = fault.code === 'EPERM';
  if (isEperm && error.syscall === 'chown') return { ...fault, why: 'it belongs to another user, and must stay so' };
  // Root may do everything but what a file's or a folder's own attributes forbid.
  if (isEperm && process.getuid?.() === 0) {
    return { code: 'EIMMUTABLE', why: 'it is immutable, or its folder is (see lsattr)' };
  }
  return fault.code === 'ENOENT' ? { ...fault, why: 'its folder does not exist' } : fault;
}
