import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, openEmulator } from '../terminal/emulator.ts';

/** Notes what the program is and how it ends; it outlives a hang-up, which the program itself hears. */
const RECORDER = `trap : HUP
tty >"$0/tty"
sh -c 'echo $$ >"$0/pid"; exec "$@"' "$0" "$@"
echo $? >"$0/code"`;

/** What a terminal's first process does when the line is cut: as a login shell, which passes the hang-up on, or nothing. */
const LEADERS = {
  dies: 'sh -c "$RECORDER" "$0" "$@"; exit',
  stays: 'trap : HUP; sh -c "$RECORDER" "$0" "$@"; exit',
};

/** Holds the far end of a pty, as sshd's child does, and passes on what comes and goes. */
const HOLDER = `
const { spawn } = require('@lydell/node-pty');
const [leader, ...words] = process.argv.slice(1);
const pty = spawn('/bin/sh', ['-c', leader, ...words], { cols: 80, rows: 24, encoding: null });
pty.onData(chunk => process.stdout.write(chunk));
pty.onExit(() => process.exit());
process.stdin.on('data', chunk => pty.write(chunk));
`;

/** A program in a terminal whose far end can be cut off. */
export interface FarEnd {
  readonly terminal: Emulator;
  /** The device of the terminal, `/dev/pts/3`. */
  readonly device: string;
  readonly pid: number;
  write(keys: string): void;
  /** Resolves as soon as the screen matches. */
  waitFor(pattern: RegExp): Promise<void>;
  /** Kills the holder outright: the terminal hangs up. */
  cut(): void;
  /** The code that the program ended with; `null` while it runs. */
  code(): number | null;
  close(): Promise<void>;
}

export interface FarEndOptions {
  /** Added to PATH, HOME (a folder of its own), LANG=C.UTF-8 and TERM. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the terminal's first process ends when the line is cut, as a login shell does. It does unless told. */
  readonly leader?: keyof typeof LEADERS;
}

/** Starts a program in a terminal that another process holds. Always `await farEnd.close()`. */
export async function openFarEnd(command: readonly string[], options: FarEndOptions = {}): Promise<FarEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-far-end-'));
  const terminal = openEmulator(80, 24);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    RECORDER,
    ...options.env,
  };
  const cwd = join(import.meta.dirname, '../../..');
  const holder = spawn(process.execPath, ['-e', HOLDER, LEADERS[options.leader ?? 'dies'], folder, ...command], {
    env,
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A holder that is gone is what the tests are about.
  holder.stdin.on('error', () => {});
  terminal.onAnswer(text => holder.stdin.write(text));
  const onShown = new Set<() => void>();
  holder.stdout.on('data', (chunk: Buffer) => {
    void terminal.write(chunk).then(() => {
      for (const look of [...onShown]) look();
    });
  });
  await fileThere(join(folder, 'pid'));
  const noted = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();
  return {
    terminal,
    device: noted('tty'),
    pid: Number(noted('pid')),
    write: keys => void holder.stdin.write(keys),
    waitFor: pattern => shown(terminal, onShown, pattern),
    cut: () => void holder.kill('SIGKILL'),
    code: () => (existsSync(join(folder, 'code')) && noted('code') !== '' ? Number(noted('code')) : null),
    close: async () => {
      await end(holder);
      terminal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const WAIT_MS = 15_000;

async function fileThere(path: string): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (!existsSync(path) || readFileSync(path, 'utf8').trim() === '') {
    if (performance.now() > deadline) throw new Error(`waited ${WAIT_MS} ms for the program to start`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

function shown(terminal: Emulator, onShown: Set<() => void>, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(deadline);
      onShown.delete(look);
      finish();
    };
    const look = (): void => {
      if (pattern.test(terminal.text())) settle(resolve);
    };
    const deadline = setTimeout(
      () => settle(() => reject(new Error(`waited ${WAIT_MS} ms for ${pattern}; the screen:\n${terminal.text()}`))),
      WAIT_MS,
    );
    onShown.add(look);
    look();
  });
}

async function end(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return;
  const closed = new Promise(resolve => holder.once('close', resolve));
  holder.kill('SIGKILL');
  await closed;
}
