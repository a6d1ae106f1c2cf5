import { statSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';
import { replaceFile } from './replace-file.ts';
import { type FileFault, fileFaultOf, NO_FILE } from './text-file.ts';

/** Writes a file that only its owner may read, also in the place of one that others may, whole or not at all. */
export function writeSecretFile(path: string, text: string): Result<null, FileFault> {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile()) return fail({ code: NO_FILE, why: 'it is no ordinary file' });
    replaceFile(path, text, { mode: 0o600 });
    return ok(null);
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}
