import { type ChildProcess, spawn as start } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { type Sshd, startSshd } from '../helpers/lifecycle-sshd.ts';
import { type Mosquitto, startMosquitto } from '../helpers/mosquitto.ts';
import { findProgram } from '../helpers/require-program.ts';
import { type Emulator, openEmulator } from '../helpers/terminal-emulator.ts';
import { openDevices } from './devices.ts';
import { type Figure, round } from './figures.ts';
import { pause } from './processes.ts';

const STALL_MS = 40_000;
const WAIT_MS = 20_000;
const UPDATES_PER_SECOND = 30;
/** With the broker's grace the link is lost after 7.5 s of silence: five times within the stall. */
const KEEPALIVE_S = 5;

/** Loaded before the program: notes the longest time that its event loop did nothing else, ms, on SIGUSR2. */
const LOOP_WATCH = `
const { monitorEventLoopDelay } = require('node:perf_hooks');
const loop = monitorEventLoopDelay({ resolution: 10 });
loop.enable();
process.on('SIGUSR2', () => {
  const { writeFileSync, renameSync } = require('node:fs');
  writeFileSync(process.env.LOOP_NOTE + '.new', String(loop.max / 1e6));
  renameSync(process.env.LOOP_NOTE + '.new', process.env.LOOP_NOTE);
  loop.reset();
});
`;

/**
 * What a stalled line does to a busy console: an ssh on loopback is stopped for 40 s while 30 values a second come, and
 * goes on. Once as it is, and once with a terminal that is resized 20 times a second, so that whole pictures are sent:
 * what lies between ssh and the console takes 1 MB, more than the changes of 40 s. Empty where ssh or sshd is missing.
 */
export async function measureStalledLine(program: string): Promise<readonly Figure[]> {
  if (findProgram('sshd') === null || findProgram('ssh') === null) return [];
  return [...(await measureOnce(program, false)), ...(await measureOnce(program, true))];
}

async function measureOnce(program: string, isFilled: boolean): Promise<readonly Figure[]> {
  const broker = await startMosquitto();
  const sshd = await startSshd();
  const devices = await openDevices(broker.url, ['heating/flow', 'heating/return', 'cellar/temperature']);
  const quiet = devices.talk(UPDATES_PER_SECOND);
  const client = logIn(sshd, broker, program);
  try {
    await until(client, screen => /Flow +\d/.test(screen));
    const console = Number(readFileSync(join(sshd.folder, 'pid'), 'utf8'));
    const loop = join(sshd.folder, 'loop');
    process.kill(client.pty.pid, 'SIGSTOP');
    const resizes = isFilled ? resizeAllTheTime(console) : null;
    const before = bytesWrittenBy(console);
    const halfMs = await longestBlock(console, loop, STALL_MS / 2);
    const half = bytesWrittenBy(console);
    const restOfStallMs = await longestBlock(console, loop, STALL_MS / 2);
    const after = bytesWrittenBy(console);
    resizes?.kill();
    quiet();
    await devices.say('heating/flow', '77.7');
    const rightAfterMs = await goOn(client);
    const what = `ssh stopped for ${STALL_MS / 1_000} s, ${isFilled ? 'line full' : 'as it is'}`;
    return [
      {
        what: `${what}: longest block of the event loop`,
        value: `${round(Math.max(halfMs, restOfStallMs))} ms`,
        compared: 'its own drawing',
        goal: '0 s by the line',
      },
      {
        what: `${what}: sent into the line`,
        value: `${round((half - before) / 1_000)} kB`,
        compared: `${round((after - half) / 1_000)} kB in the second half`,
      },
      { what: `${what}: links lost`, value: String(connections(broker) - 1), goal: '0' },
      { what: `${what}: right again after`, value: `${round(rightAfterMs)} ms`, goal: '≤ 2,000 ms' },
    ];
  } finally {
    quiet();
    await client.close();
    await devices.close();
    await sshd.close();
    await broker.close();
  }
}

interface SshClient {
  readonly terminal: Emulator;
  readonly pty: IPty;
  readonly close: () => Promise<void>;
}

function logIn(sshd: Sshd, broker: Mosquitto, program: string): SshClient {
  const watch = join(sshd.folder, 'watch.cjs');
  writeFileSync(watch, LOOP_WATCH);
  const env = `HOME=${sshd.folder} LANG=C.UTF-8 LOOP_NOTE=${sshd.folder}/loop`;
  const run = `${process.execPath} -r ${watch} ${program} -L ${broker.url} -i bench -k ${KEEPALIVE_S}`;
  const command = `echo $$ >${sshd.folder}/pid; exec env ${env} ${run}`;
  const size = { cols: 80, rows: 24 };
  const environment = { PATH: process.env.PATH ?? '', TERM: 'xterm-256color' };
  const pty = spawn('ssh', [...sshd.clientArgs, command], { ...size, env: environment, encoding: null });
  const terminal = openEmulator(80, 24);
  terminal.onAnswer(text => pty.write(text));
  // With `encoding: null` these are buffers, whatever the type says.
  (pty.onData as unknown as (listener: (chunk: Buffer) => void) => void)(chunk => {
    void terminal.write(chunk);
  });
  const ended = new Promise<void>(resolve => void pty.onExit(() => resolve()));
  const close = async (): Promise<void> => {
    process.kill(pty.pid, 'SIGCONT');
    pty.kill('SIGTERM');
    await ended;
    terminal.close();
  };
  return { terminal, pty, close };
}

/** Goes on and resolves with the time, ms, until the screen shows the newest value. */
async function goOn(client: SshClient): Promise<number> {
  const startedAt = performance.now();
  process.kill(client.pty.pid, 'SIGCONT');
  await until(client, screen => /Flow +77\.7/.test(screen));
  return performance.now() - startedAt;
}

/** The longest time, ms, in which the event loop of a process did nothing else, within so many ms from now. */
async function longestBlock(pid: number, note: string, forMs: number): Promise<number> {
  // The first one clears what was before.
  await ask(pid, note);
  await pause(forMs);
  return ask(pid, note);
}

async function ask(pid: number, note: string): Promise<number> {
  rmSync(note, { force: true });
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(note)) await pause(20);
  return Number(readFileSync(note, 'utf8'));
}

function resizeAllTheTime(pid: number): ChildProcess {
  const script = 'while :; do stty -F "$0" rows 25; sleep 0.05; stty -F "$0" rows 24; sleep 0.05; done';
  return start('sh', ['-c', script, readlinkSync(`/proc/${pid}/fd/0`)], { stdio: 'ignore' });
}

/** What a process has written, to anything. Linux only: /proc. */
function bytesWrittenBy(pid: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

function connections(broker: Mosquitto): number {
  return broker.readLog().match(/New client connected from \S+ as bench /g)?.length ?? 0;
}

async function until({ terminal }: SshClient, isRight: (screen: string) => boolean): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (!isRight(terminal.text())) {
    if (performance.now() > deadline) throw new Error(`waited ${WAIT_MS} ms; the screen:\n${terminal.text()}`);
    await pause(10);
  }
}
