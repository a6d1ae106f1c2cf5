import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type Mosquitto, type MosquittoOptions, startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { openWatchedLink, type WatchedLink, type WatchedOptions } from '../../helpers/brokers/open-link.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function start(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const broker = await startMosquitto(options);
  opened.push(() => broker.close());
  return broker;
}

function open(broker: { readonly port: number }, options: WatchedOptions = {}): WatchedLink {
  const watched = openWatchedLink({ port: broker.port, ...options });
  opened.push(() => watched.close());
  return watched;
}

/** Another client, MQTT 5, that keeps what it hears. */
async function device(broker: Mosquitto, ...filters: readonly string[]): Promise<MqttClient & { heard: string[] }> {
  const client = await mqtt.connectAsync(broker.url, { protocolVersion: 5, reconnectPeriod: 20 });
  opened.push(() => client.endAsync(true));
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload}`));
  for (const filter of filters) await client.subscribeAsync(filter);
  return Object.assign(client, { heard });
}

const nextPacket = (client: MqttClient): Promise<IPublishPacket> =>
  new Promise(resolve => client.once('message', (_topic, _payload, packet) => resolve(packet)));

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);

describe.runIf(mosquitto !== null)('openMqttLink with mosquitto', () => {
  it.each(['5', '311', 'auto'] as const)(
    'connects with protocol version %s and hands messages over',
    async protocolVersion => {
      const broker = await start();
      const sensor = await device(broker);
      const link = open(broker, { protocolVersion });
      const connected = await link.phase('connected');
      expect(connected.protocol).toBe(protocolVersion === '311' ? '3.1.1' : '5');
      await sensor.publishAsync('heating/flow', '54.3');
      const message = await link.next('message-received');
      expect(message).toMatchObject({ topic: 'heating/flow', isRetained: false });
      expect(text(message.payload)).toBe('54.3');
      expect(link.all('link-changed').map(event => event.link.phase)).toEqual(['connecting', 'connected']);
    },
  );

  it('asks for each topic of the house and for the log by itself, and tells the answers after "connected"', async () => {
    const broker = await start();
    const link = open(broker);
    await link.phase('connected');
    const answers = link.all('filter-answered');
    expect(answers.map(({ filter, code }) => `${filter} ${code}`)).toEqual([
      'heating/flow 1',
      'heating/return 1',
      'cellar/temperature 1',
      'cellar/humidity 1',
      'heating/pump/done 1',
      'heating/burner/done 1',
      'cellar/fan/done 1',
      '$SYS/broker/log/# 0',
    ]);
    expect(link.events.findIndex(event => event.type === 'filter-answered')).toBeGreaterThan(
      link.events.findIndex(event => event.type === 'link-changed' && event.link.phase === 'connected'),
    );
  });

  it('marks what the broker had kept as retained', async () => {
    const broker = await start();
    const sensor = await device(broker);
    await sensor.publishAsync('heating/flow', '20', { retain: true, qos: 1 });
    const link = open(broker);
    expect(await link.next('message-received')).toMatchObject({ topic: 'heating/flow', isRetained: true });
    await link.phase('connected');
    await sensor.publishAsync('heating/flow', '21', { retain: true, qos: 1 });
    expect(await link.next('message-received')).toMatchObject({ topic: 'heating/flow', isRetained: false });
  });

  it('tells "nobody listens" from "taken", and a retained command is found without hiding that', async () => {
    const broker = await start();
    const pump = await device(broker, 'heating/pump');
    await pump.publishAsync('cellar/fan', 'on', { retain: true, qos: 1 });
    const link = open(broker);
    await link.phase('connected');
    expect(await link.next('message-received')).toMatchObject({ topic: 'cellar/fan', isRetained: true });
    link.command('cellar/fan');
    link.command('heating/pump');
    expect(await link.next('command-acknowledged')).toMatchObject({ commandId: 1, code: 16 });
    expect(await link.next('command-acknowledged')).toMatchObject({ commandId: 2, code: 0 });
    expect(link.all('message-received')).toHaveLength(1);
  });

  it.each(['5', '311'] as const)('tells when a retained command is removed, with MQTT %s', async protocolVersion => {
    const broker = await start();
    const other = await device(broker);
    await other.publishAsync('cellar/fan', 'on', { retain: true, qos: 1 });
    const link = open(broker, { protocolVersion });
    await link.phase('connected');
    const isOfFan = (event: { readonly topic: string; readonly isRetained: boolean }): boolean =>
      event.topic === 'cellar/fan' && event.isRetained;
    expect((await link.next('message-received', isOfFan)).payload).toHaveLength(2);
    link.command('cellar/fan', 'off');
    await link.next('command-acknowledged', ({ code }) => code === (protocolVersion === '5' ? 16 : 0));
    await other.publishAsync('cellar/fan', 'off', { qos: 1 });
    await other.publishAsync('cellar/fan', 'off', { retain: true, qos: 1 });
    expect((await link.next('message-received', isOfFan)).payload).toHaveLength(3);
    await other.publishAsync('cellar/fan', '', { retain: true, qos: 1 });
    expect((await link.next('message-received', isOfFan)).payload).toHaveLength(0);
    link.command('cellar/fan');
    await link.next('command-acknowledged', ({ code }) => code === (protocolVersion === '5' ? 16 : 0));
    expect(link.all('message-received').filter(isOfFan)).toHaveLength(3);
  });

  it('tells a denied command with MQTT 5', async () => {
    const broker = await start({ acl: 'topic read #\ntopic write heating/pump\n' });
    const link = open(broker);
    await link.phase('connected');
    link.command('cellar/fan');
    expect(await link.next('command-acknowledged')).toMatchObject({ commandId: 1, code: 135 });
  });

  it('with MQTT 3.1.1 hears its own echo before the acknowledgement, and none of a denied command', async () => {
    const broker = await start({ acl: 'topic read #\ntopic write heating/pump\n' });
    const link = open(broker, { protocolVersion: '311' });
    await link.phase('connected');
    link.command('heating/pump');
    link.command('cellar/fan');
    await link.next('command-acknowledged', event => event.commandId === 2);
    const order = link.events.filter(
      event => event.type === 'message-received' || event.type === 'command-acknowledged',
    );
    expect(order).toMatchObject([
      { type: 'message-received', topic: 'heating/pump', isRetained: false },
      { type: 'command-acknowledged', commandId: 1, code: 0 },
      { type: 'command-acknowledged', commandId: 2, code: 0 },
    ]);
  });

  it('gives a command an expiry and never the retain flag', async () => {
    const broker = await start();
    const pump = await device(broker, 'heating/pump');
    const link = open(broker);
    await link.phase('connected');
    const arrived = nextPacket(pump);
    link.command('heating/pump', 'on');
    const packet = await arrived;
    expect(packet).toMatchObject({ topic: 'heating/pump', payload: Buffer.from('on'), retain: false, dup: false });
    expect(packet.properties?.messageExpiryInterval).toBeGreaterThanOrEqual(1);
    expect(packet.properties?.messageExpiryInterval).toBeLessThanOrEqual(5);
  });

  it('never delivers a command late: neither one in flight when the broker dies nor one asked for meanwhile', async () => {
    const broker = await start();
    const link = open(broker);
    await link.phase('connected');
    process.kill(broker.pid(), 'SIGSTOP');
    link.command('heating/pump', 'in flight');
    await broker.stop('SIGKILL');
    expect(await link.next('command-lost')).toMatchObject({ commandId: 1 });
    const waiting = await link.phase('waiting');
    expect(waiting.failure.message).toMatch(/^broker at 127\.0\.0\.1:\d+ closed the connection/);
    link.command('heating/pump', 'meanwhile');
    const refused = await link.next('command-not-sent');
    expect(refused).toMatchObject({ commandId: 2 });
    expect(refused.why).toMatch(/next try in 1 s|connecting to/);
    await broker.restart();
    const listener = await device(broker, '#');
    await link.phase('connected', 15_000);
    // What would be sent late would be sent before this, on the same connection.
    link.command('heating/pump', 'now');
    await link.next('command-acknowledged', event => event.commandId === 3);
    await listener.publishAsync('marker', '1', { qos: 1 });
    while (!listener.heard.includes('marker 1')) await nextPacket(listener);
    expect(listener.heard).toEqual(['heating/pump now', 'marker 1']);
  });

  it('comes back within a second when the broker was gone for a moment, and subscribes anew', async () => {
    const broker = await start();
    const link = open(broker);
    await link.phase('connected');
    await broker.restart();
    const waiting = await link.phase('waiting');
    expect(waiting.failure).toMatchObject({ kind: 'closed' });
    expect(waiting.retryAt - (link.all('link-changed').at(-1)?.at ?? 0)).toBeLessThanOrEqual(1_000);
    await link.phase('connected');
    const sensor = await device(broker);
    await sensor.publishAsync('cellar/humidity', '71');
    expect(await link.next('message-received')).toMatchObject({ topic: 'cellar/humidity' });
  });

  it.each(['5', '311'] as const)(
    'stops at a refused login until another password comes (%s)',
    async protocolVersion => {
      const broker = await start({ passwords: { monitor: 'right' } });
      const link = open(broker, { protocolVersion, user: 'monitor', password: 'wrong' });
      const code = protocolVersion === '5' ? 135 : 5;
      expect(await link.phase('refused')).toEqual({
        phase: 'refused',
        refusals: 1,
        failure: {
          kind: 'login-refused',
          message: `login as monitor refused by the broker at 127.0.0.1:${broker.port}: not authorized (${code})`,
          cure: 'Check user name and password: upper and lower case matter in both.',
          code,
        },
      });
      link.link.setPassword('wrong again');
      expect(await link.phase('refused')).toMatchObject({ refusals: 2 });
      link.link.setPassword('right');
      await link.phase('connected');
      expect(link.all('link-changed').map(event => event.link.phase)).toEqual([
        'connecting',
        'refused',
        'connecting',
        'refused',
        'connecting',
        'connected',
      ]);
    },
  );

  it('takes another user with the password, and says so where none was named', async () => {
    const broker = await start({ passwords: { monitor: 'right' } });
    const link = open(broker);
    const refused = await link.phase('refused');
    expect(refused.failure.message).toMatch(/^login without a user name refused by the broker/);
    link.link.setPassword('right', 'monitor');
    await link.phase('connected');
  });

  it('tells when the password was changed while it was connected', async () => {
    const broker = await start({ passwords: { monitor: 'old' } });
    const link = open(broker, { user: 'monitor', password: 'old' });
    await link.phase('connected');
    await broker.reload({ passwords: { monitor: 'new' } });
    await link.phase('waiting');
    expect(await link.phase('refused')).toMatchObject({ refusals: 1 });
    link.link.setPassword('new');
    await link.phase('connected');
  });

  it("reads the broker's own log where it is published", async () => {
    const broker = await start({ conf: 'log_dest topic\n' });
    const link = open(broker);
    await link.phase('connected');
    await device(broker);
    const login = await link.next('log-line-read', ({ entry }) => entry.kind === 'login');
    expect(login).toMatchObject({ source: 'topic', entry: { address: '127.0.0.1' } });
  });

  it('waits long when another client takes its identifier over, and says who is to blame', async () => {
    const broker = await start();
    const link = open(broker, { id: 'console' });
    await link.phase('connected');
    const other = await mqtt.connectAsync(broker.url, { clientId: 'console', protocolVersion: 5, reconnectPeriod: 0 });
    opened.push(() => other.endAsync(true));
    const { failure, retryAt } = await link.phase('waiting');
    // Mosquitto before 2.0.20 closes without DISCONNECT 142 (broker-facts 7).
    if (failure.code === 142) {
      expect(failure.kind).toBe('taken-over');
      expect(failure.message).toMatch(/^another client logged in at .* with our client identifier console$/);
      expect(retryAt - (link.all('link-changed').at(-1)?.at ?? 0)).toBeGreaterThan(20_000);
    } else {
      expect(failure.kind).toBe('closed');
    }
  });

  it('hands a message of 1 MiB over whole', async () => {
    const broker = await start();
    const sensor = await device(broker);
    const link = open(broker);
    await link.phase('connected');
    const payload = Buffer.alloc(1_048_576, 0xfe);
    await sensor.publishAsync('heating/flow', payload, { qos: 1 });
    const message = await link.next('message-received');
    expect(message.payload).toHaveLength(1_048_576);
    expect(Buffer.compare(message.payload, payload)).toBe(0);
  });

  it('is not troubled by a message that is larger than it takes', async () => {
    const broker = await start();
    const sensor = await device(broker);
    const link = open(broker);
    await link.phase('connected');
    await sensor.publishAsync('heating/flow', Buffer.alloc(9 * 1_048_576), { qos: 1 });
    await sensor.publishAsync('heating/return', '41.0', { qos: 1 });
    expect(await link.next('message-received')).toMatchObject({ topic: 'heating/return' });
    expect(link.all('link-changed').at(-1)?.link.phase).toBe('connected');
  });

  it('keeps the order in a flood and lets timers have their turn', async () => {
    const broker = await start({ conf: 'max_queued_messages 0\nmax_inflight_messages 0\n' });
    const sensor = await device(broker);
    let turns = 0;
    const ticker = setInterval(() => {
      turns += 1;
    }, 5);
    opened.push(async () => clearInterval(ticker));
    const busy = (ms: number): void => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const count = 5_000;
    const link = open(broker, { listen: event => event.type === 'message-received' && busy(0.1) });
    await link.phase('connected');
    const turnsBefore = turns;
    for (let index = 0; index < count; index++) sensor.publish('heating/flow', String(index));
    await link.next('message-received', ({ payload }) => text(payload) === String(count - 1), 60_000);
    const values = link.all('message-received').map(({ payload }) => Number(text(payload)));
    expect(values).toEqual(Array.from({ length: count }, (_, index) => index));
    // 500 ms of work in turns of 8 ms, some 60 of them; without turns it was 17, one per chunk of 64 KiB.
    expect(turns - turnsBefore).toBeGreaterThan(40);
  }, 90_000);

  it('finds that the broker is frozen when asked to look, and comes back', async () => {
    const broker = await start();
    const link = open(broker);
    await link.phase('connected');
    link.link.checkNow();
    process.kill(broker.pid(), 'SIGSTOP');
    link.link.checkNow();
    const { failure } = await link.phase('waiting');
    process.kill(broker.pid(), 'SIGCONT');
    expect(failure).toMatchObject({ kind: 'timeout' });
    expect(failure.message).toBe(`no answer from the broker at 127.0.0.1:${broker.port} for 5 s`);
    await link.phase('connected');
  });

  it('says goodbye to the broker and leaves nothing open', async () => {
    const broker = await start();
    const count = (kind: string): number => process.getActiveResourcesInfo().filter(name => name === kind).length;
    const before = { sockets: count('TCPSocketWrap'), timers: count('Timeout') };
    const link = open(broker, { id: 'console' });
    await link.phase('connected');
    await link.close();
    expect(count('TCPSocketWrap')).toBe(before.sockets);
    // The test runner has timers of its own that come and go; one of ours would stay for 20 s.
    await expect.poll(() => count('Timeout'), { timeout: 5_000 }).toBeLessThanOrEqual(before.timers);
    await broker.waitForLog(/Client console disconnected\./);
    expect(link.events.at(-1)).toMatchObject({ type: 'link-changed', link: { phase: 'closed' } });
    link.command('heating/pump');
    expect(await link.next('command-not-sent')).toMatchObject({ why: expect.stringMatching(/^disconnected from/) });
  });
});
