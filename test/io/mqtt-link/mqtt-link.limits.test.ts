import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import mqttPacket from 'mqtt-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { openWatchedLink, type WatchedLink, type WatchedOptions } from '../../helpers/brokers/open-link.ts';
import { type Script, startScriptedBroker } from '../../helpers/brokers/scripted-broker.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function open(port?: number, options: WatchedOptions = {}): WatchedLink {
  const watched = openWatchedLink({ ...(port === undefined ? {} : { port }), ...options });
  opened.push(() => watched.close());
  return watched;
}

async function start(script: Script) {
  const broker = await startScriptedBroker(script);
  opened.push(() => broker.close());
  return broker;
}

const program = requireProgram('mosquitto');

describe('a broker that says in CONNACK what it takes', () => {
  it.runIf(program !== null).each([
    ['max_qos 0', 'the broker takes no message at QoS 1'],
    ['max_packet_size 60', 'it takes a packet of 84 bytes, and the broker takes no more than 60'],
  ])('is sent no command that it does not take, with mosquitto and %s', async (conf, why) => {
    const broker = await startMosquitto({ conf });
    opened.push(() => broker.close());
    const link = open(broker.port);
    await link.phase('connected');
    link.command('heating/pump', 'on'.padEnd(60));
    expect((await link.next('command-not-sent')).why).toContain(why);
    await link.link.checkNow();
    expect(broker.readLog()).not.toContain('Received PUBLISH');
    expect(link.all('link-changed').at(-1)?.link.phase).toBe('connected');
  });

  it('takes the next command once the one before is acknowledged, by its receive maximum', async () => {
    const held: (() => void)[] = [];
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd === 'connect') {
          peer.send({ cmd: 'connack', sessionPresent: false, reasonCode: 0, properties: { receiveMaximum: 1 } });
        } else if (packet.cmd === 'publish') {
          held.push(() => peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 }));
        } else return false;
        return true;
      },
    });
    const link = open(broker.port);
    await link.phase('connected');
    link.command('heating/pump');
    const second = link.command('heating/burner');
    expect(await link.next('command-not-sent')).toMatchObject({ commandId: second });
    await expect.poll(() => held.length).toBe(1);
    held[0]?.();
    await link.next('command-acknowledged');
    link.command('heating/burner');
    await expect.poll(() => held.length).toBe(2);
  });
});

describe('a broker that sends more than is taken', () => {
  it('ends the link at the first bytes of a message of 256 MB, and names its topic', async () => {
    let cut = false;
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'subscribe' || peer.number > 1 || cut) return false;
        cut = true;
        const topic = Buffer.from('home/camera');
        peer.sendRaw(Buffer.concat([Buffer.of(0x31, 0xff, 0xff, 0xff, 0x7f, 0, topic.length), topic]));
        return true;
      },
    });
    const link = open(broker.port);
    const { failure } = await link.phase('waiting');
    expect(failure).toEqual({
      kind: 'protocol',
      message: `broker at 127.0.0.1:${broker.port} began to send a message on home/camera of 256 MB: more than the 8 MB that are taken`,
      cure: 'Look who publishes it; where it is retained, remove it: an empty retained message takes its place.',
      code: null,
    });
  });
});

describe('a broker behind a WebSocket that sends more than is taken', () => {
  it('ends the link at the first bytes too', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'mqtt' });
    opened.push(() => new Promise(resolve => server.close(resolve)));
    await once(server, 'listening');
    server.on('connection', socket => {
      socket.on('error', () => {});
      socket.once('message', () => {
        socket.send(
          mqttPacket.generate({ cmd: 'connack', sessionPresent: false, reasonCode: 0 }, { protocolVersion: 5 }),
        );
        socket.send(Buffer.alloc(9 * 1_048_576));
      });
    });
    const { port } = server.address() as AddressInfo;
    const { failure } = await open(undefined, { url: `ws://127.0.0.1:${port}` }).phase('waiting');
    expect(failure.message).toBe(
      `broker at 127.0.0.1:${port} began to send a packet: more than the 8 MB that are taken`,
    );
    for (const client of server.clients) client.terminate();
  });
});

describe('a broker that acknowledges and leaves', () => {
  it('has acknowledged the command, and then only the link is lost', async () => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'publish') return false;
        peer.socket.cork();
        peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0 });
        peer.send({ cmd: 'disconnect', reasonCode: 0x8b });
        peer.socket.uncork();
        peer.socket.end();
        return true;
      },
    });
    const link = open(broker.port);
    await link.phase('connected');
    link.command('heating/pump');
    await link.phase('waiting');
    expect(link.all('command-acknowledged')).toMatchObject([{ commandId: 1, code: 0 }]);
    expect(link.all('command-lost')).toEqual([]);
  });
});
