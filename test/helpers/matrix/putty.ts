import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../brokers/mosquitto.ts';
import { findProgram } from '../require-program.ts';
import { openTerminal, type TerminalWithPersona } from '../terminal/persona.ts';

/** Programs that a session of PuTTY needs, and Debian's packages that have them. */
const PUTTY_PROGRAMS: Readonly<Record<string, string>> = {
  putty: 'putty',
  puttygen: 'putty-tools',
  Xvfb: 'xvfb',
  sshd: 'openssh-server',
  'ssh-keygen': 'openssh-client',
  xdotool: 'xdotool',
  import: 'imagemagick',
};

/** A display and an ssh server of our own on loopback, for real PuTTYs to log in to as the current user. */
export interface PuttyStage {
  /** Starts a PuTTY that runs a command on the server. */
  readonly open: (look: PuttyLook) => Promise<Putty>;
  /** Ends all that was started, by its process id. */
  readonly close: () => Promise<void>;
}

export interface PuttyLook {
  readonly charset: 'UTF-8' | 'ISO-8859-1';
  /** Run by the server's shell on the tty that PuTTY asked for. */
  readonly command: string;
  /** As GTK names it. */
  readonly font?: string;
  readonly columns?: number;
  readonly rows?: number;
}

/** A real PuTTY, with an emulator that reads what it was sent, from PuTTY's own log. */
export interface Putty {
  /** All bytes that the server sent. */
  readonly received: () => Buffer;
  readonly screen: () => Promise<string>;
  readonly waitFor: (question: RegExp) => Promise<string>;
  /** Presses keys by their X names: `Return`, `Escape`, `question`. */
  readonly press: (...keys: readonly string[]) => void;
  /** Takes a picture of the window. */
  readonly picture: (file: string) => void;
  readonly close: () => Promise<void>;
}

const WAIT_MS = 20_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Opens the stage. Always `await stage.close()`. */
export async function openPuttyStage(): Promise<PuttyStage> {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-putty-'));
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const child of children.reverse()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const server = await startServer(folder, children);
    const display = await startDisplay(folder, children);
    let count = 0;
    const open = (look: PuttyLook): Promise<Putty> =>
      startPutty(join(folder, `${++count}`), look, { ...server, display });
    return { open, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Server {
  readonly port: number;
  /** The fingerprint of its key, by which PuTTY knows it. */
  readonly fingerprint: string;
  /** The user's key as PuTTY reads it. */
  readonly key: string;
}

async function startServer(folder: string, children: ChildProcess[]): Promise<Server> {
  const [hostKey, userKey] = [join(folder, 'host'), join(folder, 'user')];
  for (const key of [hostKey, userKey]) run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  run('puttygen', [userKey, '-o', `${userKey}.ppk`]);
  // Where sshd runs as root, it wants this folder; Debian makes it when the service starts.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${userKey}.pub`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'PrintMotd no',
    'PrintLastLog no',
  ];
  writeFileSync(join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  const log = openSync(join(folder, 'sshd.log'), 'w');
  const sshd = spawn(programOf('sshd'), ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  children.push(keep(sshd));
  await until(() => textOf(join(folder, 'sshd.log')).includes('Server listening'), 'sshd to listen');
  const fingerprint = /SHA256:\S+/.exec(run('ssh-keygen', ['-l', '-f', hostKey]))?.[0] ?? '';
  return { port, fingerprint, key: `${userKey}.ppk` };
}

async function startDisplay(folder: string, children: ChildProcess[]): Promise<string> {
  // Without a reset when the last window closes: it would take the next one with it.
  const args = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp', '-noreset'];
  const number = openSync(join(folder, 'display'), 'w');
  const child = spawn(programOf('Xvfb'), args, { stdio: ['ignore', 'ignore', 'ignore', number] });
  closeSync(number);
  children.push(keep(child));
  await until(() => /\d+\n/.test(textOf(join(folder, 'display'))), 'the display');
  return `:${textOf(join(folder, 'display')).trim()}`;
}

async function startPutty(
  home: string,
  look: PuttyLook,
  { port, fingerprint, key, display }: Server & { readonly display: string },
): Promise<Putty> {
  const { charset, command, font = 'DejaVu Sans Mono 12', columns = 80, rows = 24 } = look;
  mkdirSync(join(home, '.putty/sessions'), { recursive: true });
  const log = join(home, 'log');
  const session = {
    HostName: '127.0.0.1',
    PortNumber: port,
    Protocol: 'ssh',
    UserName: userInfo().username,
    PublicKeyFile: key,
    TryAgent: 0,
    RemoteCommand: command,
    LineCodePage: charset,
    // Without this, GTK's PuTTY goes by its own locale.
    UTF8Override: 0,
    FontName: `client:${font}`,
    TermWidth: columns,
    TermHeight: rows,
    WarnOnClose: 0,
    CloseOnExit: 2,
    LogType: 2,
    LogFlush: 1,
    LogFileName: log,
    LogFileClash: 1,
  };
  const lines = Object.entries(session).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(home, '.putty/sessions/hometui'), lines.join(''));
  const env = { PATH: process.env.PATH, HOME: home, DISPLAY: display, LANG: 'C.UTF-8', NO_AT_BRIDGE: '1' };
  const args = ['-load', 'hometui', '-hostkey', fingerprint, '-title', 'hometui'];
  const child = keep(spawn(programOf('putty'), args, { env, stdio: 'ignore' }));
  const tool = (name: string, words: readonly string[]): string => run(name, words, env);
  const terminal = openTerminal(columns, rows, charset === 'UTF-8' ? 'putty' : 'putty-latin1');
  const reader = followLog(log, terminal);
  const window = (
    await untilSome(() => tool('xdotool', ['search', '--onlyvisible', '--name', 'hometui']), 'the window')
  ).trim();
  tool('xdotool', ['windowfocus', window]);
  return {
    ...reader,
    press: (...keys) => void tool('xdotool', ['key', '--delay', '80', ...keys]),
    picture: file => void tool('import', ['-window', window, file]),
    close: async () => {
      await end(child);
      terminal.close();
    },
  };
}

function followLog(file: string, terminal: TerminalWithPersona): Pick<Putty, 'received' | 'screen' | 'waitFor'> {
  const received = (): Buffer => (existsSync(file) ? readFileSync(file) : Buffer.alloc(0));
  let shown = 0;
  const screen = async (): Promise<string> => {
    const bytes = received().subarray(shown);
    shown += bytes.length;
    await terminal.write(bytes);
    return terminal.text();
  };
  const waitFor = async (question: RegExp): Promise<string> => {
    let last = '';
    const isThere = async (): Promise<boolean> => {
      last = await screen();
      return question.test(last);
    };
    await until(isThere, `a screen with ${question}`).catch(error => {
      throw new Error(`${error.message}; the screen:\n${last}`);
    });
    return last;
  };
  return { received, screen, waitFor };
}

function programOf(name: string): string {
  const found = findProgram(name);
  if (found === null) throw new Error(`${name} is not installed (Debian: apt-get install ${PUTTY_PROGRAMS[name]})`);
  return found;
}

const run = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string =>
  execFileSync(programOf(name), args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`waited ${WAIT_MS} ms for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function untilSome(ask: () => string, what: string): Promise<string> {
  let answer = '';
  await until(() => {
    try {
      answer = ask();
    } catch {
      // It is not there yet.
    }
    return answer !== '';
  }, what);
  return answer;
}

/** Ends it with this process, at the latest. */
function keep(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(hard);
}
