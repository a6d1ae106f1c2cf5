import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fileFaultOf } from '../files/text-file.ts';

/** An open file of the history. Each call rejects with what the system says. */
export interface DiskFile {
  readonly read: () => Promise<Uint8Array>;
  /** Writes all of it at a place; what was written when it rejects is not known. */
  readonly write: (bytes: Uint8Array, place: number) => Promise<void>;
  /** Resolves when all that was written is on the disk. */
  readonly sync: () => Promise<void>;
  readonly truncate: (length: number) => Promise<void>;
  /** Whether another file, or none, has its name by now: somebody removed it, or the disk under it is another. */
  readonly isGone: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Opens a file for reading and writing, and makes it, mode 0600, where there is none. */
export type OpenDiskFile = (path: string) => Promise<DiskFile>;

/** Opens a real one. A link is not followed: it could lead to any file of its user. */
export const openDiskFile: OpenDiskFile = async path => {
  const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(path, flags, 0o600);
  return {
    read: () => handle.readFile(),
    write: async (bytes, place) => {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, place + done);
        done += bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    truncate: length => handle.truncate(length),
    isGone: async () => {
      const [ours, theirs] = await Promise.all([handle.stat(), stat(path).catch(() => null)]);
      return theirs === null || theirs.ino !== ours.ino || theirs.dev !== ours.dev;
    },
    close: () => handle.close(),
  };
};

/** A whole file of the history; `null` where there is none. Throws what the system says of one that cannot be read. */
export function readBytes(path: string): Uint8Array | null {
  try {
    const { buffer, byteOffset, length } = readFileSync(path);
    // Taking a part of a Buffer takes several times as long.
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    if (fileFaultOf(error).code === 'ENOENT') return null;
    throw error;
  }
}

/** The bytes of a file from a place on, none where it is no longer; `null` where there is none. Throws what the system says. */
export function readBytesFrom(path: string, start: number): Uint8Array | null {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const bytes = new Uint8Array(Math.max(0, fstatSync(file).size - start));
    let read = 0;
    for (let added = -1; added !== 0 && read < bytes.length; read += added) {
      added = readSync(file, bytes, read, bytes.length - read, start + read);
    }
    return bytes.subarray(0, read);
  } catch (error) {
    if (fileFaultOf(error).code === 'ENOENT') return null;
    throw error;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Makes what happened to the names in a folder outlast a power cut. Where folders cannot be synced the system does it. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system has this.
  }
}
