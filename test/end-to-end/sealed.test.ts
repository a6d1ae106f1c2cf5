import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/house/presets.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { mosquittoProgram, runBroker } from '../helpers/brokers/run-broker.ts';
import { requireMicroPython } from '../helpers/house/micropython.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { type Ended, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const micropython = requireMicroPython();
const isPossible = micropython !== null && requireProgram('mosquitto') !== null;
const BOARD = new URL('../fixtures/micropython/board', import.meta.url).pathname;
const PASSWORD = 'a password';
const close: (() => unknown)[] = [];
let folder: string;
let house: string;
let port: number;

beforeAll(() => void builtProgram());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-sealed-'));
  chmodSync(folder, 0o755);
  port = await freePort();
  house = join(folder, 'house.json');
  const { article } = presets;
  const heating = { ...article?.clients.heating, sealed: true };
  writeFileSync(house, JSON.stringify({ ...article, clients: { ...article?.clients, heating } }));
  const users = ['heating', 'dhtclient', 'monitor', 'master'];
  writeFileSync(join(folder, 'list'), users.map(user => `${user}:${PASSWORD}\n`).join(''));
});
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs it as this user of the machine, or as `other`, who has no keys. */
function as(user: string, words: readonly string[], other = false): Promise<Ended> {
  const home = other ? 'other' : 'home';
  mkdirSync(join(folder, home), { recursive: true });
  const login = { HOMETUI_URL: `mqtt://127.0.0.1:${port}`, HOMETUI_USER: user, HOMETUI_PASSWORD: PASSWORD };
  const env = { ...login, HOME: join(folder, home), XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' };
  return runHometui([...words], { env });
}

async function setUp(): Promise<void> {
  const words = ['--bind', '127.0.0.1', '--port', String(port), '--mosquitto', mosquittoProgram(), '--house', house];
  const files = ['--dir', join(folder, 'broker'), '--passwords', join(folder, 'list')];
  const made = await as('master', ['setup', ...files, ...words, '--yes']);
  if (made.code !== 0) throw new Error(made.stdout + made.stderr);
  expect(made.stdout).toMatch(/^Keys of heating: in .*keys\.json\./m);
  const broker = await runBroker(join(folder, 'broker/conf.d/50-hometui.conf'));
  close.push(broker.close);
}

/** The heating controller as it was set up, with its own flash; gives what it says. */
function startBoard(): () => string {
  const child = spawn(micropython ?? '', ['main.py'], {
    cwd: join(folder, 'broker/devices/heating'),
    env: { ...process.env, MICROPYPATH: ['.frozen', '', BOARD].join(':') },
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
  return () => said;
}

/** Somebody who reads and writes everything that goes over the line. */
async function openLine(): Promise<{ client: MqttClient; heard: [topic: string, payload: Buffer][] }> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'master', password: PASSWORD });
  close.push(() => client.endAsync(true));
  const heard: [string, Buffer][] = [];
  client.on('message', (topic, payload) => heard.push([topic, payload]));
  await client.subscribeAsync('heating/#');
  return { client, heard };
}

const pins = (said: string): readonly string[] => said.match(/^pin 5 .*$/gm) ?? [];

describe.runIf(isPossible)('a house that seals its payloads, on a real MicroPython and a real broker', () => {
  it('is read and switched by who has the key, and by nobody else', { timeout: 120_000 }, async () => {
    await setUp();
    const said = startBoard();
    const { client, heard } = await openLine();
    const words = ['status', '--house', house, '--only', 'flow,return,pump', '--timeout', '20', '--format', 'json'];
    const status = await as('monitor', words);
    const { sensors } = JSON.parse(status.stdout);
    expect([sensors.flow.value, sensors.flow.freshness], status.stdout + said()).toEqual([54.3, 'live']);
    expect((await as('monitor', ['set', 'pump', 'on', '--house', house])).stdout).toMatch(/Pump on: confirmed/);
    await expect.poll(() => pins(said())).toEqual(['pin 5 0', 'pin 5 1']);
    const blind = JSON.parse((await as('monitor', words, true)).stdout);
    expect(blind.sensors.flow).toMatchObject({ value: null, freshness: 'waiting' });
    expect(blind.sensors.flow.reason).toBe('heating seals what it sends, and there is no key for it here');
    const without = await as('monitor', ['set', 'pump', 'off', '--house', house], true);
    expect([without.code, without.stdout + without.stderr]).toEqual([75, expect.stringContaining('not sent')]);

    // Nothing of it went over the line in the clear; what did go does not move the relay a second time.
    expect(heard.filter(([, payload]) => !/^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(String(payload)))).toEqual([]);
    const [command] = heard.filter(([topic]) => topic === 'heating/pump');
    if (command === undefined) throw new Error('a command went over the line');
    expect((await as('monitor', ['set', 'pump', 'off', '--house', house])).stdout).toMatch(/Pump off: confirmed/);
    for (const payload of [command[1], 'on', command[1].subarray(0, 100)]) {
      await client.publishAsync('heating/pump', payload);
      await client.publishAsync('heating/burner', payload);
    }
    expect((await as('monitor', ['set', 'burner', 'on', '--yes', '--house', house])).stdout).toMatch(
      /Burner on: confirmed/,
    );
    await expect.poll(() => pins(said())).toEqual(['pin 5 0', 'pin 5 1', 'pin 5 0']);
  });

  it('says within a second what somebody on its line sends', { timeout: 120_000 }, async () => {
    await setUp();
    startBoard();
    const { client, heard } = await openLine();
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(3);
    const env = { HOMETUI_PASSWORD: PASSWORD, HOME: join(folder, 'home'), XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' };
    const args = [builtProgram(), '-h', '127.0.0.1', '-p', String(port), '-u', 'master', '-V', '311', '--house', house];
    const console = await startInPty(process.execPath, { args, env, columns: 110, rows: 40 });
    close.push(console.close);
    await console.waitFor('54.3');
    const old = heard.find(([topic]) => topic === 'heating/flow')?.[1] ?? Buffer.from('');
    await client.publishAsync('heating/flow', old);
    await console.waitFor('heating/flow: a message was replayed, and not taken', 1_000);
    await client.publishAsync('heating/return', '21.0');
    await console.waitFor('heating/return: a message was unsealed, and not taken', 1_000);
    await client.publishAsync('heating/return', old);
    await console.waitFor('heating/return: a message was forged, and not taken', 1_000);
    expect(console.screen()).not.toContain('21.0');
    expect(console.screen()).toMatch(/Flow +54\.3/);
  });

  it('goes on with the key before while that is taken, and ends with it', { timeout: 120_000 }, async () => {
    await setUp();
    startBoard();
    const flow = async (): Promise<string> => {
      const { stdout } = await as('monitor', ['get', 'flow', '--house', house, '--timeout', '8', '--format', 'json']);
      const { value, reason } = JSON.parse(stdout);
      return value === null ? reason : String(value);
    };
    expect(await flow()).toBe('54.3');
    expect((await as('monitor', ['keys', 'rotate', 'heating'])).code).toBe(0);
    expect(await flow()).toBe('54.3');
    expect((await as('monitor', ['set', 'pump', 'on', '--house', house])).stdout).toMatch(/Pump on: confirmed/);
    // A second rotation: what the device has is two keys old.
    expect((await as('monitor', ['keys', 'rotate', 'heating'])).code).toBe(0);
    expect(await flow()).toContain('not sealed with the key of heating');
    expect(readFileSync(join(folder, 'broker/devices/heating/boot1'), 'utf8')).toBe('1');
  });
});

it('the sealed demo says what an intruder does, and its relay does not move', { timeout: 120_000 }, async () => {
  const env = { HOME: folder, XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' };
  const args = [builtProgram(), 'demo', '--sealed'];
  const console = await startInPty(process.execPath, { args, env, columns: 110, rows: 40 });
  close.push(console.close);
  await console.waitFor('All 4 values and 2 clients are live', 30_000);
  console.write('p');
  await console.waitFor(/p Pump +○ off +confirmed/, 10_000);
  await console.waitFor(/a message was forged, and not taken/, 20_000);
  await console.waitFor(/heating\/pump: a message was replayed, and not taken/, 40_000);
  expect(console.screen()).toMatch(/p Pump +○ off/);
  expect(console.screen()).toContain('A message on heating/pump was replayed, and not taken');
  expect(console.screen()).toMatch(/heating +● live/);
});
