import { createConnection, createServer } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate, type IConnectPacket } from 'mqtt-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { presets } from '../../../src/core/house/presets.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { demoAclText, demoUsers } from '../../../src/core/simulation/demo-house.ts';
import {
  type BrokerDenial,
  type BrokerLogEntry,
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  openEmbeddedBroker,
} from '../../../src/io/broker/broker.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { hashPassword } from '../../../src/io/password-hash.ts';

const house = presets.article ?? missing();
const acl = parseAclFile(demoAclText(house), 'demo.acl');
const users = new Map(demoUsers(house).map(user => [user, hashPassword(`${user}-pass`)]));

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Scene {
  readonly broker: EmbeddedBroker;
  readonly lines: string[];
  readonly entries: BrokerLogEntry[];
  readonly denials: BrokerDenial[];
}

const clock = systemClock();

async function openScene(options: Partial<EmbeddedBrokerOptions> = {}): Promise<Scene> {
  const entries: BrokerLogEntry[] = [];
  const lines: string[] = [];
  const denials: BrokerDenial[] = [];
  const log = (entry: BrokerLogEntry): void => {
    entries.push(entry);
    lines.push(entry.line.replace(/^\d+: /, ''));
  };
  const onDenied = (denial: BrokerDenial) => void denials.push(denial);
  const broker = await openEmbeddedBroker({ users, acl, clock, log, onDenied, ...options });
  opened.push(() => broker.close());
  return { broker, lines, entries, denials };
}

const options = (user: string, more: IClientOptions = {}): IClientOptions => ({
  username: user,
  password: `${user}-pass`,
  protocolVersion: 4,
  reconnectPeriod: 0,
  clientId: `${user}-1`,
  ...more,
});

async function login(scene: Scene, user: string, more: IClientOptions = {}): Promise<MqttClient> {
  const client = await mqtt.connectAsync(scene.broker.url, options(user, more), false);
  opened.push(async () => client.end(true));
  return client;
}

/** Everything that a client receives on a filter, as `topic payload`. */
async function listen(client: MqttClient, filter: string): Promise<string[]> {
  const heard: string[] = [];
  client.on('message', (topic, payload, packet) =>
    heard.push(`${topic} ${payload}${packet.retain ? ' retained' : ''}`),
  );
  const granted = await client.subscribeAsync(filter, { qos: 1 });
  expect(granted[0]?.qos).toBe(1);
  return heard;
}

/** Waits until all that was published before has been delivered: a marker by the owner comes through after it. */
async function settle(scene: Scene, ...listeners: MqttClient[]): Promise<void> {
  const owner = await login(scene, 'master', { clientId: `marker-${Math.random()}` });
  for (const listener of listeners) {
    const arrived = new Promise<void>(resolve => {
      listener.on('message', topic => topic === 'cellar/temperature' && resolve());
    });
    await listener.subscribeAsync('cellar/temperature');
    await owner.publishAsync('cellar/temperature', 'marker', { qos: 1 });
    await arrived;
  }
}

describe('logging in', () => {
  it('works with the right password and is logged in the words of mosquitto', async () => {
    const scene = await openScene();
    await login(scene, 'dhtclient', { keepalive: 60 });
    expect(scene.lines).toHaveLength(1);
    expect(scene.lines[0]).toMatch(
      /^New client connected from 127\.0\.0\.1:\d+ as dhtclient-1 \(p2, c1, k60, u'dhtclient'\)\.$/,
    );
    expect(scene.entries[0]?.line).toMatch(/^\d{10}: New client/);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown user', { username: 'nobody' }],
    ['the wrong case', { username: 'Monitor' }],
    ['no user at all', { username: undefined, password: undefined }],
  ] as [string, IClientOptions][])('is refused with code 5 for %s', async (_what, more) => {
    const scene = await openScene();
    const failure = await login(scene, 'monitor', more).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 5 });
    expect(scene.lines).toEqual(['Client monitor-1 disconnected, not authorised.']);
    expect(scene.denials).toMatchObject([{ access: 'connect', clientId: 'monitor-1', topic: null }]);
  });

  it('is refused with code 1 in MQTT 5, so that a client falls back to 3.1.1', async () => {
    const scene = await openScene();
    const failure = await login(scene, 'monitor', { protocolVersion: 5 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1 });
    expect(scene.denials).toEqual([]);
  });

  it('of a second client with the same identifier closes the first', async () => {
    const scene = await openScene();
    const first = await login(scene, 'monitor');
    const closed = new Promise<void>(resolve => first.on('close', resolve));
    await login(scene, 'monitor');
    await closed;
    expect(scene.lines[1]).toBe('Client monitor-1 already connected, closing old connection.');
    expect(scene.entries[1]?.level).toBe('error');
    expect(scene.lines.filter(line => line.startsWith('New client'))).toHaveLength(2);
    expect(scene.lines.filter(line => line.includes('closed its connection'))).toEqual([]);
  });
});

describe('a publish that the ACL denies', () => {
  it.each([0, 1, 2] as const)('with QoS %d is acknowledged, not delivered, not retained, and logged', async qos => {
    const scene = await openScene();
    const owner = await login(scene, 'master');
    const heard = await listen(owner, '#');
    const guest = await login(scene, 'guest');
    await guest.publishAsync('heating/pump', 'off', { qos, retain: true });
    await expect.poll(() => scene.denials.length).toBe(1);
    await settle(scene, owner);
    expect(heard.filter(line => !line.startsWith('cellar/temperature'))).toEqual([]);
    expect(guest.connected).toBe(true);
    expect(scene.denials).toMatchObject([{ access: 'publish', user: 'guest', topic: 'heating/pump' }]);
    const line = scene.entries.find(entry => entry.level === 'debug')?.line ?? '';
    expect(line.replace(/^\d+: /, '')).toMatch(
      new RegExp(`^Denied PUBLISH from guest-1 \\(d0, q${qos}, r1, m\\d+, 'heating/pump', \\.\\.\\. \\(3 bytes\\)\\)$`),
    );
    const late = await login(scene, 'master', { clientId: 'late' });
    const heardLate = await listen(late, 'heating/#');
    await settle(scene, late);
    expect(heardLate.filter(heardLine => heardLine.startsWith('heating'))).toEqual([]);
  });

  it('to $SYS is dropped even for the owner', async () => {
    const scene = await openScene();
    const owner = await login(scene, 'master');
    await owner.publishAsync('$SYS/broker/uptime', '1', { qos: 1 });
    expect(scene.denials).toMatchObject([{ user: 'master', topic: '$SYS/broker/uptime' }]);
  });

  it('as a will is dropped without a word', async () => {
    const scene = await openScene();
    const owner = await login(scene, 'master');
    const heard = await listen(owner, '#');
    const will = { topic: 'heating/pump', payload: Buffer.from('off'), qos: 1, retain: false } as const;
    const guest = await login(scene, 'guest', { will });
    guest.stream.destroy();
    await expect.poll(() => scene.lines.at(-1)).toBe('Client guest-1 closed its connection.');
    await settle(scene, owner);
    expect(heard.filter(line => line.startsWith('heating'))).toEqual([]);
    expect(scene.denials).toEqual([]);
  });
});

describe('what is allowed', () => {
  it('goes through: a command to the device, its answer to the watcher', async () => {
    const scene = await openScene();
    const device = await login(scene, 'heating');
    const commands = await listen(device, 'heating/pump');
    const watcher = await login(scene, 'monitor');
    const answers = await listen(watcher, 'heating/#');
    await watcher.publishAsync('heating/pump', 'off', { qos: 1 });
    await expect.poll(() => commands).toEqual(['heating/pump off']);
    await device.publishAsync('heating/pump/done', 'off');
    await expect.poll(() => answers).toContain('heating/pump/done off');
    expect(scene.denials).toEqual([]);
  });

  it('comes back to its sender: the own echo proves the right', async () => {
    const scene = await openScene();
    const watcher = await login(scene, 'monitor');
    const heard = await listen(watcher, 'cellar/#');
    await watcher.publishAsync('cellar/fan', 'on', { qos: 1 });
    await expect.poll(() => heard).toEqual(['cellar/fan on']);
  });

  it('is retained and comes to a late subscriber', async () => {
    const scene = await openScene();
    const owner = await login(scene, 'master');
    await owner.publishAsync('heating/flow', '54.3', { qos: 1, retain: true });
    const heard = await listen(await login(scene, 'monitor'), 'heating/#');
    await expect.poll(() => heard).toEqual(['heating/flow 54.3 retained']);
  });
});

describe('a subscription', () => {
  it('is granted to anything, and only what may be read is delivered', async () => {
    const scene = await openScene();
    const guest = await login(scene, 'guest');
    const heard = await listen(guest, '#');
    const owner = await login(scene, 'master');
    await owner.publishAsync('heating/flow', '54.3', { qos: 1, retain: true });
    await owner.publishAsync('cellar/temperature', '13.1', { qos: 1 });
    await expect.poll(() => heard).toEqual(['cellar/temperature 13.1']);
    await guest.subscribeAsync('heating/flow');
    await settle(scene, guest);
    expect(heard.filter(line => line.startsWith('heating'))).toEqual([]);
    expect(scene.denials).toEqual([]);
  });

  it('to $SYS brings the log to who may read it, without its debug lines', async () => {
    const scene = await openScene();
    const heard = await listen(await login(scene, 'master'), '$SYS/#');
    const hidden = await listen(await login(scene, 'monitor'), '$SYS/#');
    const guest = await login(scene, 'guest');
    await guest.publishAsync('heating/pump', 'on', { qos: 1 });
    await guest.endAsync();
    await expect.poll(() => heard.at(-1)).toMatch(/^\$SYS\/broker\/log\/N \d+: Client guest-1 disconnected\.$/);
    expect(heard.filter(line => !line.startsWith('$SYS/broker/log/N'))).toEqual([]);
    expect(heard.join()).not.toContain('Denied');
    expect(hidden).toEqual([]);
  });
});

describe('leaving', () => {
  it('by DISCONNECT and by a dead socket are told apart', async () => {
    const scene = await openScene();
    await (await login(scene, 'monitor')).endAsync();
    await expect.poll(() => scene.lines.at(-1)).toBe('Client monitor-1 disconnected.');
    (await login(scene, 'heating')).stream.destroy();
    await expect.poll(() => scene.lines.at(-1)).toBe('Client heating-1 closed its connection.');
  });

  it('by silence is a timeout after 1.5 keepalives', async () => {
    const scene = await openScene();
    // Bytes by hand: a client of the library would give up at about the same time as the broker.
    const socket = createConnection({ host: '127.0.0.1', port: scene.broker.port });
    opened.push(async () => socket.destroy());
    const { username, password, clientId } = options('heating');
    socket.write(
      generate({
        cmd: 'connect',
        protocolVersion: 4,
        keepalive: 1,
        clean: true,
        username,
        password,
        clientId,
      } as IConnectPacket),
    );
    await expect
      .poll(() => scene.lines.at(-1), { timeout: 8_000 })
      .toBe('Client heating-1 has exceeded timeout, disconnecting.');
  });

  it('by talking nonsense is a protocol error', async () => {
    const scene = await openScene();
    const socket = createConnection({ host: '127.0.0.1', port: scene.broker.port });
    socket.on('error', () => {});
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await expect.poll(() => scene.lines).toEqual(['Client <unknown> disconnected due to protocol error.']);
  });
});

describe('openEmbeddedBroker', () => {
  it.each(['0.0.0.0', '192.168.1.4', '::', 'example.org', '127.0.0.1.example.org'])(
    'refuses to listen on %s',
    async host => {
      await expect(openEmbeddedBroker({ users, acl, clock, host })).rejects.toThrow(RangeError);
    },
  );

  it('refuses an ACL that mosquitto would refuse, instead of failing open', async () => {
    const broken = parseAclFile('user monitor\nTopic read #\n', 'broken.acl');
    await expect(openEmbeddedBroker({ users, acl: broken, clock })).rejects.toThrow(/broken\.acl/);
  });

  it('rejects with EADDRINUSE where the port is taken', async () => {
    const scene = await openScene();
    await expect(openEmbeddedBroker({ users, acl, clock, port: scene.broker.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('closes everything: clients are dropped and the port is free again', async () => {
    const scene = await openScene();
    const client = await login(scene, 'monitor');
    const closed = new Promise<void>(resolve => client.on('close', resolve));
    await scene.broker.close();
    await closed;
    await scene.broker.close();
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(scene.broker.port, '127.0.0.1', resolve);
    });
    await new Promise(resolve => server.close(resolve));
    expect(scene.lines).toHaveLength(1);
  });
});

function missing(): never {
  throw new Error('The preset article is missing');
}
