import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../require-program.ts';
import type { BrokerUsers } from './broker-rights.ts';
import { freePort } from './mosquitto.ts';

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 20;

/** A nats-server with its MQTT gateway. */
export interface Nats {
  readonly port: number;
  readonly url: string;
  readonly logFile: string;
  /** Writes other users and rights, sends SIGHUP, and resolves when they are in force. */
  readonly reload: (users: BrokerUsers) => Promise<void>;
  /** Ends the server and starts it again on the same port. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server on free loopback ports, with a store of its own. Always `await broker.close()`. */
export async function startNats(users: BrokerUsers): Promise<Nats> {
  const program = findProgram('nats-server');
  if (program === null) throw new Error('nats-server is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'hometui-nats-'));
  const ports = { mqtt: await freePort(), nats: await freePort() };
  const files = { conf: join(folder, 'conf'), log: join(folder, 'log') };
  const readLog = (): string => (existsSync(files.log) ? readFileSync(files.log, 'utf8') : '');
  const write = (next: BrokerUsers): Promise<void> => writeFile(files.conf, confText(folder, ports, next));
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    child = spawn(program, ['-c', files.conf], { stdio: 'ignore' });
    running.add(child);
    await until(() => answers(ports.mqtt), 'nats-server to answer', readLog);
  };
  const stop = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    running.delete(child);
    child = null;
  };
  const close = async (): Promise<void> => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await write(users);
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port: ports.mqtt,
    url: `mqtt://127.0.0.1:${ports.mqtt}`,
    logFile: files.log,
    reload: async next => {
      await write(next);
      const before = count(readLog(), 'Reloaded server configuration');
      child?.kill('SIGHUP');
      const isDone = async (): Promise<boolean> => count(readLog(), 'Reloaded server configuration') > before;
      await until(isDone, 'the reload', readLog);
    },
    restart: async () => {
      await stop();
      await start();
    },
    close,
  };
}

/** MQTT needs JetStream and a server name (nats.io, MQTT configuration). */
function confText(folder: string, ports: { mqtt: number; nats: number }, users: BrokerUsers): string {
  const list = Object.entries(users).map(([user, { password, write, read }]) => {
    // What a QoS 1 subscription is delivered through; without it nothing arrives.
    const subscribe = [...read.map(subjectOf), '$MQTT.sub.>'];
    // An empty list would allow everything.
    const publish = write.length === 0 ? { deny: ['>'] } : { allow: write.map(subjectOf) };
    const permissions = { publish, subscribe: { allow: subscribe } };
    return JSON.stringify({ user, password, permissions });
  });
  return [
    `host: "127.0.0.1"`,
    `port: ${ports.nats}`,
    `server_name: "hometui"`,
    `log_file: ${JSON.stringify(join(folder, 'log'))}`,
    `jetstream { store_dir: ${JSON.stringify(join(folder, 'store'))} }`,
    `mqtt { host: "127.0.0.1", port: ${ports.mqtt} }`,
    `authorization { users: [${list.join(',\n')}] }`,
    '',
  ].join('\n');
}

function subjectOf(filter: string): string {
  return filter
    .split('/')
    .map(level => (level === '+' ? '*' : level === '#' ? '>' : level))
    .join('.');
}

async function until(isTrue: () => Promise<boolean>, what: string, readLog: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`waited for ${what}; the log:\n${readLog()}`);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
