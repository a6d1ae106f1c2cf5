import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/house/presets.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { mosquittoProgram, type RunningBroker, runBroker } from '../helpers/brokers/run-broker.ts';
import { requireMicroPython } from '../helpers/house/micropython.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { type Ended, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const micropython = requireMicroPython();
const isPossible = micropython !== null && requireProgram('mosquitto') !== null;
/** Stand-ins for what a board has and this machine has not; HOMETUI_TEST_UMQTT may name a folder with the real umqtt. */
const BOARD = new URL('../fixtures/micropython/board', import.meta.url).pathname;
/** What a literal of Python, a field of MQTT and a line of the password file might each stumble over. */
const PASSWORD = 'pä"ß\\w: 🏠';
const USERS = ['heating', 'dhtclient', 'monitor', 'master'];
const close: (() => unknown)[] = [];
let folder: string;
let target: string;
let port: number;

beforeAll(() => void builtProgram());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-devices-'));
  chmodSync(folder, 0o755);
  target = join(folder, 'broker');
  port = await freePort();
  writeFileSync(join(folder, 'list'), USERS.map(user => `${user}:${PASSWORD}\n`).join(''));
});
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function setUp(house: string): Promise<RunningBroker> {
  const words = ['--bind', '127.0.0.1', '--port', String(port), '--mosquitto', mosquittoProgram(), '--house', house];
  const made = await runHometui(['setup', '--dir', target, ...words, '--passwords', join(folder, 'list'), '--yes']);
  if (made.code !== 0) throw new Error(made.stdout + made.stderr);
  return start();
}

async function start(): Promise<RunningBroker> {
  const broker = await runBroker(join(target, 'conf.d/50-hometui.conf'));
  close.push(broker.close);
  return broker;
}

interface Board {
  readonly said: () => string;
  readonly child: ChildProcess;
}

/** Runs `main.py` as it was written, with `settings.py` beside it. */
function startBoard(id: string): Board {
  const libraries = [process.env.HOMETUI_TEST_UMQTT, BOARD].filter(path => path !== undefined);
  const child = spawn(micropython ?? '', ['main.py'], {
    cwd: join(target, 'devices', id),
    env: { ...process.env, MICROPYPATH: ['.frozen', ...libraries].join(':') },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      said += String(chunk);
    });
  }
  close.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  });
  return { said: () => said, child };
}

function as(user: string, words: readonly string[], house = 'article'): Promise<Ended> {
  const login = { HOMETUI_URL: `mqtt://127.0.0.1:${port}`, HOMETUI_USER: user, HOMETUI_PASSWORD: PASSWORD };
  return runHometui([...words, '--house', house], { env: login });
}

async function master(): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'master', password: PASSWORD });
  close.push(() => client.endAsync(true));
  return client;
}

describe.runIf(isPossible)("the programs for the article's two boards, on a real MicroPython", () => {
  it('are live, obey, and come back after the broker without a reset', { timeout: 90_000 }, async () => {
    const broker = await setUp('article');
    const [heating, cellar] = [startBoard('heating'), startBoard('dhtclient')];
    const status = await as('monitor', ['status', '--timeout', '20', '--format', 'json']);
    expect(status.code, `${status.stdout}${heating.said()}${cellar.said()}`).toBe(0);
    const { sensors } = JSON.parse(status.stdout) as { sensors: Record<string, { value: number }> };
    const value = (id: string): number | undefined => sensors[id]?.value;
    expect(['flow', 'return', 'temperature', 'humidity'].map(value)).toEqual([54.3, 41, 14.3, 71.5]);
    const set = await as('monitor', ['set', 'pump=on', 'burner=on', 'fan=on', '--yes']);
    expect(set.stdout).toMatch(/Pump on: confirmed[\s\S]*Burner on: confirmed[\s\S]*Fan on: confirmed/);
    await expect.poll(heating.said).toContain('pin 5 1\npin 4 1\n');
    await expect.poll(cellar.said).toContain('pin 5 1\n');
    await broker.close();
    await start();
    const client = await master();
    const heard: string[] = [];
    client.on('message', (topic, payload) => heard.push(`${topic} ${payload}`));
    await client.subscribeAsync('+/+/done');
    const again = await as('monitor', ['status', '--timeout', '20']);
    expect([again.code, heating.said().includes('No link:')], again.stdout).toEqual([0, true]);
    // What a relay is, it still is, and says so by itself.
    const states = ['cellar/fan/done on', 'heating/burner/done on', 'heating/pump/done on'];
    await expect.poll(() => [...new Set(heard)].sort(), { timeout: 20_000 }).toEqual(states);
    await expect.poll(cellar.said, { timeout: 30_000 }).toContain('Not measured: ');
    expect(await as('master', ['set', 'fan', 'off'])).toMatchObject({ code: 0 });
  });

  it('answer a word that they do not know with what the relay is', { timeout: 60_000 }, async () => {
    await setUp('article-de');
    const client = await master();
    const heard: string[] = [];
    client.on('message', (topic, payload) => heard.push(`${topic} ${payload}`));
    await client.subscribeAsync('heizung/pumpe/done');
    const board = startBoard('heating');
    const count = (word: string): number => heard.filter(line => line === `heizung/pumpe/done ${word}`).length;
    await expect.poll(() => count('aus'), { timeout: 10_000 }).toBe(1);
    await client.publishAsync('heizung/pumpe', 'vielleicht');
    await expect.poll(() => count('aus'), { timeout: 10_000 }).toBe(2);
    await client.publishAsync('heizung/pumpe', 'an');
    await expect.poll(() => count('an'), { timeout: 10_000 }).toBe(1);
    await expect.poll(() => board.said().match(/^pin 5 .*$/gm)).toEqual(['pin 5 0', 'pin 5 1']);
  });

  it('have a will where the house has a topic for it, retained', { timeout: 60_000 }, async () => {
    const { article } = presets;
    const availability = { topic: 'heating/state', online: ['da'], offline: ['weg'] };
    const heating = { publishes: ['flow', 'return', 'pump', 'burner'], availability };
    const house = join(folder, 'house.json');
    writeFileSync(house, JSON.stringify({ ...article, clients: { ...article?.clients, heating } }));
    await setUp(house);
    const board = startBoard('heating');
    const client = await master();
    const heard: string[] = [];
    client.on('message', (_topic, payload) => heard.push(String(payload)));
    await client.subscribeAsync('heating/state');
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe('da');
    board.child.kill('SIGKILL');
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe('weg');
    const late = await master();
    const retained = new Promise(resolve => late.once('message', (_topic, payload) => resolve(String(payload))));
    await late.subscribeAsync('heating/state');
    expect(await retained).toBe('weg');
  });

  it('come with settings that nobody else may read', async () => {
    await setUp('article');
    for (const name of ['settings.py', 'main.py', 'settings.h', 'tasmota.txt', 'esphome.yaml']) {
      expect(statSync(join(target, 'devices/heating', name)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(target, 'devices/people/monitor.txt'), 'utf8')).toContain(`  Password   ${PASSWORD}\n`);
  });
});
