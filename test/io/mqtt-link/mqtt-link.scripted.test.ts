import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/brokers/mosquitto.ts';
import { openWatchedLink, type WatchedLink, type WatchedOptions } from '../../helpers/brokers/open-link.ts';
import {
  type Peer,
  type Script,
  type ScriptedBroker,
  startScriptedBroker,
} from '../../helpers/brokers/scripted-broker.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function start(script: Script): Promise<ScriptedBroker> {
  const broker = await startScriptedBroker(script);
  opened.push(() => broker.close());
  return broker;
}

function open(port: number, options: WatchedOptions = {}): WatchedLink {
  const watched = openWatchedLink({ port, ...options });
  opened.push(() => watched.close());
  return watched;
}

/** Polls for what has no event of its own. */
async function until(isTrue: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 8_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`waited 8 s for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

const phases = (link: WatchedLink): string[] => link.all('link-changed').map(event => event.link.phase);
const commandsOf = (broker: ScriptedBroker): string[] =>
  broker.peers.flatMap(({ received }) =>
    received.flatMap(packet =>
      packet.cmd === 'publish' ? [`${packet.topic} ${packet.payload} dup=${packet.dup}`] : [],
    ),
  );

describe('openMqttLink with brokers that do not behave', () => {
  it('says that nobody listens at the port', async () => {
    const port = await freePort();
    const link = open(port);
    const { failure } = await link.phase('waiting');
    expect(failure).toEqual({
      kind: 'unreachable',
      message: `broker not reachable at 127.0.0.1:${port}: connection refused`,
      cure: 'Check that the broker runs and which port it listens on: systemctl status mosquitto',
      code: null,
    });
  });

  it('says it by name too, where a name has an address of each family', async () => {
    const port = await freePort();
    const { failure } = await open(port, { host: 'localhost' }).phase('waiting');
    expect(failure.message).toBe(`broker not reachable at localhost:${port}: connection refused`);
  });

  it('says that there is no such host', async () => {
    const { failure } = await open(1883, { host: 'no-such-host.invalid' }).phase('waiting');
    expect(failure.kind).toBe('not-found');
    expect(failure.message).toMatch(/^broker not reachable at no-such-host\.invalid:1883: /);
  });

  it.each<[string, (peer: Peer) => void]>([
    ['nothing', () => {}],
    ['half a CONNACK', peer => peer.sendRaw(Uint8Array.of(0x20, 0x03, 0x00))],
  ])('gives up when the answer is %s: after 10 s, where MQTT 3.1.1 is left to try sooner', async (_, answer) => {
    const clock = createFakeClock();
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd === 'connect') answer(peer);
        return true;
      },
    });
    const link = open(broker.port, { clock });
    await until(() => broker.peers[0]?.received.length === 1, 'CONNECT');
    clock.advance(2_499);
    expect(phases(link)).toEqual(['connecting']);
    clock.advance(1);
    await until(() => broker.peers[1]?.received.length === 1, 'CONNECT with 3.1.1');
    clock.advance(5_000);
    const { failure, retryAt } = await link.phase('waiting');
    expect(failure).toMatchObject({
      kind: 'timeout',
      message: `no answer from 127.0.0.1:${broker.port} within 2 s to a login with MQTT 5, nor within 5 s to one with 3.1.1`,
    });
    expect(retryAt).toBe(clock.now() + 800);
    clock.advance(800);
    await until(() => broker.peers[2]?.received.length === 1, 'the third CONNECT');
    clock.advance(9_999);
    expect(phases(link).at(-1)).toBe('connecting');
    clock.advance(1);
    expect((await link.phase('waiting')).failure.message).toContain('within 10 s');
    expect(broker.peers.map(peer => peer.login().protocolVersion)).toEqual([5, 4, 5]);
  });

  it('waits longer each time, and tells the attempt and the time of the next', async () => {
    const clock = createFakeClock();
    const link = open(await freePort(), { clock });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      const waiting = await link.phase('waiting');
      expect(waiting.attempt).toBe(attempt);
      waits.push(waiting.retryAt - clock.now());
      clock.advanceToNextTimer();
    }
    expect(waits).toEqual([800, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('tries at once when told to, and stops its timer', async () => {
    const clock = createFakeClock();
    const link = open(await freePort(), { clock });
    await link.phase('waiting');
    void link.link.checkNow();
    await link.phase('waiting');
    expect(clock.pendingTimers()).toBe(1);
    await link.close();
    expect(clock.pendingTimers()).toBe(0);
    expect(phases(link)).toEqual(['connecting', 'waiting', 'connecting', 'waiting', 'closed']);
  });

  it.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a PUBLISH before CONNACK', Uint8Array.of(0x30, 0x04, 0x00, 0x01, 0x61, 0x62)],
  ])('knows that %s is no broker', async (_, bytes) => {
    const broker = await start({ onOpened: peer => peer.sendRaw(bytes), onPacket: () => true });
    const link = open(broker.port);
    const { failure } = await link.phase('waiting');
    expect(failure).toMatchObject({
      kind: 'protocol',
      message: `what answers at 127.0.0.1:${broker.port} is not an MQTT broker`,
    });
    expect(link.all('message-received')).toEqual([]);
  });

  it('tries MQTT 5 twice and then 3.1.1 with a broker that closes before CONNACK', async () => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'connect' || packet.protocolVersion !== 5) return false;
        peer.socket.end();
        return true;
      },
    });
    const link = open(broker.port);
    expect(await link.phase('connected')).toMatchObject({ protocol: '3.1.1' });
    expect(broker.peers.map(peer => peer.login().protocolVersion)).toEqual([5, 5, 4]);
    broker.peers.at(-1)?.socket.destroy();
    await link.phase('connected');
    expect(broker.peers.map(peer => peer.login().protocolVersion)).toEqual([5, 5, 4, 4]);
    expect(phases(link).filter(phase => phase === 'waiting')).toHaveLength(1);
  });

  it('tries 3.1.1 within 3 s with a broker that never answers MQTT 5, as amqtt', async () => {
    const broker = await start({ onPacket: (_, packet) => packet.cmd === 'connect' && packet.protocolVersion === 5 });
    const startedAt = performance.now();
    expect(await open(broker.port).phase('connected')).toMatchObject({ protocol: '3.1.1' });
    expect(performance.now() - startedAt).toBeGreaterThan(2_000);
    expect(broker.peers.map(peer => peer.login().protocolVersion)).toEqual([5, 4]);
  });

  it('gives the version as the reason where only MQTT 5 was to be spoken and nothing came', async () => {
    const clock = createFakeClock();
    const broker = await start({ onPacket: () => true });
    const link = open(broker.port, { clock, protocolVersion: '5' });
    await until(() => broker.peers[0]?.received.length === 1, 'CONNECT');
    clock.advance(10_000);
    expect((await link.phase('waiting')).failure.cure).toMatch(/^Leave --protocol-version out/);
  });

  it('counts user name and password among the reasons of a close without CONNACK, as rumqttd makes it', async () => {
    const broker = await start({ onPacket: peer => Boolean(peer.socket.end()) });
    const { failure } = await open(broker.port, { user: 'master', password: 'wrong' }).phase('waiting', 5_000);
    expect(failure).toMatchObject({ kind: 'closed', code: null });
    expect(failure.cure).toMatch(/^It may not take user name or password of master: .* Else: check host and port;/);
  });

  it('says what may be wrong where the connection is closed whatever the version', async () => {
    const broker = await start({ onOpened: peer => peer.socket.destroy() });
    const link = open(broker.port);
    const { failure } = await link.phase('waiting');
    expect(failure.kind).toBe('closed');
    expect(failure.message).toContain(`broker at 127.0.0.1:${broker.port} closed the connection before it answered`);
    expect(failure.cure).toContain('mqtts://');
    expect(broker.peers).toHaveLength(3);
  });

  it.each([
    ['CONNACK 1, as aedes and NATS send it', Uint8Array.of(0x20, 0x02, 0x00, 0x01)],
    ['CONNACK 132', Uint8Array.of(0x20, 0x03, 0x00, 0x84, 0x00)],
  ])('falls back to 3.1.1 at once on %s', async (_, connack) => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'connect' || packet.protocolVersion !== 5) return false;
        peer.sendRaw(connack);
        return true;
      },
    });
    const link = open(broker.port);
    expect(await link.phase('connected')).toMatchObject({ protocol: '3.1.1' });
    expect(broker.peers).toHaveLength(2);
    expect(phases(link)).toEqual(['connecting', 'connecting', 'connected']);
  });

  it('gives an unanswered attempt up for another password', async () => {
    const broker = await start({ onPacket: (peer, packet) => packet.cmd === 'connect' && peer.number === 1 });
    const link = open(broker.port, { user: 'monitor', password: 'old' });
    await until(() => broker.peers[0]?.received.length === 1, 'CONNECT');
    link.link.setPassword('new');
    await link.phase('connected');
    expect(broker.peers.map(peer => String(peer.login().password))).toEqual(['old', 'new']);
    link.link.setPassword('newer');
    expect(phases(link)).toEqual(['connecting', 'connecting', 'connected']);
  });

  it('says so where the version was fixed and is not spoken', async () => {
    const broker = await start({
      onPacket: peer => {
        peer.sendRaw(Uint8Array.of(0x20, 0x02, 0x00, 0x01));
        return true;
      },
    });
    const { failure } = await open(broker.port, { protocolVersion: '5' }).phase('waiting');
    expect(failure).toMatchObject({ kind: 'protocol', code: 1 });
    expect(failure.message).toContain('does not speak this version of MQTT');
  });

  it.each([
    [2, 'options', 'refused the client identifier console: identifier rejected (2)'],
    [3, 'protocol', 'refused the connection: server unavailable (3)'],
  ])('tries again after CONNACK %i', async (returnCode, kind, words) => {
    const broker = await start({
      onPacket: peer => {
        peer.send({ cmd: 'connack', sessionPresent: false, returnCode });
        return true;
      },
    });
    const { failure } = await open(broker.port, { protocolVersion: '311', id: 'console' }).phase('waiting');
    expect(failure).toMatchObject({ kind, code: returnCode });
    expect(failure.message).toContain(words);
  });

  it('waits some 30 s after DISCONNECT 142, session taken over', async () => {
    const broker = await start({});
    const link = open(broker.port, { id: 'console' });
    await link.phase('connected');
    broker.peers[0]?.send({ cmd: 'disconnect', reasonCode: 142 });
    broker.peers[0]?.socket.end();
    const { failure, retryAt } = await link.phase('waiting');
    expect(failure).toEqual({
      kind: 'taken-over',
      message: `another client logged in at 127.0.0.1:${broker.port} with our client identifier console`,
      cure: 'Leave --id out: each console then has one of its own.',
      code: 142,
    });
    expect(retryAt - (link.all('link-changed').at(-1)?.at ?? 0)).toBe(30_000);
  });

  it('notices by its keepalive that the broker has fallen silent; who speaks has not, though no ping is answered', async () => {
    let isMute = false;
    const broker = await start({ onPacket: (_, packet) => isMute && packet.cmd === 'pingreq' });
    const link = open(broker.port, { keepalive: 5 });
    await link.phase('connected');
    isMute = true;
    const peer = broker.peers[0];
    const pings = (): number => peer?.received.filter(({ cmd }) => cmd === 'pingreq').length ?? 0;
    const before = pings();
    const speaking = setInterval(() => {
      peer?.send({ cmd: 'publish', topic: 'heating/flow', payload: '54.3', qos: 0, dup: false, retain: false });
    }, 50);
    try {
      // The ping of mqtt.js after 5 s, and another one at 7.5 s, where it would have given up.
      await expect.poll(() => pings() - before, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
      expect(link.all('link-changed').at(-1)?.link.phase).toBe('connected');
    } finally {
      clearInterval(speaking);
    }
    const { failure } = await link.phase('waiting', 15_000);
    expect(failure).toMatchObject({
      kind: 'timeout',
      message: `no answer from the broker at 127.0.0.1:${broker.port} for 7 s`,
    });
  }, 40_000);

  it('sends no password where there is still no user name', async () => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'connect') return false;
        peer.send({ cmd: 'connack', sessionPresent: false, reasonCode: 0x87 });
        return true;
      },
    });
    const link = open(broker.port);
    await link.phase('refused');
    link.link.setPassword('secret');
    expect(await link.phase('refused')).toMatchObject({ refusals: 2 });
    expect(broker.peers[1]?.login().password).toBeUndefined();
  });

  it('names the reason of another DISCONNECT', async () => {
    const broker = await start({});
    const link = open(broker.port);
    await link.phase('connected');
    broker.peers[0]?.send({ cmd: 'disconnect', reasonCode: 139 });
    broker.peers[0]?.socket.end();
    const { failure } = await link.phase('waiting');
    expect(failure.message).toBe(
      `broker at 127.0.0.1:${broker.port} closed the connection: server shutting down (139)`,
    );
  });
});

describe('commands on brokers that do not behave', () => {
  it('hands the code of each PUBACK on', async () => {
    const codes = [0x10, 0x87, 0x97, 0x00];
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'publish') return false;
        peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: codes.shift() ?? 0 });
        return true;
      },
    });
    const link = open(broker.port);
    await link.phase('connected');
    for (let index = 0; index < 4; index++) link.command('heating/pump');
    await link.next('command-acknowledged', ({ commandId }) => commandId === 4);
    expect(link.all('command-acknowledged').map(({ commandId, code }) => [commandId, code])).toEqual([
      [1, 0x10],
      [2, 0x87],
      [3, 0x97],
      [4, 0x00],
    ]);
  });

  it('never sends a command again by itself when the broker closes on it', async () => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'publish') return false;
        peer.socket.destroy();
        return true;
      },
    });
    const link = open(broker.port);
    await link.phase('connected');
    link.command('heating/pump');
    expect(await link.next('command-lost')).toMatchObject({ commandId: 1 });
    await link.phase('connected');
    link.command('cellar/fan');
    expect(await link.next('command-lost')).toMatchObject({ commandId: 2 });
    await link.phase('connected');
    await until(
      () => broker.peers[2]?.received.some(({ cmd }) => cmd === 'unsubscribe') === true,
      'the third connection',
    );
    expect(commandsOf(broker)).toEqual(['heating/pump on dup=false', 'cellar/fan on dup=false']);
  });

  it('tells the loss of a command before that of the link, and answers each command once', async () => {
    const broker = await start({ onPacket: (_, packet) => packet.cmd === 'publish' });
    const link = open(broker.port);
    await link.phase('connected');
    link.command('heating/pump');
    await until(() => commandsOf(broker).length === 1, 'the command');
    broker.peers[0]?.socket.destroy();
    await link.phase('waiting');
    const tail = link.events.slice(-2).map(event => (event.type === 'link-changed' ? event.link.phase : event.type));
    expect(tail).toEqual(['command-lost', 'waiting']);
    expect(link.all('command-acknowledged')).toEqual([]);
  });

  it('keeps the link after a withdrawn command where the broker still answers a ping, and hears no late PUBACK', async () => {
    const broker = await start({ onPacket: (_, packet) => packet.cmd === 'publish' });
    const link = open(broker.port);
    await link.phase('connected');
    link.command('heating/pump');
    link.link.perform({ type: 'withdraw-command', commandId: 1 });
    const [peer] = broker.peers;
    await until(() => peer?.received.at(-1)?.cmd === 'pingreq', 'the ping');
    const publish = peer?.received.find(({ cmd }) => cmd === 'publish');
    peer?.send({ cmd: 'puback', messageId: publish?.messageId ?? 0 });
    peer?.send({ cmd: 'publish', topic: 'heating/flow', payload: '1', qos: 0, dup: false, retain: false });
    await link.next('message-received');
    expect(link.all('command-acknowledged')).toEqual([]);
    expect(phases(link).at(-1)).toBe('connected');
  });

  it('resets the connection where a withdrawn command may still be on its way, so that it cannot arrive late', async () => {
    const clock = createFakeClock();
    let isMute = false;
    const broker = await start({ onPacket: (_, packet) => packet.cmd === 'publish' || isMute });
    const link = open(broker.port, { clock });
    await link.phase('connected');
    isMute = true;
    let reset: unknown = null;
    broker.peers[0]?.socket.on('error', (error: NodeJS.ErrnoException) => {
      reset = error.code;
    });
    link.command('heating/pump');
    link.link.perform({ type: 'withdraw-command', commandId: 1 });
    await until(() => broker.peers[0]?.received.at(-1)?.cmd === 'pingreq', 'the ping');
    clock.advance(1_000);
    const { failure } = await link.phase('waiting');
    expect(failure.message).toBe(`no answer from the broker at 127.0.0.1:${broker.port} for 1 s`);
    await until(() => reset === 'ECONNRESET', 'a reset, not a close');
    expect(link.all('command-lost')).toEqual([]);
  });
});

describe('subscriptions on brokers that do not behave', () => {
  it('reads the code of each SUBACK', async () => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'subscribe' || packet.subscriptions[0]?.topic !== 'heating/return') return false;
        peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x87] });
        return true;
      },
    });
    const link = open(broker.port);
    await link.phase('connected');
    expect(await link.next('filter-answered', ({ code }) => code >= 0x80)).toMatchObject({
      filter: 'heating/return',
      code: 0x87,
    });
    expect(link.all('filter-answered')).toHaveLength(8);
  });

  it('tells what came meanwhile when it is connected, in the order in which it came', async () => {
    let answerLast = (): void => {};
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'subscribe') return false;
        const { messageId = 0, subscriptions } = packet;
        const topic = subscriptions[0]?.topic ?? '';
        const answer = (): void => peer.send({ cmd: 'suback', messageId, granted: [0] });
        if (topic.startsWith('$SYS')) answerLast = answer;
        else answer();
        if (!topic.startsWith('heating/') || topic.endsWith('/done')) return true;
        for (const [payload, retain] of [
          ['1', true],
          ['2', false],
        ] as const)
          peer.send({ cmd: 'publish', topic, payload, retain, qos: 0, dup: false });
        return true;
      },
    });
    const link = open(broker.port, { protocolVersion: '311' });
    const hasAll = (): boolean => JSON.stringify(broker.peers[0]?.received ?? '').includes('$SYS/broker/log/#');
    await until(hasAll, 'the last SUBSCRIBE');
    expect(link.all('message-received')).toEqual([]);
    answerLast();
    await link.next('message-received', ({ topic, isRetained }) => topic === 'heating/return' && !isRetained);
    const told = link.events.flatMap(event => {
      if (event.type === 'link-changed') return [event.link.phase];
      const isValue = event.type === 'message-received' && /flow|return/.test(event.topic);
      return isValue ? [`${event.topic} ${new TextDecoder().decode(event.payload)}`] : [];
    });
    expect(told).toEqual([
      ...['connecting', 'connected', 'heating/flow 1', 'heating/flow 2', 'heating/return 1', 'heating/return 2'],
    ]);
  });

  it('is connected after 3 s although a SUBACK is missing, and tells it when it comes', async () => {
    const clock = createFakeClock();
    let late = (): void => {};
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'subscribe' || packet.subscriptions[0]?.topic !== 'heating/flow') return false;
        late = () => peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [1] });
        return true;
      },
    });
    const link = open(broker.port, { clock });
    const hasAll = (): boolean => JSON.stringify(broker.peers[0]?.received ?? '').includes('$SYS/broker/log/#');
    await until(hasAll, 'the last SUBSCRIBE');
    expect(phases(link)).toEqual(['connecting']);
    clock.advance(3_000);
    await link.phase('connected');
    late();
    await link.next('filter-answered', ({ filter }) => filter === 'heating/flow');
    // It hurries the broker with pings, and does not flood it with them.
    expect(broker.peers[0]?.received.filter(({ cmd }) => cmd === 'pingreq').length).toBeLessThanOrEqual(9);
  });

  it('with MQTT 5 leaves the command topics before it says that it is connected', async () => {
    const broker = await start({});
    const link = open(broker.port);
    await link.phase('connected');
    const [peer] = broker.peers;
    const left = peer?.received.flatMap(packet => (packet.cmd === 'unsubscribe' ? packet.unsubscriptions : []));
    expect(left?.sort()).toEqual(['cellar/fan', 'heating/burner', 'heating/pump']);
    peer?.send({ cmd: 'publish', topic: 'heating/pump', payload: 'on', qos: 0, dup: false, retain: false });
    peer?.send({ cmd: 'publish', topic: 'heating/pump', payload: 'on', qos: 0, dup: false, retain: true });
    expect(await link.next('message-received')).toMatchObject({ topic: 'heating/pump', isRetained: true });
  });

  it('leaves the one filter out that a broker closes on, calls that no refusal and keeps all others', async () => {
    const denied = 'cellar/humidity';
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd !== 'subscribe' || packet.subscriptions[0]?.topic !== denied) return false;
        peer.socket.destroy();
        return true;
      },
    });
    const link = open(broker.port, { protocolVersion: '311' });
    await link.phase('connected');
    expect(phases(link)).toEqual(['connecting', 'connecting', 'connecting', 'connected']);
    expect(await link.next('filter-left-out')).toMatchObject({ filter: denied });
    expect(link.all('filter-answered').filter(({ code }) => code >= 0x80)).toEqual([]);
    expect(link.all('filter-answered')).toHaveLength(7);
  });

  it('blames no filter where the broker closes on whatever comes, and does not hurry it', async () => {
    const broker = await start({
      onPacket: (peer, packet) => {
        if (packet.cmd === 'connect' || peer.number > 2) return false;
        peer.socket.end();
        return true;
      },
    });
    const link = open(broker.port, { protocolVersion: '311' });
    await link.phase('connected');
    expect(phases(link)).toEqual(['connecting', 'connecting', 'waiting', 'connecting', 'connected']);
    expect(link.all('filter-answered').filter(({ code }) => code >= 0x80)).toEqual([]);
    expect(link.all('filter-answered')).toHaveLength(8);
  });

  it('asks on a later connection for what it gave up on an earlier one', async () => {
    const denied = 'cellar/humidity';
    let isDenied = true;
    const broker = await start({
      onPacket: (peer, packet) => {
        if (!isDenied || packet.cmd !== 'subscribe' || packet.subscriptions[0]?.topic !== denied) return false;
        peer.socket.destroy();
        return true;
      },
    });
    const link = open(broker.port, { protocolVersion: '311' });
    await link.phase('connected');
    await link.next('filter-left-out', ({ filter }) => filter === denied);
    isDenied = false;
    broker.peers.at(-1)?.socket.destroy();
    await link.phase('connected');
    await link.next('filter-answered', ({ filter, code }) => filter === denied && code < 0x80);
  });
});

describe('close', () => {
  it('ends an attempt that nobody answers', async () => {
    const clock = createFakeClock();
    const broker = await start({ onPacket: () => true });
    const link = open(broker.port, { clock });
    await until(() => broker.peers[0]?.received.length === 1, 'CONNECT');
    await link.close();
    expect(clock.pendingTimers()).toBe(0);
    expect(phases(link)).toEqual(['connecting', 'closed']);
  });

  it('waits no longer than a second for a broker that does not hang up', async () => {
    const clock = createFakeClock();
    const broker = await start({ onPacket: (_, packet) => packet.cmd === 'disconnect' || packet.cmd === 'publish' });
    const link = open(broker.port, { clock });
    await link.phase('connected');
    const [peer] = broker.peers;
    // Its own half stays open after our FIN.
    if (peer !== undefined) peer.socket.allowHalfOpen = true;
    link.command('heating/pump');
    const closed = link.close();
    await until(() => peer?.received.at(-1)?.cmd === 'disconnect', 'DISCONNECT');
    clock.advance(1_000);
    await closed;
    expect(clock.pendingTimers()).toBe(0);
    const tail = link.events.slice(-2).map(event => (event.type === 'link-changed' ? event.link.phase : event.type));
    expect(tail).toEqual(['command-lost', 'closed']);
  });

  it('may be called from within an event, and twice', async () => {
    const broker = await start({});
    const closings: Promise<void>[] = [];
    const link = open(broker.port, {
      listen: (event, current) => {
        if (event.type === 'link-changed' && event.link.phase === 'connecting') closings.push(current().close());
      },
    });
    await link.phase('closed');
    await Promise.all([...closings, link.close()]);
    expect(phases(link)).toEqual(['connecting', 'closed']);
  });
});
