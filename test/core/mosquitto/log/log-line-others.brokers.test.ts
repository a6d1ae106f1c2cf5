import { existsSync, readFileSync } from 'node:fs';
import { connectAsync, type MqttClient } from 'mqtt';
import { describe, expect, it, vi } from 'vitest';
import type { BrokerLogEntry } from '../../../../src/core/mosquitto/log/log-entry.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import type { BrokerUsers } from '../../../helpers/brokers/broker-rights.ts';
import { startNats } from '../../../helpers/brokers/nats.ts';
import { startRabbitMq } from '../../../helpers/brokers/rabbitmq.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

const nats = requireProgram('nats-server');
const rabbit = requireProgram('rabbitmq-server');
const users: BrokerUsers = {
  dhtclient: { password: 'tneilcthd', write: ['cellar/temperature'], read: ['cellar/fan'] },
};

async function logIn(url: string, clientId: string, password = 'tneilcthd', username = 'dhtclient') {
  const options = { username, password, clientId, protocolVersion: 4, reconnectPeriod: 0 } as const;
  const client = await connectAsync(url, options, false);
  client.on('error', () => {});
  return client;
}

/** What a client does that is refused, in the order of the entries. */
const ACTS: Readonly<Record<string, (client: MqttClient) => unknown>> = {
  empty: client => client.publish('/heating//pump/', 'on', { qos: 1 }),
  publisher: client => client.publish('heating/pump', 'on', { qos: 1 }),
  reader: client => client.subscribe('heating/+/done'),
};

/** What is refused in the same way on both, one after the other, and what the log says of it. */
async function provoke(url: string, logFile: string): Promise<readonly Partial<BrokerLogEntry>[]> {
  await logIn(url, 'wrong', 'nope').catch(() => {});
  await logIn(url, 'ghost', 'nope', 'ghost').catch(() => {});
  let told = (await entriesOf(logFile, 2)).length;
  const allowed = await logIn(url, 'allowed');
  await allowed.publishAsync('cellar/temperature', '14.2', { qos: 1 });
  await allowed.endAsync(true);
  for (const [id, act] of Object.entries(ACTS)) {
    const client = await logIn(url, id);
    act(client);
    // It may have ended the connection, or not.
    told = (await entriesOf(logFile, told + 1)).length;
    await client.endAsync(true);
  }
  const first = await logIn(url, 'twin');
  const second = await logIn(url, 'twin');
  await vi.waitFor(() => expect(first.connected).toBe(false), WAIT);
  await second.endAsync(true);
  return entriesOf(logFile, told + 1);
}

const WAIT = { timeout: 20_000 };

/** Each entry once, without its time, as soon as so many are there. */
async function entriesOf(file: string, count: number): Promise<readonly Partial<BrokerLogEntry>[]> {
  const read = (): readonly Partial<BrokerLogEntry>[] => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    const entries = lines.flatMap(line => parseLogLine(line, 0) ?? []);
    for (const { at } of entries) expect(Math.abs((at ?? 0) - Date.now())).toBeLessThan(86_400_000);
    return entries.map(({ at, ...entry }) => entry);
  };
  await vi.waitFor(() => expect(read()).toHaveLength(count), WAIT);
  return read();
}

const denied = { qos: null, isRetained: null, payloadBytes: null, user: 'dhtclient' } as const;

describe.runIf(nats !== null)('the log of a real nats-server', () => {
  it('says who was refused what', { timeout: 60_000 }, async () => {
    const broker = await startNats(users);
    try {
      expect(await provoke(broker.url, broker.logFile)).toEqual([
        { kind: 'login-refused', clientId: 'wrong', peer: null, user: 'dhtclient' },
        { kind: 'login-refused', clientId: 'ghost', peer: null, user: 'ghost' },
        { kind: 'denied-publish', clientId: 'empty', topic: '/heating//pump/', ...denied },
        { kind: 'denied-publish', clientId: 'publisher', topic: 'heating/pump', ...denied },
        { kind: 'denied-subscribe', clientId: 'reader', topic: 'heating/+/done', user: 'dhtclient' },
        { kind: 'taken-over', clientId: 'twin', peer: null },
      ]);
    } finally {
      await broker.close();
    }
  });
});

describe.runIf(rabbit !== null)('the log of a real RabbitMQ', () => {
  it('says who was refused what', { timeout: 120_000 }, async () => {
    const broker = await startRabbitMq(users);
    try {
      expect(await provoke(broker.url, broker.logFile)).toEqual([
        { kind: 'login-refused', clientId: null, peer: null, user: 'dhtclient' },
        { kind: 'login-refused', clientId: null, peer: null, user: 'ghost' },
        { kind: 'denied-publish', clientId: null, topic: '/heating//pump/', ...denied },
        { kind: 'denied-publish', clientId: null, topic: 'heating/pump', ...denied },
        { kind: 'denied-subscribe', clientId: null, topic: 'heating/+/done', user: 'dhtclient' },
        { kind: 'taken-over', clientId: 'twin', peer: null },
      ]);
    } finally {
      await broker.close();
    }
  });
});
