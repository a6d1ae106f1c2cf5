import { type ChildProcess, spawn as start } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { type Mosquitto, startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { type Sshd, startSshd } from '../helpers/lifecycle/sshd.ts';
import { findProgram } from '../helpers/require-program.ts';
import { type Emulator, openEmulator } from '../helpers/terminal/emulator.ts';
import { openDevices } from './devices.ts';
import { type Figure, percentile, round } from './figures.ts';
import { askInside, insideArgs } from './inside.ts';
import { cpuMs, pause } from './processes.ts';

const STALL_MS = 40_000;
/** Ink is loaded by then, and the code cache written, which is put off for some seconds. */
const SETTLE_MS = 8_000;
const WAIT_MS = 20_000;
const UPDATES_PER_SECOND = 30;
/** With the broker's grace the link is lost after 7.5 s of silence: five times within the stall. */
const KEEPALIVE_S = 5;

/**
 * What a stalled line does to a busy console: an ssh on loopback is stopped for 40 s while 30 values a second come, and
 * goes on. Once as it is, and once with a terminal that is resized 20 times a second, so that whole pictures are sent:
 * what lies between ssh and the console takes 1 MB, more than the changes of 40 s. The 40 s before, in which the line
 * flows, are what it is compared with. Empty where ssh or sshd is missing.
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
  let resizes: ChildProcess | null = null;
  try {
    await until(client, screen => /Flow +\d/.test(screen));
    const console = { pid: Number(readFileSync(join(sshd.folder, 'pid'), 'utf8')), home: sshd.folder };
    if (isFilled) resizes = resizeAllTheTime(console.pid);
    await pause(SETTLE_MS);
    const flowing = await watch(console, STALL_MS);
    process.kill(client.pty.pid, 'SIGSTOP');
    const first = await watch(console, STALL_MS / 2);
    const second = await watch(console, STALL_MS / 2);
    resizes?.kill();
    quiet();
    await devices.say('heating/flow', '77.7');
    const rightAfterMs = await goOn(client);
    const what = `ssh stopped for ${STALL_MS / 1_000} s, ${isFilled ? 'line full' : 'as it is'}`;
    return [
      ...compareBlocks(what, [...first.blocksMs, ...second.blocksMs], flowing.blocksMs),
      {
        what: `${what}: CPU`,
        value: `${round(((first.cpuMs + second.cpuMs) * 100) / STALL_MS)} %`,
        compared: `${round((flowing.cpuMs * 100) / STALL_MS)} % while it flows`,
      },
      {
        what: `${what}: sent into the line`,
        value: `${round(first.bytes / 1_000)} kB`,
        compared: `${round(second.bytes / 1_000)} kB in the second half`,
      },
      { what: `${what}: links lost`, value: String(connections(broker) - 1), goal: '0' },
      { what: `${what}: right again after`, value: `${round(rightAfterMs)} ms`, goal: '≤ 2,000 ms' },
    ];
  } finally {
    resizes?.kill();
    quiet();
    await client.close();
    await devices.close();
    await sshd.close();
    await broker.close();
  }
}

/** A block is a time in which nothing else could be done: the wait of a busy machine for a core is none. */
function compareBlocks(what: string, stalled: readonly number[], flowing: readonly number[]): readonly Figure[] {
  return [
    {
      what: `${what}: longest block of the event loop`,
      value: `${round(Math.max(...stalled))} ms`,
      compared: `${round(Math.max(...flowing))} ms while it flows`,
      goal: '0 s by the line',
    },
    {
      what: `${what}: 99th percentile of the blocks`,
      value: `${round(percentile(stalled, 99))} ms`,
      compared: `${round(percentile(flowing, 99))} ms while it flows`,
    },
  ];
}

interface Watched {
  readonly blocksMs: readonly number[];
  readonly cpuMs: number;
  /** Written by the console, to anything. */
  readonly bytes: number;
}

async function watch(console: { readonly pid: number; readonly home: string }, forMs: number): Promise<Watched> {
  // What was before is not asked for; nor is what the answers take counted.
  await askInside(console, 'blocks');
  const before = spentBy(console.pid);
  await pause(forMs);
  const after = spentBy(console.pid);
  const blocksMs = await askInside(console, 'blocks');
  return { blocksMs, cpuMs: after.cpuMs - before.cpuMs, bytes: after.bytes - before.bytes };
}

interface SshClient {
  readonly terminal: Emulator;
  readonly pty: IPty;
  readonly close: () => Promise<void>;
}

function logIn(sshd: Sshd, broker: Mosquitto, program: string): SshClient {
  const env = `HOME=${sshd.folder} LANG=C.UTF-8`;
  const run = `${process.execPath} ${insideArgs.join(' ')} ${program} -L ${broker.url} -i bench -k ${KEEPALIVE_S}`;
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

function resizeAllTheTime(pid: number): ChildProcess {
  const script = 'while :; do stty -F "$0" rows 25; sleep 0.05; stty -F "$0" rows 24; sleep 0.05; done';
  return start('sh', ['-c', script, readlinkSync(`/proc/${pid}/fd/0`)], { stdio: 'ignore' });
}

/** What a process has taken of the processor and written, to anything. Linux only: /proc. */
function spentBy(pid: number): Omit<Watched, 'blocksMs'> {
  const bytes = Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  return { cpuMs: cpuMs(pid), bytes };
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
