import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { freePort } from '../brokers/mosquitto.ts';
import { mosquittoLine, mosquittoProgram } from '../brokers/try-start.ts';

/** What is done to an installation once its broker runs. */
export type Step =
  | { readonly write: string; readonly text: string; readonly aheadS?: number }
  | { readonly signal: NodeJS.Signals }
  | { readonly publish: readonly [user: string, topic: string, payload: string]; readonly retain: boolean }
  | {
      readonly login: string;
      readonly clientId: string;
      readonly keepalive?: number;
      readonly will?: string;
      readonly isKept?: boolean;
      /** What it subscribes to at QoS 1. */
      readonly subscribes?: string;
      readonly leaves?: boolean;
    };

/** A fault or a warning that must be found; `file` below the folder. `says` is a part of its evidence. */
export interface Wanted {
  readonly id: string;
  readonly sign: 'fault' | 'warning';
  readonly file: string | null;
  readonly line: number | null;
  readonly says: string;
}

/** An installation as it lies in test/fixtures/doctor. */
export interface Fixture {
  readonly why: string;
  readonly base?: string;
  readonly house?: string;
  readonly starts?: boolean;
  readonly starts21?: boolean;
  /** The broker ends in one of the steps (2.1). */
  readonly ends21?: boolean;
  /** Only root can start a broker that drops to another user. */
  readonly asRoot?: boolean;
  readonly modes?: Readonly<Record<string, string>>;
  /** Who is tried; all four where it is not said. */
  readonly logins?: readonly string[];
  readonly after?: readonly Step[];
  /** How long the house is listened to, s; 1 where it is not said. */
  readonly listenS?: number;
  /** Who may publish what on which port, to be tried on the real broker: what makes it a fault. */
  readonly open?: readonly [user: string, topic: string, port: string];
  readonly found?: readonly Wanted[];
  readonly found21?: readonly Wanted[];
}

const FIXTURES = new URL('../../fixtures/doctor/', import.meta.url).pathname;
/** The fixtures' passwords: one letter each. */
const PASSWORDS: Readonly<Record<string, string>> = { master: 'm', monitor: 'o', heating: 'h', dhtclient: 'd' };

export const is21 = mosquittoProgram() !== '' && mosquittoLine() === '2.1';

export function fixtureNames(kind: 'broken' | 'healthy'): readonly string[] {
  return readdirSync(join(FIXTURES, kind));
}

export function readFixture(kind: 'broken' | 'healthy', name: string): Fixture {
  return JSON.parse(readFileSync(join(FIXTURES, kind, name, 'fixture.json'), 'utf8')) as Fixture;
}

/** An installation in a folder of its own, its broker running where it starts. */
export interface Unpacked {
  readonly folder: string;
  readonly port: number;
  readonly port2: number;
  readonly fixture: Fixture;
  /** Whether the broker runs, and what it said if not. */
  readonly starts: boolean;
  readonly said: string;
  /** `--login` for those who are to be tried. */
  readonly logins: readonly string[];
  readonly connect: (user: string, port?: number, more?: object) => Promise<MqttClient>;
  readonly close: () => Promise<void>;
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Unpacks a fixture, starts its broker, and does what its steps say. Always `await close()`. */
export async function unpackInstallation(kind: 'broken' | 'healthy', name: string): Promise<Unpacked> {
  const fixture = readFixture(kind, name);
  const folder = mkdtempSync(join(tmpdir(), 'hometui-doctor-'));
  chmodSync(folder, 0o755);
  const [port, port2] = [await freePort(), await freePort()];
  const fill = (text: string): string =>
    text.replaceAll('@DIR@', folder).replaceAll('@PORT@', String(port)).replaceAll('@PORT2@', String(port2));
  if (fixture.base !== undefined) cpSync(join(FIXTURES, 'healthy', fixture.base), folder, { recursive: true });
  cpSync(join(FIXTURES, kind, name), folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true }).map(String)) {
    const path = join(folder, file);
    if (statSync(path).isDirectory()) chmodSync(path, 0o755);
    else {
      writeFileSync(path, fill(readFileSync(path, 'utf8')));
      chmodSync(path, Number.parseInt(fixture.modes?.[file] ?? '0640', 8));
    }
  }
  const broker = await start(join(folder, 'conf'), port);
  const clients: MqttClient[] = [];
  const connect = async (user: string, on = port, more: object = {}): Promise<MqttClient> => {
    const login = { username: user, password: PASSWORDS[user] ?? '', protocolVersion: 5 as const, reconnectPeriod: 0 };
    const client = await connectAsync(`mqtt://127.0.0.1:${on}`, { ...login, ...more });
    client.on('error', () => {});
    clients.push(client);
    return client;
  };
  for (const step of broker.starts ? (fixture.after ?? []) : [])
    await carryOut(step, { folder, fill, broker, connect });
  const logins = (fixture.logins ?? Object.keys(PASSWORDS)).map(user => {
    const file = join(folder, `${user}.login`);
    writeFileSync(file, PASSWORDS[user] ?? '');
    return `${user}=${file}`;
  });
  const close = async (): Promise<void> => {
    await Promise.all(clients.map(client => client.endAsync(true)));
    await broker.end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, port, port2, fixture, starts: broker.starts, said: broker.said(), logins, connect, close };
}

interface Broker {
  readonly child: ChildProcess;
  readonly starts: boolean;
  readonly said: () => string;
  readonly end: () => Promise<void>;
}

async function start(conf: string, port: number): Promise<Broker> {
  const child = spawn(mosquittoProgram(), ['-c', conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said += String(chunk);
    });
  const closed = once(child, 'close').then(() => children.delete(child));
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
  };
  const starts = await Promise.race([closed.then(() => false), answers(port)]);
  return { child, starts, said: () => said, end };
}

/** Whether a broker answers there within 10 s. */
async function answers(port: number): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    // It opens its port before it has read all of its files: it is there once it has closed a connection and takes another.
    if ((await comesAndGoes(port)) && (await comesAndGoes(port))) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
}

/** Connects, says nothing and leaves; whether the other side took it. */
async function comesAndGoes(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  let isTaken = false;
  socket.on('error', () => {});
  socket.once('connect', () => {
    isTaken = true;
    socket.end();
    socket.resume();
  });
  await new Promise(resolve => socket.once('close', resolve));
  return isTaken;
}

interface Doing {
  readonly folder: string;
  readonly fill: (text: string) => string;
  readonly broker: Broker;
  readonly connect: Unpacked['connect'];
}

async function carryOut(step: Step, { folder, fill, broker, connect }: Doing): Promise<void> {
  if ('write' in step) {
    const path = join(folder, step.write);
    writeFileSync(path, fill(step.text));
    const at = Date.now() / 1_000 + (step.aheadS ?? 0);
    utimesSync(path, at, at);
  } else if ('signal' in step) {
    broker.child.kill(step.signal);
    await untilLogged(join(folder, 'log'), /Reloading config\.\n|terminating\n/);
  } else if ('publish' in step) {
    const [user, topic, payload] = step.publish;
    const client = await connect(user);
    await client.publishAsync(topic, payload, { qos: 1, retain: step.retain });
    await client.endAsync();
  } else {
    const { login, clientId, keepalive, will, isKept, subscribes, leaves } = step;
    const client = await connect(login, undefined, {
      ...{ clientId, clean: isKept !== true, keepalive: keepalive ?? 60, protocolVersion: 4 },
      ...(will === undefined ? {} : { will: { topic: will, payload: Buffer.from('gone'), qos: 0, retain: false } }),
    });
    if (subscribes !== undefined) await client.subscribeAsync(subscribes, { qos: 1 });
    if (leaves === true) await client.endAsync();
  }
}

/** Resolves when the log has such a line; the broker writes it before it goes on. */
async function untilLogged(log: string, pattern: RegExp): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!existsSync(log) || !pattern.test(readFileSync(log, 'utf8'))) {
    if (Date.now() > deadline) throw new Error(`waited for ${pattern} in ${log}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
