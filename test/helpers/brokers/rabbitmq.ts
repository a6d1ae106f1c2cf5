import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrokerUsers } from './broker-rights.ts';
import { freePort } from './mosquitto.ts';

/** Where Debian keeps RabbitMQ's own scripts; those on PATH change to the user rabbitmq and to its folders. */
const SCRIPTS = '/usr/lib/rabbitmq/bin';
/** An Erlang node on a busy machine takes its time. */
const START_TIMEOUT_MS = 90_000;
const POLL_MS = 100;

/** A RabbitMQ node with the MQTT plugin, all its own: folders, ports, cookie and port mapper. */
export interface RabbitMq {
  readonly port: number;
  readonly url: string;
  readonly logFile: string;
  /** Another password; connections that are open stay so. */
  readonly setPassword: (user: string, password: string) => Promise<void>;
  /** Other rights for topics; read and write filters as in MQTT. */
  readonly setRights: (user: string, write: readonly string[], read: readonly string[]) => Promise<void>;
  /** Ends the node at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) killGroup(child);
});

/** Starts a node on free loopback ports. It takes about 10 s. Always `await broker.close()`. */
export async function startRabbitMq(users: BrokerUsers): Promise<RabbitMq> {
  const folder = await mkdtemp(join(tmpdir(), 'hometui-rabbitmq-'));
  const [port, epmdPort, nodePort] = [await freePort(), await freePort(), await freePort()];
  const env = environment(folder, epmdPort, nodePort);
  await writeFiles(folder, port, users);
  const epmd = launch('epmd', ['-port', String(epmdPort), '-address', '127.0.0.1'], env);
  let node: ChildProcess | null = null;
  let starts = 0;
  const start = async (): Promise<void> => {
    node = launch(join(SCRIPTS, 'rabbitmq-server'), [], env);
    starts += 1;
    await isUp(node, folder, starts);
  };
  const kill = async (): Promise<void> => {
    if (node !== null) await end(node);
    node = null;
  };
  const close = async (): Promise<void> => {
    await kill();
    await end(epmd);
    rmSync(folder, { recursive: true, force: true });
  };
  const control = async (...args: string[]): Promise<void> => {
    await promisify(execFile)(join(SCRIPTS, 'rabbitmqctl'), args, { env });
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
    logFile: join(folder, 'rabbit.log'),
    setPassword: (user, password) => control('change_password', user, password),
    setRights: (user, write, read) =>
      control('set_topic_permissions', '-p', '/', user, 'amq.topic', regexOf(write), regexOf(read)),
    kill,
    start,
    close,
  };
}

function environment(folder: string, epmdPort: number, nodePort: number): NodeJS.ProcessEnv {
  return {
    PATH: `${process.env.PATH}:/usr/sbin:/usr/bin`,
    LANG: 'C.UTF-8',
    HOME: folder,
    // The script then becomes the node instead of watching over it: one process to end.
    RUNNING_UNDER_SYSTEMD: 'true',
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `hometui-${nodePort}@localhost`,
    RABBITMQ_DIST_PORT: String(nodePort),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'no-such-env.conf'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'no-such-advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_LOGS: join(folder, 'rabbit.log'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}',
  };
}

async function writeFiles(folder: string, port: number, users: BrokerUsers): Promise<void> {
  const definitions = join(folder, 'definitions.json');
  const conf = [
    'listeners.tcp = none',
    `mqtt.listeners.tcp.1 = 127.0.0.1:${port}`,
    'mqtt.allow_anonymous = false',
    `load_definitions = ${definitions}`,
  ];
  await writeFile(join(folder, 'rabbitmq.conf'), `${conf.join('\n')}\n`);
  await writeFile(join(folder, 'enabled_plugins'), '[rabbitmq_mqtt].\n');
  await writeFile(definitions, JSON.stringify(definitionsOf(users)));
}

/** Users and rights in the form of `rabbitmqctl export_definitions`. */
function definitionsOf(users: BrokerUsers): unknown {
  const entries = Object.entries(users);
  const all = { configure: '.*', write: '.*', read: '.*' };
  return {
    vhosts: [{ name: '/' }],
    users: entries.map(([name, { password }]) => ({
      name,
      password_hash: hash(password),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
    })),
    permissions: entries.map(([user]) => ({ user, vhost: '/', ...all })),
    topic_permissions: entries.map(([user, { write, read }]) => ({
      user,
      vhost: '/',
      exchange: 'amq.topic',
      write: regexOf(write),
      read: regexOf(read),
    })),
  };
}

function hash(password: string): string {
  const salt = randomBytes(4);
  const digest = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, digest]).toString('base64');
}

/** Topic filters as one expression over routing keys, in which `/` is a dot. */
function regexOf(filters: readonly string[]): string {
  if (filters.length === 0) return '^$';
  const one = (filter: string): string =>
    filter
      .split('/')
      .map(levelRegex)
      .join('\\.')
      .replace(/\\\.\.\*$/, '(\\..*)?');
  return `^(${filters.map(one).join('|')})$`;
}

function levelRegex(level: string): string {
  if (level === '+') return '[^.]+';
  return level === '#' ? '.*' : level.replace(/[^A-Za-z0-9-]/g, '\\$&');
}

/** In a process group of its own, so that an Erlang node ends with all its helpers. */
function launch(program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(program, args, { env, stdio: 'ignore', detached: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise<void>(resolve => child.once('close', () => resolve()));
  killGroup(child);
  await closed;
}

/** The listener is there before users and rights are: only the last line of the start counts. */
async function isUp(node: ChildProcess, folder: string, starts: number): Promise<void> {
  const file = join(folder, 'rabbit.log');
  const readLog = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : 'no log');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (readLog().split('Server startup complete').length <= starts) {
    if (node.exitCode !== null || Date.now() > deadline) {
      throw new Error(`rabbitmq-server does not start:\n${readLog()}`);
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
