import { constants, copyFileSync, existsSync, realpathSync } from 'node:fs';
import { clockText } from '../../core/moment-text.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type FileFault, fileFaultOf } from './text-file.ts';

/**
 * Keeps a copy of a file beside it, with its mode: `NAME.20261129-071500.bak`, after the time `at`, ms since 1970, or a
 * number behind that where there is one; gives its name.
 */
export function keepCopy(path: string, at: number): Result<string, FileFault> {
  try {
    const begin = `${realpathSync(path)}.${stampOf(at)}`;
    let copy = `${begin}.bak`;
    for (let number = 2; existsSync(copy); number += 1) copy = `${begin}-${number}.bak`;
    copyFileSync(path, copy, constants.COPYFILE_EXCL);
    return ok(copy);
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}

function stampOf(at: number): string {
  const day = new Date(at);
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(part => String(part).padStart(2, '0'));
  return `${date.join('')}-${clockText(at).replaceAll(':', '')}`;
}
