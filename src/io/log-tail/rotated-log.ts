import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What logrotate(8) compresses with. */
const COMPRESSED = /\.(?:gz|bz2|xz|zst|lz4)$/;

/**
 * The log that stood here before the last rotation: the newest of `FILE.1`, `FILE-20260101` and the like that is not
 * compressed; `null` where there is none.
 */
export async function findRotatedLog(file: string): Promise<string | null> {
  const folder = dirname(file);
  const name = basename(file);
  const names = await readdir(folder).catch(() => []);
  const isOlder = (other: string): boolean =>
    (other.startsWith(`${name}.`) || other.startsWith(`${name}-`)) && !COMPRESSED.test(other);
  let newest: { readonly path: string; readonly at: number } | null = null;
  for (const path of names.filter(isOlder).map(other => join(folder, other))) {
    const found = await stat(path).catch(() => null);
    if (found?.isFile() && (newest === null || found.mtimeMs > newest.at)) newest = { path, at: found.mtimeMs };
  }
  return newest?.path ?? null;
}
