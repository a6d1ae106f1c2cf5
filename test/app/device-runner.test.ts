import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type DeviceReport, runDevice } from '../../src/app/device-runner.ts';
import { type DeviceName, describeDevice } from '../../src/core/simulation/device-description.ts';
import type { Fault } from '../../src/core/simulation/fault.ts';
import { systemClock } from '../../src/io/clock.ts';
import {
  articleHouse,
  demoAcl,
  demoPasswords,
  linkAs,
  openDemoBroker,
  passwordOf,
} from '../helpers/brokers/demo-broker.ts';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { requireProgram } from '../helpers/require-program.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Setting {
  readonly faults?: readonly Fault[];
  readonly speed?: number;
}

function run(url: string, name: DeviceName, { faults = [], speed = 1 }: Setting = {}) {
  const reports: DeviceReport[] = [];
  const description = describeDevice(name, articleHouse);
  const running = runDevice({
    device: { description, faults, speed },
    link: linkAs(url, name),
    seed: 1,
    clock: systemClock(),
    report: report => reports.push(report),
  });
  opened.push(() => running.close());
  return { running, reports };
}

/** The console's side: what `monitor` sees, and its commands. */
async function watch(url: string, protocolVersion: 4 | 5 = 4) {
  const login = { username: 'monitor', password: passwordOf('monitor'), protocolVersion } as const;
  const client: MqttClient = await mqtt.connectAsync(url, login);
  opened.push(async () => client.end(true));
  const heard = new Map<string, string[]>();
  client.on('message', (topic, payload) => heard.set(topic, [...(heard.get(topic) ?? []), payload.toString()]));
  await client.subscribeAsync(['heating/#', 'cellar/#'], { qos: 1 });
  return { client, on: (topic: string): string[] => heard.get(topic) ?? [] };
}

/** The same house on either broker. */
function behaviour(open: () => Promise<string>): void {
  it('publishes all four readings at once, with its relays announced', async () => {
    const url = await open();
    const console = await watch(url);
    run(url, 'heating');
    run(url, 'dhtclient');
    for (const topic of ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity']) {
      await expect.poll(() => Number(console.on(topic)[0])).toBeGreaterThan(5);
    }
    expect(console.on('heating/pump/done')).toEqual(['on']);
    expect(console.on('cellar/fan/done')).toEqual(['off']);
  });

  it('obeys commands and answers them', async () => {
    const url = await open();
    const console = await watch(url);
    const { reports } = run(url, 'heating');
    await expect.poll(() => console.on('heating/pump/done')).toEqual(['on']);
    await console.client.publishAsync('heating/pump', 'AUS', { qos: 1 });
    await expect.poll(() => console.on('heating/pump/done')).toEqual(['on', 'off']);
    expect(reports.at(-1)).toMatchObject({ kind: 'command-handled', relay: 'pump', outcome: 'obeyed', isOn: false });
  });

  it('contradicts when it is stuck and is silent when it is silent', async () => {
    const url = await open();
    const console = await watch(url);
    run(url, 'heating', { faults: [{ kind: 'stuck', fromMs: 0 }] });
    const silent = run(url, 'dhtclient', { faults: [{ kind: 'silent', fromMs: 0 }] });
    await expect.poll(() => console.on('heating/pump/done')).toEqual(['on']);
    await expect.poll(() => silent.reports.length).toBe(1);
    await console.client.publishAsync('heating/pump', 'off', { qos: 1 });
    await console.client.publishAsync('cellar/fan', 'on', { qos: 1 });
    await expect.poll(() => console.on('heating/pump/done')).toEqual(['on', 'on']);
    await expect.poll(() => silent.reports.at(-1)).toMatchObject({ kind: 'command-handled', outcome: 'silent' });
    expect(console.on('cellar/fan/done')).toEqual([]);
    expect(console.on('cellar/humidity')).toEqual([]);
  });

  it('publishes garbage of up to 1 MiB without losing its connection', async () => {
    const url = await open();
    const console = await watch(url);
    const { reports } = run(url, 'heating', { faults: [{ kind: 'garbage', fromMs: 0 }], speed: 200 });
    const longest = () => Math.max(0, ...console.on('heating/flow').map(payload => payload.length));
    await expect.poll(longest, { timeout: 15_000 }).toBeGreaterThan(64 * 1024);
    expect(reports.filter(report => report.kind === 'disconnected')).toEqual([]);
  });

  it('publishes faster with speed', async () => {
    const url = await open();
    const console = await watch(url);
    run(url, 'dhtclient', { speed: 100 });
    await expect.poll(() => console.on('cellar/humidity').length).toBeGreaterThan(10);
  });
}

describe('a device on the embedded broker', () => {
  behaviour(async () => {
    const broker = await openDemoBroker();
    opened.push(() => broker.close());
    return broker.url;
  });

  it('comes back with the broker and announces itself again', async () => {
    const first = await openDemoBroker();
    opened.push(() => first.close());
    const { reports } = run(first.url, 'dhtclient');
    await expect.poll(() => reports.map(report => report.kind)).toEqual(['connected']);
    await first.close();
    await expect.poll(() => reports.at(-1)?.kind).toBe('disconnected');
    const second = await openDemoBroker({ port: first.port });
    opened.push(() => second.close());
    const console = await watch(second.url);
    await expect.poll(() => reports.at(-1)?.kind, { timeout: 8_000 }).toBe('connected');
    await expect.poll(() => console.on('cellar/fan/done')).toContain('off');
    expect(console.on('cellar/humidity').length).toBeLessThan(3);
  });
});

describe.runIf(requireProgram('mosquitto') !== null)('a device on a real mosquitto', () => {
  behaviour(async () => {
    const broker = await startMosquitto({ passwords: demoPasswords, acl: demoAcl });
    opened.push(() => broker.close());
    return broker.url;
  });
});
