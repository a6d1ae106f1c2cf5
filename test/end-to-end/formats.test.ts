import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type Mosquitto } from '../helpers/brokers/mosquitto.ts';
import { findSchemaBreaches } from '../helpers/formats/json-schema.ts';
import { parseCsv } from '../helpers/formats/parse-csv.ts';
import { parseNagios } from '../helpers/formats/parse-nagios.ts';
import { parsePrometheus } from '../helpers/formats/parse-prometheus.ts';
import { articlePasswords, startArticleBroker, startDevice, type TestDevice } from '../helpers/house/article-house.ts';
import { type Ended, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
const promtool = requireProgram('promtool', 'prometheus');
const schema: unknown = JSON.parse(readFileSync('src/core/format/status.schema.json', 'utf8'));

/** One house in each format, all of the same moments. */
interface Told {
  readonly json: Ended;
  readonly nagios: Ended;
  readonly prometheus: Ended;
  readonly csv: Ended;
}

async function tell(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Told> {
  const run = (format: string): Promise<Ended> => runHometui(['status', ...args, '--format', format], { env });
  const [json, nagios, prometheus, csv] = await Promise.all(['json', 'nagios', 'prometheus', 'csv'].map(run));
  if (!json || !nagios || !prometheus || !csv) throw new Error('unreachable');
  return { json, nagios, prometheus, csv };
}

/** Holds that each output is what its format demands, and that all say the same. Gives what they say. */
function readAll(told: Told) {
  for (const ended of Object.values(told)) expect(ended.stderr).toBe('');
  const json = JSON.parse(told.json.stdout);
  expect(findSchemaBreaches(schema, json)).toEqual([]);
  const nagios = parseNagios(told.nagios.stdout);
  expect(nagios.status).toBe(json.overall.toUpperCase());
  expect(told.nagios.code).toBe(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'].indexOf(nagios.status));
  expect(nagios.data.map(datum => datum.label)).toEqual(Object.keys(json.sensors));
  const prometheus = parsePrometheus(told.prometheus.stdout);
  expect(prometheus.get('hometui_status')?.samples[0]?.value).toBe(told.nagios.code);
  if (promtool !== null) expect(checkMetrics(told.prometheus.stdout)).toBe('');
  const csv = parseCsv(told.csv.stdout);
  expect(new Set(csv.map(record => record.length))).toEqual(new Set([11]));
  expect(csv[1]?.[3]).toBe(json.overall);
  for (const id of Object.keys(json.sensors)) {
    expect(csv.find(record => record[0] === 'sensor' && record[1] === id)?.[7]).toBe(json.sensors[id].freshness);
  }
  expect([told.prometheus.code, told.csv.code]).toEqual([told.json.code, told.json.code]);
  return { json, nagios, prometheus, csv, code: told.json.code };
}

/** What promtool has against it: nothing, or its words. */
function checkMetrics(text: string): string {
  try {
    execFileSync(promtool ?? '', ['check', 'metrics'], { input: text, encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}` || String(error);
  }
}

it('says in every format that the broker cannot be reached', async () => {
  const url = `mqtt://127.0.0.1:${await freePort()}`;
  const { json, nagios, prometheus, csv, code } = readAll(await tell([], { HOMETUI_URL: url }));
  expect(code).toBe(69);
  expect(json).toMatchObject({ overall: 'unknown', broker: { connected: false }, denials: [] });
  expect(nagios.text).toMatch(/^broker not reachable at 127\.0\.0\.1:\d+: connection refused$/);
  expect(nagios.data.every(({ value }) => value === 'U')).toBe(true);
  expect(prometheus.get('hometui_broker_connected')?.samples[0]?.value).toBe(0);
  expect(prometheus.has('hometui_sensor_celsius')).toBe(false);
  expect(csv).toContainEqual(expect.arrayContaining(['broker', url, 'disconnected']));
});

describe.runIf(mosquitto !== null)('of a real mosquitto', () => {
  let broker: Mosquitto;
  const devices: TestDevice[] = [];
  beforeAll(async () => {
    broker = await startArticleBroker();
  });
  afterEach(async () => {
    for (const device of devices.splice(0)) await device.close();
  });
  afterAll(() => broker?.close());

  const env = (user: string, password = articlePasswords[user] ?? ''): Record<string, string> => ({
    HOMETUI_URL: broker.url,
    HOMETUI_USER: user,
    HOMETUI_PASSWORD: password,
  });
  const start = async (user: string, values: Readonly<Record<string, string>>): Promise<TestDevice> => {
    const device = await startDevice(broker.url, user, []);
    devices.push(device);
    device.speak(values);
    return device;
  };
  const cellarValues = { 'cellar/temperature': '14.2', 'cellar/humidity': '71' };

  it('a healthy house', async () => {
    await start('heating', { 'heating/flow': '54.3', 'heating/return': '41.0' });
    await start('dhtclient', cellarValues);
    const { json, nagios, prometheus, csv, code } = readAll(await tell([], env('monitor')));
    expect([code, json.overall, json.reasons]).toEqual([0, 'ok', []]);
    expect(nagios.text).toBe('4 sensors and 2 clients live');
    expect(nagios.long).toEqual([]);
    expect(nagios.data[0]).toEqual({
      label: 'flow',
      value: '54.3',
      unit: '',
      warning: '80',
      critical: '90',
      min: '20',
      max: '90',
    });
    expect(nagios.data[3]).toMatchObject({ label: 'humidity', value: '71', unit: '%' });
    expect(prometheus.get('hometui_sensor_ratio')?.samples).toEqual([
      { labels: { sensor: 'humidity', label: 'Humidity', house: 'Home' }, value: 0.71 },
    ]);
    expect(prometheus.get('hometui_denials')).toMatchObject({ type: 'gauge' });
    expect(csv).toContainEqual(expect.arrayContaining(['derived', 'spread', '13.3', 'K']));
  });

  it('a house with a client that fell silent, a limit that is passed, and a denial in the log', async () => {
    await start('heating', { 'heating/flow': '86' });
    const cellar = await start('dhtclient', cellarValues);
    const before = count(broker.readLog());
    const telling = tell(['-t', '11', '--broker-log', broker.logFile], env('monitor'));
    await expect.poll(() => count(broker.readLog()) - before, { timeout: 10_000 }).toBe(4);
    // Long enough for its cadence of half a second to be known: silent for 4.5 s, it is stale then.
    await waitForValues(cellar, 6);
    cellar.fallSilent();
    await cellar.client.publishAsync('heating/flow', '1', { qos: 1 });
    const { json, nagios, prometheus, csv, code } = readAll(await telling);
    expect([code, json.overall]).toEqual([2, 'critical']);
    expect(json.clients.dhtclient.freshness).toBe('stale');
    expect(json.sensors.flow).toMatchObject({ value: 86, level: 'warning', freshness: 'live' });
    expect(json.denials[0]).toMatchObject({ evidence: 'logged', access: 'publish', topic: 'heating/flow' });
    expect(nagios.data.map(({ label, value }) => `${label} ${value}`)).toEqual([
      'flow 86',
      'return U',
      'temperature U',
      'humidity U',
    ]);
    expect(nagios.long.join('\n')).toMatch(/dhtclient is stale/);
    expect(prometheus.get('hometui_denials')?.samples).toContainEqual({
      labels: { access: 'publish', house: 'Home' },
      value: 1,
    });
    expect(csv.map(record => record[0])).toContain('denial');
  });

  it('a login that is refused', async () => {
    const { json, nagios, code } = readAll(await tell([], env('monitor', 'wrong-secret')));
    expect(code).toBe(77);
    expect(json).toMatchObject({ overall: 'unknown', broker: { connected: false, user: 'monitor' } });
    expect(nagios.text).toMatch(/^login as monitor refused by the broker/);
    expect(JSON.stringify(json)).not.toContain('wrong-secret');
  });

  it('a house that never spoke, and one that left only retained messages', async () => {
    const silent = readAll(await tell(['-t', '1'], env('monitor')));
    expect([silent.code, silent.json.overall]).toEqual([3, 'unknown']);
    expect(silent.json.sensors.flow).toMatchObject({ value: null, at: null, ageMs: null, freshness: 'waiting' });
    const heating = await start('heating', {});
    await heating.client.publishAsync('heating/flow', '54.3', { qos: 1, retain: true });
    const kept = readAll(await tell(['-t', '1'], env('monitor')));
    await heating.client.publishAsync('heating/flow', '', { qos: 1, retain: true });
    expect(kept.json.sensors.flow).toMatchObject({ value: 54.3, at: null, ageMs: null, freshness: 'retained' });
    // What was kept is no value of now.
    expect(kept.nagios.data[0]).toMatchObject({ label: 'flow', value: 'U' });
    expect(kept.prometheus.has('hometui_sensor_celsius')).toBe(false);
  });
});

/** How many hometuis have logged in so far. */
function count(log: string): number {
  return log.match(/New client connected from .* as hometui-/g)?.length ?? 0;
}

/** Waits until the device has sent so many more rounds. */
async function waitForValues({ client }: TestDevice, rounds: number): Promise<void> {
  let sent = 0;
  client.on('packetsend', packet => {
    if (packet.cmd === 'publish') sent++;
  });
  await expect.poll(() => sent, { timeout: 10_000 }).toBeGreaterThanOrEqual(2 * rounds);
}
