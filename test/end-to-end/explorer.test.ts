import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const keep = closeAfterEach();

beforeAll(() => void builtProgram());

describe.runIf(mosquitto !== null)('the topics of a real broker', () => {
  const house = useArticleHouse('log_type subscribe\nlog_type unsubscribe');

  async function open(user: string, args: readonly string[] = []): Promise<PtyProgram> {
    const env = house.login(user);
    const program = keep(await startInPty(process.execPath, { args: [builtProgram(), ...args], env }));
    await program.waitFor('are live');
    program.write('e');
    await program.waitFor(/Topics[\s\S]*heating\//);
    return program;
  }

  /** Subscriptions that the broker has heard of, in their order, by the client identifiers of explorers. */
  const asked = (): readonly string[] =>
    [...house.broker.readLog().matchAll(/hometui-[0-9a-f]{8}-e (?:\(QoS \d\)|\d) (\S+)/g)].map(
      ([, filter = '']) => filter,
    );

  it('are browsed and searched, and nothing stays subscribed when one leaves', async () => {
    house.heating.client.publish('heating/pump/done', 'on', { retain: true });
    expect(asked()).toEqual([]);
    const program = await open('master');
    program.write('/flow');
    await program.waitFor(/Search: flow[\s\S]*flow +[\d.]+/);
    program.write('\r');
    await program.waitFor('Enter open');
    program.write('\u001b');
    await program.waitFor('messages a second');
    program.write('/pump/done\r');
    await program.waitFor(/done +R +on +retained/);
    program.write('\u001b');
    await program.waitFor(/messages a second/);
    program.write('\u001b');
    await program.waitFor('Enter detail');
    await house.broker.waitForLog(/Received UNSUBSCRIBE from hometui-[0-9a-f]{8}-e/);
    await house.broker.waitForLog(/Client hometui-[0-9a-f]{8}-e disconnected/);
    expect(asked()).toEqual(['#']);
    program.write('q');
    expect((await program.exit).code).toBe(0);
    house.heating.client.publish('heating/pump/done', '', { retain: true });
  });

  it('are those that the user may read; a command after it is told from nobody listening', async () => {
    const program = await open('monitor');
    await program.waitFor('What is missing may be denied to monitor');
    house.heating.client.unsubscribe('heating/pump');
    await house.broker.waitForLog(/Received UNSUBSCRIBE from (?!hometui)/);
    program.write('\u001b');
    await program.waitFor('Enter detail');
    program.write('p');
    // With an own subscription still there, the broker would say that somebody listens.
    await program.waitFor(/nobody/i);
    house.heating.client.subscribe('heating/pump');
    program.write('q');
  });

  it('come into the house file with +, as what they are: a sensor, and a switch that was seen being answered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-topics-'));
    keep({ close: () => rmSync(folder, { recursive: true, force: true }) });
    const file = join(folder, 'my-house.json');
    const flow = { label: 'Flow', topic: 'heating/flow', unit: '°C' };
    const text = JSON.stringify({ name: 'Home', sensors: { flow }, panels: [{ label: 'Heating', items: ['flow'] }] });
    writeFileSync(file, text);
    const args = [builtProgram(), '--house', file];
    const program = keep(await startInPty(process.execPath, { args, env: { ...house.login('master'), HOME: folder } }));
    await program.waitFor(/Flow .*54\.3/);
    program.write('e');
    await program.waitFor(/Topics[\s\S]*heating\//);
    const plus = async (search: string, line: RegExp): Promise<void> => {
      program.write('/');
      await program.waitFor('Search:');
      program.write(search);
      await program.waitFor(`Search: ${search}`);
      program.write('\r');
      await program.waitFor(/▶[-+ ]+\S/);
      // Where the branch above is chosen it is the next one.
      if (!line.test(program.screen())) program.write('\u001b[B');
      await program.waitFor(line);
      program.write('+');
    };
    await plus('return', /▶ +return +[\d.]+/);
    await program.waitFor(/Add Return to the house\?[\s\S]*a sensor on heating\/return, in °C/);
    program.write('n');
    await program.waitFor('The house was left as it is');
    expect(readFileSync(file, 'utf8')).toBe(text);
    program.write('+');
    await program.waitFor('Add Return to the house?');
    program.write('y');
    await program.waitFor('my-house.json has Return now');
    program.write('\u001b');
    await program.waitFor('messages a second');

    // Somebody switches it while the topics are open, and its device answers.
    const master = keep(await openClient());
    // One answer may be chance, where the machine is slow.
    for (const payload of ['on', 'off', 'on', 'off', 'on', 'off']) await master.switch('heating/pump', payload);
    await plus('g/pump', /▶[-+ ]+pump.* off/);
    await program.waitFor(/Add Pump to the house\?[\s\S]*a switch: heating\/pump, answered on heating\/pump\/done/);
    program.write('y');
    await program.waitFor('my-house.json has Pump now');
    program.write('q');
    await program.exit;
    const { sensors, switches, panels } = JSON.parse(readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, ''));
    expect(sensors.return).toMatchObject({ label: 'Return', topic: 'heating/return', unit: '°C' });
    expect(switches.pump).toMatchObject({ command: 'heating/pump', feedback: 'heating/pump/done' });
    expect(panels.at(-1)).toEqual({ label: 'Topics', items: ['return', 'pump'] });
  }, 30_000);

  /** Who may say everything, besides the console; each message is a second after the one before. */
  async function openClient() {
    const login = { username: 'master', password: articlePasswords.master ?? '' };
    const client = await connectAsync(house.broker.url, login);
    return {
      /** Resolves when its device has answered. */
      switch: async (topic: string, payload: string): Promise<void> => {
        const feedback = `${topic}/done`;
        await client.subscribeAsync(feedback);
        const answered = new Promise<void>(resolve => {
          client.on('message', (from, said) => {
            if (from === feedback && said.toString() === payload) resolve();
          });
        });
        await client.publishAsync(topic, payload);
        await answered;
      },
      close: () => client.endAsync(true),
    };
  }

  /** Writes a message from the chosen topic on: another topic and payload. */
  async function publish(program: PtyProgram, topic: string, payload: string): Promise<void> {
    program.write('p');
    await program.waitFor(/Publish[\s\S]*QoS/);
    program.write('\u001b[A\u0015');
    program.write(topic);
    program.write('\t\u0015');
    program.write(payload);
    await program.waitFor(screen => screen.includes(topic) && screen.includes(payload));
    program.write('\r');
    await program.waitFor(`Publish on ${topic}?`);
    program.write('y');
  }

  describe.each([
    ['5', []],
    ['3.1.1', ['-V', '311']],
  ] as const)('with MQTT %s', (version, args) => {
    it('a message of one who may arrives, and the verdict says so', async () => {
      const program = await open('master', args);
      const before = house.heating.commands.length;
      await publish(program, 'heating/pump', 'on');
      await program.waitFor(version === '5' ? 'somebody is subscribed to it' : 'It came back to us');
      // The broker tells who published and who is subscribed at the same time.
      await expect.poll(() => house.heating.commands.slice(before)).toEqual(['heating/pump on']);
      // Nobody is subscribed but we ourselves, with #: with MQTT 5 that stands aside.
      await publish(program, 'nobody/here', '1');
      await program.waitFor(version === '5' ? 'nobody is subscribed to the topic' : 'It came back to us');
      program.write('q');
      expect((await program.exit).code).toBe(0);
    });

    it('one of somebody who may not is told as denied, where that can be known', async () => {
      const program = await open('monitor', args);
      await publish(program, 'heating/flow', '99');
      const denied = /Denied: the broker refused it, not\s+authorized \(135\)/;
      await program.waitFor(version === '5' ? denied : /most\s+likely\s+it\s+was\s+denied/);
      await publish(program, 'secret/door', 'open');
      await program.waitFor(version === '5' ? denied : /Acknowledged; with MQTT 3.1.1 so is a denied one/);
      program.write('q');
    });

    it('a retained branch is cleared by one who may, and still there after one who may not', async () => {
      const { client } = house.heating;
      await client.publishAsync('heating/pump/done', 'on', { retain: true, qos: 1 });
      await client.publishAsync('heating/burner/done', 'off', { retain: true, qos: 1 });
      const clear = async (user: string): Promise<PtyProgram> => {
        const program = await open(user, args);
        program.write('/done\r');
        await program.waitFor(/done +R/);
        program.write('\u001b[1~');
        program.write('x');
        await program.waitFor('Clear 2 retained messages of heating?');
        program.write('y');
        return program;
      };
      const monitor = await clear('monitor');
      await monitor.waitFor(/0 of 2 retained messages are gone; heating\/burner\/done is still there/);
      monitor.write('q');
      await monitor.exit;
      const master = await clear('master');
      await master.waitFor('2 retained messages are gone');
      master.write('q');
      await master.exit;
      const again = await open('master', args);
      again.write('/done\r');
      await again.waitFor('Search: done');
      expect(again.screen()).not.toMatch(/done +R/);
    });
  });
});
