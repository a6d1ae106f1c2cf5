import { readFileSync } from 'node:fs';
import { fileFaultOf } from '../files/text-file.ts';

/** Files as they are, for a broker that is to work with copies. */
export interface Copies {
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Those that our user may not read. What is not there is in neither. */
  readonly closed: ReadonlySet<string>;
}

/** Reads files by their paths. Never throws. */
export function readCopies(paths: readonly string[]): Copies {
  const contents = new Map<string, Uint8Array>();
  const closed = new Set<string>();
  for (const path of paths) {
    try {
      contents.set(path, readFileSync(path));
    } catch (error) {
      if (fileFaultOf(error).code !== 'ENOENT') closed.add(path);
    }
  }
  return { contents, closed };
}
