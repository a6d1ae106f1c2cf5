import mqtt from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoHouseOptions, openDemoHouse } from '../../src/app/demo-house.ts';
import { presets } from '../../src/core/house/presets.ts';
import { withDoor } from '../../src/core/simulation/door.ts';
import { systemClock } from '../../src/io/clock.ts';
import { articleHouse } from '../helpers/brokers/demo-broker.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(more: Partial<DemoHouseOptions> = {}) {
  let made = 0;
  const demo = await openDemoHouse({
    house: articleHouse,
    seed: 1,
    speed: 1,
    clock: systemClock(),
    randomPassword: () => `password-${made++}`,
    ...more,
  });
  opened.push(() => demo.close());
  return { demo };
}

async function watch(url: string, password: string | null, filters: string[]) {
  const login = { username: 'monitor', password: password ?? '', protocolVersion: 4, reconnectPeriod: 0 } as const;
  const client = await mqtt.connectAsync(url, login);
  opened.push(async () => client.end(true));
  const heard = new Map<string, string>();
  client.on('message', (topic, payload) => heard.set(topic, payload.toString()));
  await client.subscribeAsync(filters);
  return { client, heard };
}

describe('openDemoHouse', () => {
  it.each(Object.entries(presets))(
    'brings the house %s to life: values, relays, and all switches confirmed',
    async (_name, house) => {
      const { demo } = await open({ house });
      const { client, heard } = await watch(demo.url, demo.passwordOf('monitor'), ['#']);
      demo.start();
      const sensors = Object.values(house.sensors).map(sensor => sensor.topic);
      await expect.poll(() => sensors.filter(topic => Number(heard.get(topic)) > 0)).toEqual(sensors);
      for (const item of Object.values(house.switches)) {
        const feedback = item.feedback ?? '';
        await expect.poll(() => heard.has(feedback)).toBe(true);
        const next = heard.get(feedback) === item.on ? item.off : item.on;
        await client.publishAsync(item.command, next, { qos: 1 });
        await expect.poll(() => heard.get(feedback)).toBe(next);
      }
    },
  );

  it('logs in the devices and the guest only when it is started', async () => {
    const lines: string[] = [];
    const { demo } = await open({ log: entry => lines.push(entry.line) });
    await watch(demo.url, demo.passwordOf('monitor'), ['#']);
    expect(lines).toHaveLength(1);
    demo.start();
    for (const [id, user] of [
      ['heating', 'heating'],
      ['dhtclient', 'dhtclient'],
      ['guest-phone', 'guest'],
    ]) {
      await expect.poll(() => lines.join('\n')).toMatch(new RegExp(`as ${id} \\(p2, c1, k15, u'${user}'\\)`));
    }
  });

  it('has a door whose bell rings, and whose camera shows who is there', async () => {
    const { demo } = await open({ house: withDoor(articleHouse), speed: 100 });
    const { heard } = await watch(demo.url, demo.passwordOf('monitor'), ['door/#']);
    demo.start();
    await expect.poll(() => [...heard.keys()].sort(), { timeout: 10_000 }).toEqual(['door/bell', 'door/picture']);
    expect(heard.get('door/bell')).toBe('ring');
  });

  it('gives each user a password of its own and knows nobody else', async () => {
    const { demo } = await open();
    const passwords = ['heating', 'dhtclient', 'monitor', 'master', 'guest'].map(demo.passwordOf);
    expect(new Set(passwords).size).toBe(5);
    expect(demo.passwordOf('admin')).toBeNull();
    expect(demo.aclText).toContain('user monitor');
  });

  it('closes for good, started twice or not at all', async () => {
    const { demo } = await open();
    demo.start();
    demo.start();
    await demo.close();
    await demo.close();
    await expect(watch(demo.url, demo.passwordOf('monitor'), ['#'])).rejects.toThrow();
  });
});
