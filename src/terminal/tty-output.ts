import { writeSync } from 'node:fs';

/** What we need of `process.stdout` when it is a terminal. */
export interface TtyOutput {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly fd?: number | undefined;
  readonly writableLength?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): boolean;
  on(event: 'resize' | 'error', listener: (error: Error) => void): unknown;
  off(event: 'resize' | 'error', listener: (error: Error) => void): unknown;
}

interface BlockingHandle {
  setBlocking?: (isBlocking: boolean) => number;
}

/**
 * Makes writes to the terminal wait in the background instead of in the event loop. Node.js makes those to a tty
 * synchronous, so that one stalled SSH line would stop everything. There is no public way: returns whether it worked.
 */
export function setNonBlocking(output: object): boolean {
  const handle = (output as { _handle?: BlockingHandle | null })._handle;
  if (typeof handle?.setBlocking !== 'function') return false;
  try {
    return handle.setBlocking(false) === 0;
  } catch {
    return false;
  }
}

/** A slow line gets half a second to take the last bytes; a stalled one must not hold up the end. */
const TRIES = 50;
const PAUSE_MS = 10;

/** Waits without the event loop, which may be over already. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

/**
 * Writes at once, also from a signal handler or on exit. Returns whether all of it went out; a terminal that is gone
 * (EIO, EPIPE, EBADF) or full (EAGAIN) is no error here, since there is nobody left to tell.
 */
export function writeNow(fd: number, text: string): boolean {
  let rest = Buffer.from(text);
  for (let attempt = 0; attempt < TRIES && rest.length > 0; attempt += 1) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      pause();
    }
  }
  return rest.length === 0;
}
