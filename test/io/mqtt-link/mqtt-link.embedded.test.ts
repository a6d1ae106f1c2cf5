import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../../src/core/house/presets.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { demoAclText, demoUsers } from '../../../src/core/simulation/demo-house.ts';
import { type EmbeddedBroker, openEmbeddedBroker } from '../../../src/io/broker/broker.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { hashPassword } from '../../../src/io/password-hash.ts';
import {
  articleHouse,
  openWatchedLink,
  type WatchedLink,
  type WatchedOptions,
} from '../../helpers/brokers/open-link.ts';

let broker: EmbeddedBroker;
const opened: WatchedLink[] = [];

beforeEach(async () => {
  const house = presets.article ?? articleHouse().config;
  const users = new Map(demoUsers(house).map(user => [user, hashPassword(`${user}-pass`)]));
  broker = await openEmbeddedBroker({ users, acl: parseAclFile(demoAclText(house), 'demo.acl'), clock: systemClock() });
});
afterEach(async () => {
  for (const link of opened.splice(0)) await link.close();
  await broker.close();
});

function open(user: string, options: WatchedOptions = {}): WatchedLink {
  const link = openWatchedLink({ port: broker.port, user, password: `${user}-pass`, ...options });
  opened.push(link);
  return link;
}

describe('openMqttLink with the embedded broker', () => {
  it('finds that it speaks MQTT 3.1.1, and hears values', async () => {
    const monitor = open('monitor');
    expect(await monitor.phase('connected')).toMatchObject({ protocol: '3.1.1' });
    const heating = open('heating');
    await heating.phase('connected');
    heating.command('heating/flow', '54.3');
    expect(await monitor.next('message-received')).toMatchObject({ topic: 'heating/flow', isRetained: false });
  });

  it('hears the echo of an allowed command, and none of a denied one', async () => {
    const master = open('master');
    const dht = open('dhtclient');
    await Promise.all([master.phase('connected'), dht.phase('connected')]);
    master.command('cellar/fan');
    await master.next('message-received', ({ topic }) => topic === 'cellar/fan');
    dht.command('heating/pump');
    expect(await dht.next('command-acknowledged')).toMatchObject({ commandId: 1, code: 0 });
    expect(dht.all('message-received').filter(({ topic }) => topic === 'heating/pump')).toEqual([]);
  });

  it('tells when a retained command is removed, and not when something else comes by', async () => {
    const login = { username: 'master', password: 'master-pass', protocolVersion: 4 } as const;
    const other = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, login);
    try {
      await other.publishAsync('cellar/fan', 'on', { qos: 1, retain: true });
      const master = open('master');
      await master.phase('connected');
      const kept = (): number[] =>
        master.all('message-received').flatMap(event => (event.isRetained ? [event.payload.length] : []));
      await expect.poll(kept).toEqual([2]);
      await other.publishAsync('cellar/fan', 'off', { qos: 1 });
      await master.next('message-received', ({ isRetained }) => !isRetained);
      await other.publishAsync('cellar/fan', 'aus', { qos: 1, retain: true });
      await expect.poll(kept).toEqual([2, 3]);
      await other.publishAsync('cellar/fan', '', { qos: 1, retain: true });
      await expect.poll(kept).toEqual([2, 3, 0]);
    } finally {
      await other.endAsync();
    }
  });

  it('stops at a wrong password', async () => {
    const link = open('monitor', { password: 'wrong' });
    const { failure } = await link.phase('refused');
    expect(failure).toMatchObject({ kind: 'login-refused', code: 5 });
    link.link.setPassword('monitor-pass');
    await link.phase('connected');
  });

  it('gives the owner the log', async () => {
    const master = open('master');
    await master.phase('connected');
    const dht = open('dhtclient', { id: 'dht-1' });
    await dht.phase('connected');
    expect(await master.next('log-line-read', ({ entry }) => entry.kind === 'login')).toMatchObject({
      source: 'topic',
      entry: { clientId: 'dht-1', user: 'dhtclient' },
    });
  });
});
