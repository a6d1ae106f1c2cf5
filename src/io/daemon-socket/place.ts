import { closeSync, constants, lstatSync, openSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** The socket's path, beside the history of the house. */
export function socketFile(folder: string): string {
  return join(folder, 'daemon.sock');
}

/** What is there; `undefined` for nothing, or where it cannot be looked at. */
export function lookAtSocket(folder: string): Stats | undefined {
  try {
    return lstatSync(socketFile(folder), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a thing of the file system is a socket of ours: one of somebody else says what they like. */
export function isOwnSocket(found: Stats): boolean {
  return found.isSocket() && found.uid === process.geteuid?.();
}

/** The address of a socket for as long as it is open. */
export interface SocketAddress {
  readonly address: string;
  readonly close: () => void;
}

/** An address has room for so many bytes: 108 with the zero at its end on Linux (unix(7)), 104 on macOS. */
const LONGEST_ADDRESS = 103;

/**
 * The address of the socket. A path that is too long for one is reached by the folder, held open, in Linux' /proc. Throws
 * what the system says.
 */
export function openAddress(folder: string): SocketAddress {
  const path = socketFile(folder);
  if (Buffer.byteLength(path) <= LONGEST_ADDRESS) return { address: path, close: () => {} };
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  return { address: `/proc/self/fd/${fd}/daemon.sock`, close: () => closeSync(fd) };
}
