import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';
import { type FileFault, fileFaultOf } from '../files/text-file.ts';

/** So much of the end of a log is looked at, bytes: days of a house with `log_type debug`. */
const MOST_BYTES = 4_194_304;

/** The last lines of a log file, whole ones, oldest first. */
export function readLastLines(path: string): Result<readonly string[], FileFault> {
  try {
    const fd = openSync(path, 'r');
    try {
      const { size } = fstatSync(fd);
      const from = Math.max(0, size - MOST_BYTES);
      const bytes = Buffer.alloc(size - from);
      const read = readSync(fd, bytes, 0, bytes.length, from);
      const lines = bytes.toString('utf8', 0, read).split('\n');
      return ok(from === 0 ? lines : lines.slice(1));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return fail(fileFaultOf(error));
  }
}
