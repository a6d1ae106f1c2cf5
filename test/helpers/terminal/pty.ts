import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { keepCompiled, lendCompiled } from '../program/compiled.ts';
import { openTerminal, type Persona, type TerminalWithPersona } from './persona.ts';

const WAIT_MS = 10_000;
const END_MS = 5_000;
const MOST_SYNCHRONIZED_MS = 1_000;

export interface PtyOptions {
  readonly args?: readonly string[];
  /** 80 unless given. */
  readonly columns?: number;
  /** 24 unless given. */
  readonly rows?: number;
  /** Which terminal it runs in; `xterm` unless given. */
  readonly persona?: Persona;
  /** Added to a small environment of PATH, HOME (a folder of its own), LANG=C.UTF-8 and TERM; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** How a program under a pty ended. */
export interface PtyExit {
  /** As a shell tells it: 128 and the signal's number where a signal ended it. */
  readonly code: number;
  /** The tty's settings before it started and after it ended, in the words of `stty -g`; equal when it left no trace. */
  readonly modesBefore: string;
  readonly modesAfter: string;
}

/** What is on the screen, or what to ask about it. */
export type ScreenQuestion = string | RegExp | ((screen: string) => boolean);

/** A program that runs under a real pseudoterminal, with an emulator that draws its screen. */
export interface PtyProgram {
  /** The program's own process. */
  readonly pid: number;
  readonly terminal: TerminalWithPersona;
  /** HOME of the program, removed by `close`. */
  readonly home: string;
  /** Types. */
  write(keys: string): void;
  resize(columns: number, rows: number): void;
  /** The rows of the screen as text, blanks at their ends cut. */
  screen(): string;
  /** All bytes the program wrote so far. */
  output(): Buffer;
  /** Resolves as soon as the screen is so. Rejects after `timeoutMs`, or when the program ends, with the screen's text. */
  waitFor(question: ScreenQuestion, timeoutMs?: number): Promise<string>;
  /** Reads no more of what the program writes, until `flow`: a line that stalls. Typing still arrives. */
  stall(): void;
  flow(): void;
  kill(signal: NodeJS.Signals): void;
  /** The tty's settings now, as `stty -a` says them. */
  modes(): string;
  readonly exit: Promise<PtyExit>;
  /** Ends the program where it still runs, and removes its folder. */
  close(): Promise<void>;
}

/** Notes the tty's settings around the program, and its process id: what node-pty starts is this shell. */
const WRAPPER = `stty -g >"$0/before"
sh -c 'echo $$ >"$0/pid"; exec "$@"' "$0" "$@"
code=$?
stty -g >"$0/after"
exit $code`;

/** Starts a program under a pty and resolves when it runs. Always `await program.close()`. */
export async function startInPty(command: string, options: PtyOptions = {}): Promise<PtyProgram> {
  const { columns = 80, rows = 24, persona = 'xterm', args = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'hometui-pty-'));
  lendCompiled(folder);
  const terminal = openTerminal(columns, rows, persona);
  const isUtf8 = `stty ${terminal.isUtf8 ? '' : '-'}iutf8\n`;
  const pty = spawn('/bin/sh', ['-c', isUtf8 + WRAPPER, folder, command, ...args], {
    cols: columns,
    rows,
    cwd: options.cwd ?? process.cwd(),
    env: environment(terminal, folder, options.env),
    encoding: null,
  });
  readToTheEnd(pty);
  const program = followProgram(pty, terminal, folder);
  await program.waitUntil(() => read(folder, 'pid') !== '', 'the program to start', WAIT_MS);
  return program;
}

/** How long what a program has left on its line may take to arrive, ms. */
const LAST_WORDS_MS = 200;

/**
 * When a program has ended, node-pty gives what it has written 200 ms to be read and destroys the rest, also where it was
 * this process that had no turn to read: a look at the line comes before that, and again as long as there is more.
 */
function readToTheEnd(pty: IPty): void {
  const { _socket: socket } = pty as unknown as { readonly _socket: Socket };
  const destroy = socket.destroy.bind(socket);
  socket.destroy = error => {
    if (error !== undefined) return destroy(error);
    const { bytesRead } = socket;
    setImmediate(() => {
      if (socket.bytesRead === bytesRead) destroy();
      else setTimeout(() => socket.destroy(), LAST_WORDS_MS);
    });
    return socket;
  };
}

function environment(
  terminal: TerminalWithPersona,
  home: string,
  more: PtyOptions['env'] = {},
): Record<string, string> {
  const all = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', TERM: terminal.term, ...more };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

interface FollowedProgram extends PtyProgram {
  waitUntil(isTrue: () => boolean, what: string, timeoutMs: number): Promise<void>;
}

function followProgram(pty: IPty, terminal: TerminalWithPersona, folder: string): FollowedProgram {
  const chunks: Buffer[] = [];
  let cameAt = 0;
  const changed = new Set<() => void>();
  let hasEnded = false;
  let shown: Promise<void> = Promise.resolve();
  const tell = (): void => {
    for (const listener of changed) listener();
  };
  terminal.onAnswer(text => pty.write(text));
  // With `encoding: null` these are buffers, whatever the type says.
  (pty.onData as unknown as (listener: (chunk: Buffer) => void) => void)(chunk => {
    chunks.push(chunk);
    cameAt = performance.now();
    shown = shown.then(() => terminal.write(chunk)).then(tell);
  });
  const exit = new Promise<PtyExit>(resolve => {
    pty.onExit(async ({ exitCode, signal }) => {
      await shown;
      hasEnded = true;
      const code = signal ? 128 + signal : exitCode;
      resolve({ code, modesBefore: read(folder, 'before'), modesAfter: read(folder, 'after') });
      tell();
    });
  });
  const waitUntil: FollowedProgram['waitUntil'] = (isTrue, what, timeoutMs) =>
    until({
      isTrue,
      changed,
      timeoutMs,
      hasEnded: () => hasEnded,
      describe: () => `${what}; the screen:\n${terminal.text()}`,
    });
  /** A terminal shows nothing of a picture that is announced (DEC mode 2026) before all of it has come, for a second. */
  const isWhole = (): boolean =>
    !terminal.modes.synchronizedOutputMode || performance.now() - cameAt > MOST_SYNCHRONIZED_MS;
  const program: FollowedProgram = {
    get pid() {
      return Number(read(folder, 'pid'));
    },
    terminal,
    home: folder,
    write: keys => pty.write(keys),
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      pty.resize(columns, rows);
    },
    screen: () => terminal.text(),
    output: () => Buffer.concat(chunks),
    waitFor: async (question, timeoutMs = WAIT_MS) => {
      const isThere = (): boolean => isWhole() && answers(terminal.text(), question);
      await waitUntil(isThere, `a screen with ${question}`, timeoutMs);
      return terminal.text();
    },
    stall: () => pty.pause(),
    flow: () => pty.resume(),
    kill: signal => void process.kill(program.pid, signal),
    modes: () => execFileSync('stty', ['-a', '-F', ttyOf(program.pid)], { encoding: 'utf8' }),
    exit,
    waitUntil,
    close: async () => {
      if (!hasEnded) await endBoth(program, pty);
      terminal.close();
      keepCompiled(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return program;
}

function answers(screen: string, question: ScreenQuestion): boolean {
  if (typeof question === 'string') return screen.includes(question);
  return question instanceof RegExp ? question.test(screen) : question(screen);
}

interface Wait {
  readonly isTrue: () => boolean;
  readonly changed: Set<() => void>;
  readonly hasEnded: () => boolean;
  readonly describe: () => string;
  readonly timeoutMs: number;
}

function until({ isTrue, changed, hasEnded, describe, timeoutMs }: Wait): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      clearTimeout(deadline);
      clearInterval(poll);
      changed.delete(look);
      end();
    };
    const look = (): void => {
      if (isTrue()) settle(resolve);
      else if (hasEnded()) settle(() => reject(new Error(`the program ended; waited for ${describe()}`)));
    };
    const deadline = setTimeout(
      () => settle(() => reject(new Error(`waited ${timeoutMs} ms for ${describe()}`))),
      timeoutMs,
    );
    // Not everything that is waited for is on the screen.
    const poll = setInterval(look, 20);
    changed.add(look);
    look();
  });
}

async function endBoth(program: FollowedProgram, pty: IPty): Promise<void> {
  const hard = setTimeout(() => {
    tryKill(program.pid, 'SIGKILL');
    tryKill(pty.pid, 'SIGKILL');
  }, END_MS);
  // As when a terminal is closed: an interactive shell ends by this alone, and ends its jobs. Between two commands it
  // notes the first and obeys the second.
  const hangUp = (): void => tryKill(program.pid, 'SIGHUP');
  const again = setInterval(hangUp, 100);
  hangUp();
  tryKill(program.pid, 'SIGCONT');
  await program.exit;
  clearInterval(again);
  clearTimeout(hard);
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

function read(folder: string, name: string): string {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
}

/** The device of the terminal that a process runs in. */
function ttyOf(pid: number): string {
  return `/dev/${execFileSync('ps', ['-o', 'tty=', '-p', String(pid)], { encoding: 'utf8' }).trim()}`;
}
