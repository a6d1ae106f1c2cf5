import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const keep = closeAfterEach();

beforeAll(() => void builtProgram());

describe.runIf(mosquitto !== null)('the topics of a real broker', () => {
  const house = useArticleHouse('log_type subscribe\nlog_type unsubscribe');

  async function open(user: string): Promise<PtyProgram> {
    const program = keep(await startInPty(process.execPath, { args: [builtProgram()], env: house.login(user) }));
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
});
