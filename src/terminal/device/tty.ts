import { readFileSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Whether a file descriptor is a terminal. */
export const isTerminal = (fd: number): boolean => isatty(fd);

/** How long a slow line is waited for unless told otherwise, ms: a stalled one must not hold up the program. */
const PATIENCE_MS = 500;
const PAUSE_MS = 10;

/**
 * Writes at once, also from a signal handler or on exit. Returns whether all of it went out; a terminal that is gone
 * (EIO, EPIPE, EBADF) or full (EAGAIN for `patienceMs`) is no error here, since there is nobody left to tell.
 */
export function writeNow(fd: number, text: string, patienceMs = PATIENCE_MS): boolean {
  let rest = Buffer.from(text);
  for (let waitedMs = 0; waitedMs < patienceMs && rest.length > 0; waitedMs += PAUSE_MS) {
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
 * Whether the terminal is ours: it is the shell's while we run in the background. Where the system does not say so (it
 * does on Linux), it is taken to be.
 */
export function isInForeground(): boolean {
  try {
    const { group, foreground } = readJob('self');
    return foreground === '-1' || foreground === group;
  } catch {
    return true;
  }
}

/**
 * Whether a shell would notice it if our process group stopped, and could wake it: not where we are what the terminal
 * was opened for (`ssh -t HOST hometui`, `exec hometui`), nor under a script that has Ctrl-Z switched off. Where the
 * system does not say so, it is taken to be: it stops no group itself that nobody could wake.
 */
export function hasShell(): boolean {
  try {
    let member = readJob('self');
    for (;;) {
      const parent = readJob(member.parent);
      // POSIX, orphaned process group: only a parent in the same session and another group has job control over us.
      if (parent.group !== member.group) return parent.session === member.session;
      if (ignoresStop(member.parent)) return false;
      member = parent;
    }
  } catch {
    return true;
  }
}

/** How a process stands to its terminal. */
interface Job {
  readonly parent: string;
  readonly group: string;
  readonly session: string;
  /** The group in the foreground of its terminal, -1 where it has none. */
  readonly foreground: string;
}

function readJob(pid: string): Job {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // proc(5): after the name in brackets state, parent, group, session, terminal, and the group in its foreground.
  const [, parent = '', group = '', session = '', , foreground = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent, group, session, foreground };
}

/** The bit of SIGTSTP, signal 20, in the masks of proc(5). */
const STOP_BIT = 1n << 19n;

function ignoresStop(pid: string): boolean {
  const [, mask = '0'] = /^SigIgn:\s*([\da-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return (BigInt(`0x${mask}`) & STOP_BIT) !== 0n;
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
