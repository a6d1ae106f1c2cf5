import mqtt from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/io/clock.ts';
import { type DeviceLinkEvent, openDeviceLink } from '../../../src/io/mqtt-link/device-link.ts';
import type { ConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { linkAs, openDemoBroker, passwordOf } from '../../helpers/brokers/demo-broker.ts';
import { startTcpServer } from '../../helpers/brokers/tcp-server.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function open(url: string, more: ConnectionOptions = {}) {
  const events: DeviceLinkEvent[] = [];
  const link = openDeviceLink(
    {
      link: linkAs(url, 'heating', more),
      commands: ['heating/pump', 'heating/burner'],
      random: () => 0.5,
      clock: systemClock(),
    },
    event => events.push(event),
  );
  opened.push(() => link.close());
  return { link, events, kinds: () => events.map(event => event.kind) };
}

async function openBroker(port = 0) {
  const broker = await openDemoBroker({ port });
  opened.push(() => broker.close());
  return broker;
}

/** A server that answers each CONNECT with this CONNACK return code of MQTT 3.1.1. */
async function openRefuser(returnCode: number) {
  const server = await startTcpServer(socket =>
    socket.once('data', () => socket.end(Uint8Array.from([0x20, 2, 0, returnCode]))),
  );
  opened.push(server.close);
  return server;
}

describe('openDeviceLink', () => {
  it('logs in, subscribes its commands, and passes them on', async () => {
    const broker = await openBroker();
    const { link, events, kinds } = open(broker.url);
    expect(link.publish('heating/flow', '1')).toBe(false);
    await expect.poll(kinds).toEqual(['connected']);
    const master = { username: 'master', password: passwordOf('master'), protocolVersion: 4 } as const;
    const owner = await mqtt.connectAsync(broker.url, master);
    opened.push(async () => owner.end(true));
    await owner.publishAsync('heating/burner', 'off', { qos: 1 });
    await expect.poll(kinds).toEqual(['connected', 'message']);
    expect(events[1]).toMatchObject({ topic: 'heating/burner', payload: Buffer.from('off'), isRetained: false });
  });

  it('stops after a refused login and says why', async () => {
    const broker = await openBroker();
    const { events, kinds } = open(broker.url, { password: 'wrong' });
    await expect.poll(kinds).toEqual(['refused']);
    expect(events[0]).toMatchObject({ code: 5, reason: 'not authorized (5)' });
  });

  it('goes on asking a broker that is only unavailable', async () => {
    const refuser = await openRefuser(3);
    const { events, kinds } = open(`mqtt://127.0.0.1:${refuser.port}`);
    await expect.poll(() => refuser.connections(), { timeout: 8_000 }).toBeGreaterThan(1);
    expect(kinds()).not.toContain('refused');
    const reason = expect.stringContaining('refused the connection: server unavailable (3)');
    expect(events[0]).toMatchObject({ kind: 'disconnected', reason });
  });

  it('tries again after each failure, and says what is wrong', async () => {
    const broker = await openBroker();
    await broker.close();
    const { events } = open(broker.url);
    await expect.poll(() => events.length, { timeout: 8_000 }).toBe(2);
    const failed = {
      kind: 'disconnected',
      reason: `broker not reachable at 127.0.0.1:${broker.port}: connection refused`,
      cure: expect.stringContaining('which port it listens on'),
    };
    expect(events).toMatchObject([failed, failed]);
  });

  it.each([
    ['mqtts', 'no encrypted connection to', 'MQTT with TLS is usually on 8883'],
    ['ws', 'no WebSocket came about at', 'protocol websockets'],
  ])('says what is wrong with %s to a port of plain MQTT, and what to do', async (scheme, reason, cure) => {
    const { port } = await openBroker();
    const { events } = open(`${scheme}://127.0.0.1:${port}`);
    await expect.poll(() => events.length, { timeout: 8_000 }).toBeGreaterThan(0);
    const words = { reason: expect.stringContaining(reason), cure: expect.stringContaining(cure) };
    expect(events[0]).toMatchObject({ kind: 'disconnected', ...words });
  });

  it('comes back when the broker does, with its subscriptions', async () => {
    const first = await openBroker();
    const { link, kinds } = open(first.url);
    await expect.poll(kinds).toEqual(['connected']);
    await first.close();
    await expect.poll(kinds).toContain('disconnected');
    expect(link.publish('heating/flow', 'late')).toBe(false);
    await openBroker(first.port);
    await expect.poll(() => kinds().at(-1), { timeout: 8_000 }).toBe('connected');
    expect(link.publish('heating/flow', '54.3')).toBe(true);
  });

  it('leaves with a DISCONNECT and reports nothing more', async () => {
    const lines: string[] = [];
    const broker = await openDemoBroker({ log: entry => lines.push(entry.line) });
    opened.push(() => broker.close());
    const { link, kinds } = open(broker.url);
    await expect.poll(kinds).toEqual(['connected']);
    await link.close();
    await link.close();
    await expect.poll(() => lines.at(-1)).toMatch(/Client heating-1 disconnected\.$/);
    expect(kinds()).toEqual(['connected']);
  });
});
