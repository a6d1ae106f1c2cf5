import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { demoAcl, demoPasswords, openDemoBroker, passwordOf } from '../../helpers/brokers/demo-broker.ts';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A broker under test: where it is and what its log says, without what differs from run to run. */
interface Subject {
  readonly url: string;
  readonly log: () => readonly string[];
}

/** The sentences that both brokers know; mosquitto's others (sockets, subscriptions, packets) are left out. */
const KNOWN = /^(New client connected|Denied PUBLISH|Client )/;

function normalise(line: string): string[] {
  const sentence = line.replace(/^\d+: /, '');
  // The helper's own question whether mosquitto is up.
  if (!KNOWN.test(sentence) || sentence.startsWith('Client <unknown> closed')) return [];
  const even = sentence.replace(/127\.0\.0\.1:\d+/, 'ADDRESS').replace(/, m\d+,/, ', mID,');
  // 2.0.11 does not name the client that it refuses.
  return [even.replace(/^Client \S+ disconnected, not authorised\.$/, 'Client ID disconnected, not authorised.')];
}

async function embedded(): Promise<Subject> {
  const lines: string[] = [];
  const broker = await openDemoBroker({ log: entry => lines.push(...normalise(entry.line)) });
  opened.push(() => broker.close());
  return { url: broker.url, log: () => lines };
}

async function real(): Promise<Subject> {
  const broker = await startMosquitto({ passwords: demoPasswords, acl: demoAcl });
  opened.push(() => broker.close());
  return { url: broker.url, log: () => broker.readLog().split('\n').flatMap(normalise) };
}

async function login(subject: Subject, user: string, more: IClientOptions = {}): Promise<MqttClient> {
  const options: IClientOptions = {
    username: user,
    password: passwordOf(user),
    protocolVersion: 4,
    reconnectPeriod: 0,
    clientId: `${user}-1`,
    ...more,
  };
  const client = await mqtt.connectAsync(subject.url, options, false);
  opened.push(async () => client.end(true));
  return client;
}

const topics = [
  'heating/flow',
  'heating/pump',
  'heating/pump/done',
  'cellar/fan',
  'cellar/temperature',
  'cellar/Temperature',
  'cellar',
  'garden/door',
  '$SYS/broker/uptime',
  '$SYS/broker/connection/bridge/state',
];
const filters = ['#', '#', '#', '+/+', 'heating/#', 'cellar/+', 'cellar/temperature', '/#', '$SYS/broker/connection/#'];
const users = ['heating', 'dhtclient', 'monitor', 'master', 'guest'];

interface Step {
  readonly user: string;
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

function randomSteps(random: Random, count: number): Step[] {
  return Array.from({ length: count }, () => ({
    user: random.pick(users),
    topic: random.pick(topics),
    qos: random.pick([0, 1, 2] as const),
    retain: random.next() < 0.3,
  }));
}

/** Every user publishes at random; each has subscriptions of its own. What did each receive, live and retained? */
async function play(subject: Subject, seed: number): Promise<Record<string, string[]>> {
  const random = createRandom(seed);
  const heard: Record<string, string[]> = {};
  const clients = new Map<string, MqttClient>();
  for (const user of users) {
    const client = await login(subject, user);
    clients.set(user, client);
    await subscribe(client, heard, user, random.pick(filters));
  }
  for (const [index, step] of randomSteps(random, 60).entries()) {
    await clients.get(step.user)?.publishAsync(step.topic, `${index}`, { qos: step.qos, retain: step.retain });
    // The next publisher is another connection: its message must not come first.
    await settle([...clients.values()]);
  }
  for (const user of users) {
    const late = await login(subject, user, { clientId: `${user}-late` });
    clients.set(`${user}-late`, late);
    await subscribe(late, heard, `${user}-late`, '#');
  }
  await settle([...clients.values()]);
  for (const messages of Object.values(heard)) if (messages.every(message => / r1 /.test(message))) messages.sort();
  return heard;
}

async function subscribe(client: MqttClient, heard: Record<string, string[]>, who: string, filter: string) {
  const messages: string[] = [];
  heard[`${who} on ${filter}`] = messages;
  client.on('message', (topic, payload, packet) => {
    // Retained numbers of the real $SYS tree are its own.
    if (!/^\d+$/.test(payload.toString()) || topic === '$SYS/broker/uptime') return;
    messages.push(`${topic} r${packet.retain ? 1 : 0} ${payload}`);
  });
  const granted = await client.subscribeAsync(filter, { qos: 0 });
  expect(granted[0]?.qos).toBe(0);
}

/** All that a broker has for these clients has come: it answers a PINGREQ after what it sent before. */
async function settle(clients: readonly MqttClient[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(
      clients.map(
        client =>
          new Promise<void>(resolve => {
            const onPacket = (packet: { cmd: string }): void => {
              if (packet.cmd !== 'pingresp') return;
              client.off('packetreceive', onPacket);
              resolve();
            };
            client.on('packetreceive', onPacket);
            client.sendPing();
          }),
      ),
    );
    // aedes sends some deliveries after the PINGRESP: a turn of the loop for each hop.
    for (let turn = 0; turn < 6; turn += 1) await new Promise(resolve => setImmediate(resolve));
  }
}

describe.runIf(requireProgram('mosquitto') !== null)('the embedded broker and a real mosquitto', () => {
  it.each([1, 2])('deliver the same to the same users (seed %d)', async seed => {
    const mine = await embedded();
    const theirs = await real();
    const expected = await play(theirs, seed);
    expect(Object.values(expected).flat().length).toBeGreaterThan(20);
    expect(await play(mine, seed)).toEqual(expected);
    const denied = (subject: Subject) => subject.log().filter(line => line.startsWith('Denied'));
    expect(denied(mine)).toEqual(denied(theirs));
    expect(denied(mine).length).toBeGreaterThan(10);
  });

  it('say the same of those who come and go', async () => {
    const scene = async (subject: Subject): Promise<readonly string[]> => {
      const codes: unknown[] = [];
      for (const [user, password] of [
        ['monitor', 'wrong'],
        ['nobody', 'x'],
        ['Monitor', passwordOf('monitor')],
      ]) {
        const failure = await login(subject, user ?? '', { password: password ?? '' }).catch((error: unknown) => error);
        codes.push((failure as { code?: unknown }).code);
      }
      const first = await login(subject, 'monitor', { keepalive: 17, clean: false });
      await first.endAsync();
      await expect.poll(() => subject.log().length).toBe(5);
      const cut = await login(subject, 'heating');
      cut.stream.destroy();
      await expect.poll(() => subject.log().length).toBe(7);
      const old = await login(subject, 'guest');
      const gone = new Promise<void>(resolve => old.on('close', resolve));
      await login(subject, 'guest');
      await gone;
      await expect.poll(() => subject.log().length).toBe(10);
      return [...codes.map(String), ...subject.log()];
    };
    expect(await scene(await embedded())).toEqual(await scene(await real()));
  });
});
