import { spawn } from 'node:child_process';
import { cleanText } from '../../core/clean-text.ts';
import type { Clock } from '../clock.ts';
import { fileFaultOf } from '../files/text-file.ts';
import type { Outcome } from './outcome.ts';

/** A program that tells a notice. */
export interface NoticeProgram {
  /** Its absolute path and its arguments; no shell reads them. */
  readonly command: readonly string[];
  /** What it gets on standard input. */
  readonly input: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** How long it may take, ms: then it and all that it has started is killed. */
  readonly limitMs: number;
}

/** So much of what it says to standard error is told, characters. */
const MOST_TOLD = 120;

/** Runs it once, in a process group of its own; what it prints goes nowhere. Never rejects. */
export function runNoticeProgram(program: NoticeProgram, clock: Clock): Promise<Outcome> {
  // Of some faults Node.js tells at once, and of others by an event.
  return run(program, clock).catch(notStarted);
}

function notStarted(error: unknown): Outcome {
  const { code, why } = fileFaultOf(error);
  const words = code === 'E2BIG' ? 'its words and its environment are too long' : why;
  return { isDelivered: false, why: words, mayBeDone: false };
}

function run(program: NoticeProgram, clock: Clock): Promise<Outcome> {
  const { command, input, env, limitMs } = program;
  const [path = '', ...words] = command;
  return new Promise(resolve => {
    const child = spawn(path, words, {
      shell: false,
      detached: true,
      env,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let complaint = '';
    let isLate = false;
    const timer = clock.after(limitMs, () => {
      isLate = true;
      killGroup(child.pid);
    });
    const end = (outcome: Outcome): void => {
      timer.cancel();
      resolve(outcome);
    };
    child.once('error', error => end(notStarted(error)));
    // It has no pipes where the system is out of them.
    if (child.pid === undefined) return;
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 4 * MOST_TOLD) complaint += chunk.toString('utf8');
    });
    // A program that does not read what it gets closes the pipe: it has what it wants.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.once('exit', (code, signal) => {
      // What it has left behind would hold its pipes open, and be there for ever.
      killGroup(child.pid);
      child.stderr.destroy();
      if (isLate) end({ isDelivered: false, why: `it did not end within ${limitMs / 1_000} s`, mayBeDone: true });
      else if (code === 0) end({ isDelivered: true, answer: 'exit code 0' });
      else end({ isDelivered: false, why: endText(code, signal, complaint), mayBeDone: code === null });
    });
  });
}

function endText(code: number | null, signal: string | null, complaint: string): string {
  const said = cleanText(complaint.replace(/\s+/g, ' ').trim(), MOST_TOLD);
  const how = code === null ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
  return said === '' ? how : `${how}: ${said}`;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
