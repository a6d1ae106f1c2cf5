import { lstatSync, readlinkSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { originOfUnit, type UnitOrigin } from '../../core/daemon/unit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { makeFolder } from '../files/folder.ts';
import { type FileFault, fileFaultOf, readTextFile, writeTextFile } from '../files/text-file.ts';

/** What is at the place of a unit file. */
export interface UnitFound {
  readonly origin: UnitOrigin | 'none';
  readonly text: string;
}

/** Looks what is there. The error is what the system says. */
export function readUnit(path: string): Result<UnitFound, FileFault> {
  const text = readTextFile(path, { isFileOnly: true });
  if (text.ok) return ok({ origin: originOfUnit(text.value), text: text.value });
  return text.error.code === 'ENOENT' ? ok({ origin: 'none', text: '' }) : fail(text.error);
}

/** Writes the file as a whole, in a folder that is made where it is missing. The error is what the system says. */
export function writeUnit(path: string, text: string): Result<null, FileFault> {
  try {
    makeFolder(dirname(path));
    return writeTextFile(path, text);
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}

/**
 * Removes the file, and the link by which it is started, where no user manager was there to do that. The error is what
 * the system says.
 */
export function removeUnit(path: string): Result<null, FileFault> {
  try {
    const link = join(dirname(path), 'default.target.wants', basename(path));
    const found = lstatSync(link, { throwIfNoEntry: false });
    if (found?.isSymbolicLink() === true && basename(readlinkSync(link)) === basename(path)) rmSync(link);
    rmSync(path);
    return ok(null);
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}

/** Whether somebody has added to the unit beside it, as `systemctl --user edit` does. */
export function hasDropIns(path: string): boolean {
  return lstatSync(`${path}.d`, { throwIfNoEntry: false }) !== undefined;
}
