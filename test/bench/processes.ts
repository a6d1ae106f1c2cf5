import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IPty, spawn as spawnInPty } from '@lydell/node-pty';
import { openEmulator } from '../helpers/terminal/emulator.ts';

/** NODE_EXTRA_CA_CERTS costs Node 20 each start 38 ms, which is not the program's doing. */
function plainEnvironment(home: string): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: home, LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: 'truecolor' };
}

/** Wall time of a whole run, ms. The devices of the bench go on talking meanwhile. */
export async function timeRun(command: string, args: readonly string[], home: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(command, args, { env: plainEnvironment(home), stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === null) throw new Error(`${command} ${args.join(' ')} was ended by a signal`);
  return performance.now() - startedAt;
}

/** A console under a pty, for timing. Its terminal answers what it is asked. */
export interface TimedConsole {
  readonly pid: number;
  /** Bytes written so far. */
  bytes(): number;
  write(keys: string): void;
  /** Milliseconds from `since` (a `performance.now()`) to the bytes that brought the screen to show all these words. */
  until(words: readonly string[], since: number, timeoutMs?: number): Promise<number>;
  close(): Promise<void>;
}

/** Starts a program under a pty of that size. */
export function startTimed(command: readonly string[], home: string, columns = 80, rows = 24): TimedConsole {
  const terminal = openEmulator(columns, rows);
  const pty = openPty(command, { columns, rows, home });
  let total = 0;
  let onShown = (_arrivedAt: number): void => {};
  terminal.onAnswer(text => pty.write(text));
  // With `encoding: null` these are buffers, whatever the type says.
  (pty.onData as unknown as (listener: (chunk: Buffer) => void) => void)(chunk => {
    const arrivedAt = performance.now();
    total += chunk.length;
    void terminal.write(chunk).then(() => onShown(arrivedAt));
  });
  const ended = new Promise<void>(resolve => void pty.onExit(() => resolve()));
  return {
    pid: pty.pid,
    bytes: () => total,
    write: keys => pty.write(keys),
    until: (words, since, timeoutMs = 20_000) =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error(`waited for ${words.join(', ')}; the screen:\n${terminal.text()}`));
        const deadline = setTimeout(fail, timeoutMs);
        onShown = arrivedAt => {
          const screen = terminal.text();
          if (!words.every(word => screen.includes(word))) return;
          clearTimeout(deadline);
          onShown = () => {};
          resolve(arrivedAt - since);
        };
        onShown(performance.now());
      }),
    close: async () => {
      pty.kill('SIGTERM');
      await ended;
      terminal.close();
    },
  };
}

function openPty([program = '', ...args]: readonly string[], { columns, rows, home }: Place): IPty {
  return spawnInPty(program, args, { cols: columns, rows, env: plainEnvironment(home), encoding: null });
}

interface Place {
  readonly columns: number;
  readonly rows: number;
  readonly home: string;
}

/**
 * CPU time that all threads of a process used so far, ms. Linux only, by its scheduler's nanoseconds: proc(5) counts in
 * hundredths of a second, which is two per cent of what a console at rest takes in a minute.
 */
export function cpuMs(pid: number): number {
  const threads = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(threads).map(
    thread => readFileSync(join(threads, thread, 'schedstat'), 'utf8').split(' ')[0],
  );
  return nanoseconds.reduce((sum, one) => sum + Number(one) / 1e6, 0);
}

/** Memory of a process in RAM, MB. Linux only: /proc. */
export function residentMb(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}

/** The longest that a console takes until it has kept its picture, ms, on a machine that has much else to do. */
const KEPT_LIMIT_MS = 60_000;

/**
 * Resolves when a console with this HOME has kept its picture for the next start, as it does when it has come to rest: a
 * start without one is another start. The compiled code it keeps at its end at the latest.
 */
export async function untilKept(home: string): Promise<void> {
  const cache = join(home, '.cache/hometui');
  const deadline = performance.now() + KEPT_LIMIT_MS;
  while (!existsSync(cache) || !readdirSync(cache).some(name => name.startsWith('picture-'))) {
    if (performance.now() > deadline) throw new Error(`the console kept no picture for its next start in ${cache}`);
    await pause(100);
  }
}

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
