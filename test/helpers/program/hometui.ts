import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepCompiled, lendCompiled } from './compiled.ts';

/** The built program, as users install it. */
export const PROGRAM = new URL('../../../dist/hometui.cjs', import.meta.url).pathname;

/** What a run of the program left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the program without a terminal. */
export interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  /** Resolves when standard output matches; rejects after `timeoutMs` with what was said. */
  readonly waitFor: (pattern: RegExp, timeoutMs?: number) => Promise<void>;
  readonly ended: Promise<Ended>;
  /** Ends it outright, also where it is stopped, and resolves when it writes nothing any more: its folders may go then. */
  readonly close: () => Promise<void>;
}

export interface HometuiOptions {
  /** Added to PATH, LANG and an empty HOME of its own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A shell line in which `"$@"` stands for the program and its arguments: for pipes and redirections. */
  readonly shell?: string;
  /** Typed into standard input; closed without it. */
  readonly stdin?: string;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the built program. */
export function startHometui(args: readonly string[], options: HometuiOptions = {}): Running {
  if (!existsSync(PROGRAM)) throw new Error('dist/hometui.cjs is not there: npm run build');
  const home = mkdtempSync(join(tmpdir(), 'hometui-home-'));
  lendCompiled(home);
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, ...options.env };
  const command = [process.execPath, PROGRAM, ...args];
  const [file = '', ...words] = options.shell === undefined ? command : ['sh', '-c', options.shell, 'sh', ...command];
  const child = spawn(file, words, { env, stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  running.add(child);
  if (options.stdin !== undefined) child.stdin?.end(options.stdin);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]): Ended => {
    running.delete(child);
    keepCompiled(home);
    rmSync(home, { recursive: true, force: true });
    return { code: code as number | null, stdout, stderr };
  });
  const waitFor = async (pattern: RegExp, timeoutMs = 10_000): Promise<void> => {
    const deadline = Date.now() + timeoutMs;
    while (!pattern.test(stdout)) {
      if (Date.now() > deadline) throw new Error(`waited for ${pattern}; it said:\n${stdout}\n${stderr}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { child, stdout: () => stdout, waitFor, ended, close };
}

/** Runs the built program to its end. */
export function runHometui(args: readonly string[], options: HometuiOptions = {}): Promise<Ended> {
  return startHometui(args, options).ended;
}
