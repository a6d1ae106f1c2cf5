import { constants, copyFileSync, realpathSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';
import { type FileFault, fileFaultOf } from './text-file.ts';

/** Keeps a copy of a file beside it, `NAME.STAMP.bak`, with its mode; gives its name. One of that name is not replaced. */
export function keepCopy(path: string, stamp: string): Result<string, FileFault> {
  try {
    const copy = `${realpathSync(path)}.${stamp}.bak`;
    copyFileSync(path, copy, constants.COPYFILE_EXCL);
    return ok(copy);
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}
