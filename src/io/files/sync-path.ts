import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Has a file's content, or the names in a folder, outlast a power cut. Throws what the system says. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
