import { spawn } from 'node:child_process';

/** Longest that `stty` may take, ms; it takes 3. */
const TIME_LIMIT_MS = 1000;

/**
 * The tty's `iutf8` flag, in which PuTTY and OpenSSH tell the terminal's character set; `null` where `stty` does not
 * say it or is missing. Asks about the tty on standard input. Never rejects.
 */
export function readUtf8Flag(program = 'stty'): Promise<boolean | null> {
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
    child.on('error', () => resolve(null));
    child.on('close', () => resolve(parseUtf8Flag(output)));
  });
}

/** The flag in the output of `stty -a`; `null` where it is not mentioned. */
export function parseUtf8Flag(output: string): boolean | null {
  const match = /(?:^|[\s;])(-?)iutf8\b/.exec(output);
  return match === null ? null : match[1] === '';
}
