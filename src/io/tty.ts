import { closeSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** A slow line gets half a second to take the last bytes; a stalled one must not hold up the end. */
const TRIES = 50;
const PAUSE_MS = 10;

/**
 * Writes at once, also from a signal handler or on exit. Returns whether all of it went out; a terminal that is gone
 * (EIO, EPIPE, EBADF) or full (EAGAIN for half a second) is no error here, since there is nobody left to tell.
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

/** Waits without the event loop, which may be over already. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

/**
 * Closes those of the descriptors that were a terminal and are none any more, because it hung up: to be called right
 * before the process exits. Node.js sets the modes of its standard streams back then, and aborts (134) where that fails.
 */
export function closeDeadTerminals(descriptors: readonly number[]): void {
  for (const fd of descriptors) {
    try {
      if (!isatty(fd)) closeSync(fd);
    } catch {
      // It is closed already.
    }
  }
}

/** Longest that `stty` may take, ms; it takes 3. */
const TIME_LIMIT_MS = 1000;

/**
 * What `stty -a` says about the tty on standard input; '' where that is none or `stty` is missing. Never rejects.
 * Node.js has no call for a tty's flags.
 */
export async function readTtySettings(program = 'stty'): Promise<string> {
  // Takes 2 ms to load, which the first frame need not wait for.
  const { spawn } = await import('node:child_process');
  return new Promise(resolve => {
    const child = spawn(program, ['-a'], {
      stdio: ['inherit', 'pipe', 'ignore'],
      timeout: TIME_LIMIT_MS,
      env: { ...process.env, LC_ALL: 'C' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1');
    });
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(output));
  });
}
