import { Duplex } from 'node:stream';
import { connectAsync, type IClientOptions, MqttClient, type Packet } from 'mqtt';
import mqttPacket from 'mqtt-packet';
import { afterEach, describe, expect, it } from 'vitest';
import {
  askBeforeGivingUp,
  createFedClient,
  forgetUnacknowledged,
  isLeaving,
  publishAs,
  publishAtQos1,
  sendPing,
  sortError,
  subackCode,
} from '../../../src/io/mqtt-connection/client-internals.ts';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { type Script, startScriptedBroker } from '../../helpers/brokers/scripted-broker.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const options: IClientOptions = { protocolVersion: 5, reconnectPeriod: 0 };

async function logIn(url: string, more: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, { ...options, ...more });
  opened.push(() => client.endAsync(true));
  return client;
}

async function onMosquitto(more: IClientOptions = {}): Promise<MqttClient> {
  const broker = await startMosquitto({});
  opened.push(() => broker.close());
  return logIn(broker.url, more);
}

async function onScripted(script: Script, more: IClientOptions = {}) {
  const broker = await startScriptedBroker(script);
  opened.push(() => broker.close());
  return { broker, client: await logIn(`mqtt://127.0.0.1:${broker.port}`, more) };
}

/** The next packet of this kind that goes out or comes in. */
function nextPacket(client: MqttClient, event: 'packetsend' | 'packetreceive', cmd: Packet['cmd']): Promise<Packet> {
  return new Promise(resolve => {
    const look = (packet: Packet): void => {
      if (packet.cmd !== cmd) return;
      client.off(event, look);
      resolve(packet);
    };
    client.on(event, look);
  });
}

const nextError = (client: MqttClient): Promise<Error> => new Promise(resolve => client.once('error', resolve));

const program = requireProgram('mosquitto');

describe.runIf(program !== null)('what the link relies on of mqtt.js, on a real mosquitto', () => {
  it.each([
    [1, 'puback', 16],
    [2, 'pubrec', 0],
  ] as const)(
    'publishes at QoS %i; its %s tells whether anybody is subscribed at QoS 1 only',
    async (qos, cmd, code) => {
      const client = await onMosquitto();
      const answer = nextPacket(client, 'packetreceive', cmd);
      const id = publishAs(client, { topic: 'nobody/here', payload: 'x', qos, retain: true });
      expect(await answer).toMatchObject({ messageId: id, reasonCode: code });
    },
  );

  it('publishes at QoS 0 without a packet identifier', async () => {
    const client = await onMosquitto();
    const sent = nextPacket(client, 'packetsend', 'publish');
    expect(publishAs(client, { topic: 'a', payload: 'x', qos: 0, retain: false })).toBe(0);
    expect(await sent).toMatchObject({ qos: 0, retain: false, topic: 'a' });
  });

  it('sends a ping at once, tells of it before the call returns, and hands out its answer', async () => {
    const client = await onMosquitto();
    const sent: string[] = [];
    client.on('packetsend', ({ cmd }) => sent.push(cmd));
    const answered = nextPacket(client, 'packetreceive', 'pingresp');
    sendPing(client);
    expect(sent).toEqual(['pingreq']);
    expect(await answered).toMatchObject({ cmd: 'pingresp' });
  });

  it('is leaving from the call of end on', async () => {
    const client = await onMosquitto();
    expect(isLeaving(client)).toBe(false);
    const ended = client.endAsync();
    expect(isLeaving(client)).toBe(true);
    await ended;
  });

  it('knows the packet identifier of a publish at once, and the PUBACK has it', async () => {
    const client = await onMosquitto();
    const ids = ['heating/pump', 'heating/burner'].map(topic =>
      publishAtQos1(client, { topic, payload: 'on', expirySeconds: 5 }),
    );
    const codes = new Map<number | undefined, number | undefined>();
    client.on('packetreceive', packet => {
      if (packet.cmd === 'puback') codes.set(packet.messageId, packet.reasonCode);
    });
    await expect.poll(() => codes.size).toBe(2);
    // 0x10, no matching subscribers, is in the packet, where a callback would be told of success.
    expect([...codes]).toEqual(ids.map(id => [id, 0x10]));
  });

  it('tells of a CONNACK by its packet before it acts on it', async () => {
    const client = await onMosquitto();
    const order: string[] = [];
    client.on('packetreceive', ({ cmd }) => order.push(cmd));
    client.on('connect', () => order.push('connect event'));
    await client.endAsync();
    client.reconnect();
    await new Promise<void>(resolve => client.once('connect', () => resolve()));
    expect(order.slice(0, 2)).toEqual(['connack', 'connect event']);
  });

  it('does not send a filter that is none, and says so', async () => {
    const client = await onMosquitto();
    const code = await new Promise(resolve => {
      client.subscribe('a/#/b', { qos: 1 }, (error, _granted, packet) => resolve(subackCode(error, packet)));
    });
    expect(code).toBe('invalid');
  });
});

describe('what the link relies on of mqtt.js, on a broker that does not behave', () => {
  it('hands out the SUBACK of a refused filter', async () => {
    const { client } = await onScripted({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'subscribe') return false;
        peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x87] });
        return true;
      },
    });
    const code = await new Promise(resolve => {
      client.subscribe('heating/flow', { qos: 1 }, (error, _granted, packet) => resolve(subackCode(error, packet)));
    });
    expect(code).toBe(0x87);
  });

  it('says goodbye at once where the acknowledgements that it waits for are taken away', async () => {
    const { broker, client } = await onScripted({ onPacket: (_, packet) => packet.cmd === 'publish' });
    publishAtQos1(client, { topic: 'heating/pump', payload: 'on', expirySeconds: 5 });
    await expect.poll(() => broker.peers[0]?.received.map(({ cmd }) => cmd)).toContain('publish');
    expect(Object.keys(client.outgoing)).toHaveLength(1);
    forgetUnacknowledged(client);
    await client.endAsync();
    expect(broker.peers[0]?.received.at(-1)?.cmd).toBe('disconnect');
  });

  it('reports a silent broker by the keepalive error', async () => {
    let isMute = false;
    const { client } = await onScripted({ onPacket: () => isMute }, { keepalive: 1 });
    isMute = true;
    const error = await nextError(client);
    expect(sortError(error, client)).toEqual({ kind: 'keepalive', waitedMs: 1_500 });
  });

  it('pings again where something was heard since the last ping, and gives up where nothing was', async () => {
    let isMute = false;
    const { broker, client } = await onScripted({ onPacket: () => isMute }, { keepalive: 1 });
    isMute = true;
    const heard = [true, false];
    const asked: number[] = [];
    const pings = (): number => broker.peers[0]?.received.filter(({ cmd }) => cmd === 'pingreq').length ?? 0;
    askBeforeGivingUp(client, () => {
      asked.push(pings());
      return heard.shift() ?? false;
    });
    const error = await nextError(client);
    expect(sortError(error, client)).toMatchObject({ kind: 'keepalive' });
    // Its own ping; then the one of the first time, and its own again.
    expect(asked).toEqual([1, 3]);
    expect(heard).toEqual([]);
  });

  it("reports a socket's error with its code, and one of the parser without", async () => {
    const garbled = await onScripted({});
    const protocolError = nextError(garbled.client);
    garbled.broker.peers[0]?.sendRaw(Uint8Array.of(0xf3, 0x02, 0xff, 0xff));
    const error = await protocolError;
    expect(sortError(error, garbled.client)).toEqual({ kind: 'protocol' });
    const reset = await onScripted({});
    const socketError = nextError(reset.client);
    reset.broker.peers[0]?.socket.resetAndDestroy();
    const cut = await socketError;
    expect(sortError(cut, reset.client)).toMatchObject({ kind: 'socket', error: { code: 'ECONNRESET' } });
  });

  it('holds the next message back until handleMessage says that it is done', async () => {
    const { broker, client } = await onScripted({});
    const seen: string[] = [];
    let goOn = (): void => {};
    client.handleMessage = (packet, done) => {
      seen.push(packet.topic);
      goOn = done;
    };
    for (const topic of ['one', 'two']) {
      broker.peers[0]?.send({ cmd: 'publish', topic, payload: '', qos: 0, dup: false, retain: false });
    }
    const pinged = nextPacket(client, 'packetsend', 'pingreq');
    sendPing(client);
    await pinged;
    await expect.poll(() => seen).toEqual(['one']);
    goOn();
    await expect.poll(() => seen).toEqual(['one', 'two']);
    goOn();
  });
});

describe('a client that is fed', () => {
  /** On a stream that is written to and never read from. */
  function createFed() {
    const sent: Buffer[] = [];
    const stream = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, written) => {
        sent.push(chunk);
        written();
      },
    });
    const { client, feed } = createFedClient(MqttClient, stream, { ...options, clientId: 'fed' });
    opened.push(() => client.endAsync(true));
    return { client, feed, stream, sent };
  }
  const connack = mqttPacket.generate({ cmd: 'connack', sessionPresent: false, reasonCode: 0 }, { protocolVersion: 5 });
  const publish = (topic: string): Buffer =>
    mqttPacket.generate(
      { cmd: 'publish', topic, payload: '', qos: 0, dup: false, retain: false },
      { protocolVersion: 5 },
    );

  it('writes to its stream, and does not read it', async () => {
    const { client, stream, sent } = createFed();
    await expect.poll(() => Buffer.concat(sent).toString()).toContain('fed');
    const packets: string[] = [];
    client.on('packetreceive', ({ cmd }) => packets.push(cmd));
    const read = new Promise(resolve => stream.once('data', resolve));
    stream.push(connack);
    await read;
    expect(packets).toEqual([]);
    expect(Object.keys(stream)).not.toContain('pipe');
  });

  it('works off what it is fed with, in parts of packets too, and calls back when that is done', async () => {
    const { client, feed } = createFed();
    const order: string[] = [];
    client.on('packetreceive', packet => order.push(packet.cmd === 'publish' ? packet.topic : packet.cmd));
    const goOns: (() => void)[] = [];
    client.handleMessage = (_packet, done) => void goOns.push(done);
    await new Promise<void>(resolve => void feed.write(connack.subarray(0, 2), () => resolve()));
    expect(order).toEqual([]);
    feed.write(Buffer.concat([connack.subarray(2), publish('one'), publish('two')]), () => order.push('done'));
    await expect.poll(() => order).toEqual(['connack', 'one']);
    goOns.shift()?.();
    await expect.poll(() => order).toEqual(['connack', 'one', 'two']);
    goOns.shift()?.();
    await expect.poll(() => order).toEqual(['connack', 'one', 'two', 'done']);
  });
});
