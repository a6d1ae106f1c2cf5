import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../brokers/mosquitto.ts';
import { findProgram } from '../require-program.ts';

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** A database that keeps values by time, on a free loopback port, with a folder of its own. */
export interface RunningEngine {
  readonly port: number;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts InfluxDB 1; with `hasLogin` nobody may do anything without one, and `admin` with `secret` may do all. */
export async function startInflux(hasLogin = false): Promise<RunningEngine> {
  const engine = await onFreePort(async port => {
    const rpc = await freePort();
    return start('influxd', port, 'ping', folder => [
      ['influx.conf', influxConf(folder, rpc, port, hasLogin)],
      ['-config', join(folder, 'influx.conf')],
    ]);
  });
  const { port } = engine;
  const ask = (q: string) =>
    fetch(`http://127.0.0.1:${port}/query?u=admin&p=secret`, { method: 'POST', body: new URLSearchParams({ q }) });
  if (hasLogin) await ask(`CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES`);
  await ask('CREATE DATABASE "hometui"');
  return engine;
}

function influxConf(folder: string, rpc: number, port: number, hasLogin: boolean): string {
  const path = (name: string): string => JSON.stringify(join(folder, name));
  return [
    'reporting-disabled = true',
    `bind-address = "127.0.0.1:${rpc}"`,
    `[meta]\ndir = ${path('meta')}`,
    `[data]\ndir = ${path('data')}\nwal-dir = ${path('wal')}`,
    `[http]\nbind-address = "127.0.0.1:${port}"\nlog-enabled = false\nauth-enabled = ${hasLogin}`,
    '[monitor]\nstore-enabled = false',
    '',
  ].join('\n');
}

/** Starts VictoriaMetrics. */
export async function startVictoria(): Promise<RunningEngine> {
  return onFreePort(port =>
    start('victoria-metrics', port, 'health', folder => [
      null,
      [`-storageDataPath=${folder}`, `-httpListenAddr=127.0.0.1:${port}`, '-retentionPeriod=10y'],
    ]),
  );
}

/** Tries again where another test took the port before the engine did. */
async function onFreePort(begin: (port: number) => Promise<RunningEngine>, tries = 3): Promise<RunningEngine> {
  try {
    return await begin(await freePort());
  } catch (error) {
    if (tries > 1 && String(error).includes('address already in use')) return onFreePort(begin, tries - 1);
    throw error;
  }
}

/** Starts Prometheus, fetching from `targets` each second. What stands in `folder` before, it knows. */
export async function startPrometheus(
  targets: readonly string[],
  prepare: (data: string) => Promise<void> | void = () => {},
): Promise<RunningEngine> {
  return onFreePort(port =>
    start('prometheus', port, '-/ready', async folder => {
      await prepare(join(folder, 'data'));
      const conf = {
        global: { scrape_interval: '1s' },
        scrape_configs: [{ job_name: 'hometui', static_configs: [{ targets }] }],
      };
      return [
        // JSON is YAML.
        ['p.yml', JSON.stringify(conf)],
        [
          `--config.file=${join(folder, 'p.yml')}`,
          `--storage.tsdb.path=${join(folder, 'data')}`,
          '--storage.tsdb.retention.time=10y',
          `--web.listen-address=127.0.0.1:${port}`,
        ],
      ];
    }),
  );
}

type Plan = readonly [file: readonly [name: string, text: string] | null, args: readonly string[]];

async function start(
  name: string,
  port: number,
  health: string,
  plan: (folder: string) => Plan | Promise<Plan>,
): Promise<RunningEngine> {
  const program = findProgram(name);
  if (program === null) throw new Error(`${name} is not installed`);
  const folder = await mkdtemp(join(tmpdir(), `hometui-${name}-`));
  const [file, args] = await plan(folder);
  if (file !== null) await writeFile(join(folder, file[0]), file[1]);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (log = `${log}${chunk}`.slice(-4_000)));
  const closed = once(child, 'close');
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
    running.delete(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isReady(`http://127.0.0.1:${port}/${health}`))) {
    if (child.exitCode === null && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
      continue;
    }
    await close();
    throw new Error(`${name} did not start:\n${log}`);
  }
  return { port, folder, close };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
