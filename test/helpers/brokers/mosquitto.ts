import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../../src/io/password-hash.ts';
import { findProgram } from '../require-program.ts';
import { listenOnLoopback } from './tcp-server.ts';

const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 10;

export interface MosquittoOptions {
  /** More lines for the conf. An own `user` or `allow_anonymous` line replaces the helper's. */
  readonly conf?: string;
  /** Text of the acl_file, or its bytes; without it there is no `acl_file` line. */
  readonly acl?: string | Uint8Array;
  /** User name to password; without it everybody may log in without a name. */
  readonly passwords?: Readonly<Record<string, string>>;
  /** Text of the password_file as it is, in place of `passwords`. */
  readonly passwordFile?: string;
  /** Whether debug lines (denied publishes) are in the log. On unless `false`. */
  readonly log?: boolean;
  /** The broker's program; else `HOMETUI_TEST_MOSQUITTO`, else the one that is installed. */
  readonly program?: string;
}

export interface MosquittoChange {
  readonly acl?: string | Uint8Array;
  readonly passwords?: Readonly<Record<string, string>>;
}

export interface Mosquitto {
  readonly port: number;
  /** `mqtt://127.0.0.1:port` */
  readonly url: string;
  /** As its log says it, `2.0.11`. */
  readonly version: string;
  readonly folder: string;
  readonly logFile: string;
  readonly aclFile: string;
  readonly passwordFile: string;
  /** The running process's id. */
  readonly pid: () => number;
  readonly readLog: () => string;
  /** Resolves as soon as a log line matches. Rejects after `timeoutMs` with the log's text. */
  readonly waitForLog: (pattern: RegExp, timeoutMs?: number) => Promise<string>;
  /** Writes what changes, sends SIGHUP, and resolves when the broker works by it. */
  readonly reload: (change?: string | MosquittoChange) => Promise<void>;
  /** Ends the process and keeps the folder, so that `restart` finds it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Ends the process if it runs and starts it on the same port. */
  readonly restart: () => Promise<void>;
  /** Ends the process and removes the folder. */
  readonly close: () => Promise<void>;
}

/** What a broker that would not start said. */
export class MosquittoStartError extends Error {
  readonly exitCode: number | null;
  readonly log: string;
  constructor(exitCode: number | null, log: string) {
    super(`mosquitto did not start (exit code ${exitCode}):\n${log}`);
    this.exitCode = exitCode;
    this.log = log;
  }
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a real mosquitto on a free loopback port, in a temp folder of its own, and resolves when it answers.
 * The check that it answers leaves `New connection …` and `Client <unknown> closed its connection.` in the log, after a
 * reload too. Rejects with `MosquittoStartError` where the broker refuses its files. Always `await broker.close()`.
 */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Between finding the free port and using it another test may have taken it.
      const wasTaken = error instanceof MosquittoStartError && error.log.includes('Address already in use');
      if (!wasTaken || attempt === 5) throw error;
    }
  }
}

async function startOnce(options: MosquittoOptions): Promise<Mosquitto> {
  const program = options.program ?? process.env.HOMETUI_TEST_MOSQUITTO ?? findProgram('mosquitto');
  if (!program) throw new Error('mosquitto is not installed');
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'hometui-mosquitto-'));
  // A broker started by root drops to the user mosquitto, which must get in, when the conf names that user.
  await chmod(folder, 0o755);
  const files = fileNames(folder);
  await writeFiles(files, options);
  await writeFile(files.conf, confText(port, files, options));

  let child: ChildProcess | null = null;
  const readLog = (): string => (existsSync(files.log) ? readFileSync(files.log, 'utf8') : '');
  const start = async (): Promise<void> => {
    child = await launch(program, files, port, readLog);
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (child !== null) await end(child, signal);
    child = null;
  };
  const reload = async (change: string | MosquittoChange = {}): Promise<void> => {
    await writeFiles(files, typeof change === 'string' ? { acl: change } : change);
    const before = count(readLog(), 'Reloading config.');
    child?.kill('SIGHUP');
    await until(() => count(readLog(), 'Reloading config.') > before, 'the reload', readLog);
    // The line is written first; the one thread then loads the files before it looks at any socket again.
    await answers(port);
  };
  const close = async (): Promise<void> => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    version: /mosquitto version ([0-9.]+)/.exec(readLog())?.[1] ?? 'unknown',
    folder,
    logFile: files.log,
    aclFile: files.acl,
    passwordFile: files.passwords,
    pid: () => child?.pid ?? -1,
    readLog,
    waitForLog: (pattern, timeoutMs) => waitForLine(readLog, pattern, timeoutMs),
    reload,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    close,
  };
}

interface FileNames {
  readonly conf: string;
  readonly acl: string;
  readonly passwords: string;
  readonly log: string;
}

function fileNames(folder: string): FileNames {
  const inFolder = (name: string): string => join(folder, name);
  return { conf: inFolder('conf'), acl: inFolder('acl'), passwords: inFolder('passwords'), log: inFolder('log') };
}

async function writeFiles(files: FileNames, change: MosquittoOptions): Promise<void> {
  if (change.acl !== undefined) await writeFile(files.acl, change.acl);
  const passwords = change.passwordFile ?? (change.passwords === undefined ? null : passwordText(change.passwords));
  if (passwords !== null) await writeFile(files.passwords, passwords);
}

function passwordText(passwords: Readonly<Record<string, string>>): string {
  const lines = Object.entries(passwords).map(([user, password]) => `${user}:${hashPassword(password)}\n`);
  return lines.join('');
}

function confText(port: number, files: FileNames, options: MosquittoOptions): string {
  const own = options.conf ?? '';
  const hasUsers = options.passwords !== undefined || options.passwordFile !== undefined;
  const lines = [`listener ${port} 127.0.0.1`, `log_dest file ${files.log}`, 'log_type error', 'log_type warning'];
  lines.push('log_type notice', 'log_type information');
  if (options.log !== false) lines.push('log_type debug');
  if (process.getuid?.() === 0 && !/^user /m.test(own)) lines.push('user root');
  if (!/^allow_anonymous /m.test(own)) lines.push(`allow_anonymous ${hasUsers ? 'false' : 'true'}`);
  if (hasUsers) lines.push(`password_file ${files.passwords}`);
  if (options.acl !== undefined) lines.push(`acl_file ${files.acl}`);
  return `${lines.join('\n')}\n${own}\n`;
}

async function launch(program: string, files: FileNames, port: number, readLog: () => string): Promise<ChildProcess> {
  const child = spawn(program, ['-c', files.conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  child.stdout?.on('data', chunk => {
    said += String(chunk);
  });
  child.stderr?.on('data', chunk => {
    said += String(chunk);
  });
  const exited = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', code => reject(new MosquittoStartError(code, said + readLog())));
  });
  exited.catch(() => running.delete(child));
  await Promise.race([exited, answersSoon(port, readLog)]).catch(async error => {
    await end(child, 'SIGKILL');
    throw error;
  });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  // A stopped (SIGSTOP) process does not see SIGTERM before it goes on.
  child.kill('SIGCONT');
  child.kill(signal);
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(hard);
}

async function answersSoon(port: number, readLog: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await answers(port);
      return;
    } catch {
      if (Date.now() > deadline) throw new Error(`mosquitto does not answer on port ${port}:\n${readLog()}`);
      await pause();
    }
  }
}

/** Connects, says nothing and leaves: the broker's closing in return proves that its loop has come round. */
async function answers(port: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.end();
  socket.resume();
  await once(socket, 'close');
}

async function waitForLine(readLog: () => string, pattern: RegExp, timeoutMs?: number): Promise<string> {
  const find = (): string | undefined =>
    readLog()
      .split('\n')
      .find(line => pattern.test(line));
  await until(() => find() !== undefined, `a log line like ${pattern}`, readLog, timeoutMs);
  return find() ?? '';
}

async function until(isTrue: () => boolean, what: string, readLog: () => string, timeoutMs = 5_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}; the log:\n${readLog()}`);
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, POLL_MS));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** A TCP port on loopback that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  server.close();
  await once(server, 'close');
  return port;
}
