import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
/** A daemon that runs answers at once; a loaded machine may take its time. */
const ANSWERED_MS = 20_000;

describe.runIf(mosquitto !== null)('alarms that a daemon watches over', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-alarms-'));
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  const env = () => ({ HOME: home, XDG_STATE_HOME: home, ...house.login('master') });
  const tell = (args: readonly string[]) => runHometui(args, { env: env() });
  const list = async () => {
    const { code, stdout } = await tell(['alarms', '--format', 'json']);
    const { active = [], ...rest } = JSON.parse(stdout || '{}');
    return { code, ...rest, active: active as { id: string; state: string }[] };
  };
  const withLog = () => ['--broker-log', house.broker.logFile];
  async function start(args: readonly string[], sign: RegExp): Promise<Running> {
    const running = keep(startHometui(args, { env: env() }));
    await running.waitFor(sign);
    return running;
  }
  const startDaemon = () => start(['daemon', ...withLog()], / connected /);
  /** Something that the broker refuses a device, which its log tells. */
  const denySomething = () => house.heating.client.publishAsync('cellar/fan', 'on', { qos: 1 });
  async function untilListed(what: (found: Awaited<ReturnType<typeof list>>) => boolean, name: string) {
    for (const startedAt = performance.now(); performance.now() - startedAt < ANSWERED_MS; ) {
      const found = await list();
      if (what(found)) return found;
    }
    throw new Error(`waited in vain for ${name}`);
  }

  it('are told, acknowledged and put aside, and stay so over kill -9', async () => {
    expect(await tell(['alarms'])).toMatchObject({ code: 3, stderr: expect.stringContaining('nobody watches') });
    expect(await tell(['alarms', 'ack', 'denial'])).toMatchObject({ code: 75, stdout: '' });
    const daemon = await startDaemon();
    const calm = await untilListed(({ watchedBy }) => watchedBy === 'daemon', 'the daemon to watch');
    expect([calm.code, calm.active]).toEqual([0, []]);
    expect(calm.total).toBeGreaterThan(10);

    const watching = await start(['watch', ...withLog()], /listening|connected|Flow/);
    await denySomething();
    const raised = await untilListed(({ active }) => active.length > 0, 'the denial to be told');
    expect(raised.code).toBe(1);
    expect(raised.active).toMatchObject([{ id: 'denial', state: 'active', priority: 'warning' }]);
    const text = await tell(['alarms']);
    expect(text.stdout).toMatch(/^\d+ alarms, watched over by the daemon\n {2}warning {7}The broker denied/);
    // The denial itself is told: its alarm says no more than that.
    await watching.waitFor(/heating may not publish to cellar\/fan/);

    const told = await tell(['status', ...withLog(), '--format', 'prometheus']);
    expect(told.stdout).toMatch(/^hometui_alarm_active\{alarm="denial",.*\} 1$/m);
    expect((await tell(['status', ...withLog(), '--format', 'nagios'])).stdout).toContain(
      'warning active: The broker denied',
    );

    expect(await tell(['alarms', 'ack', 'denial'])).toEqual({
      code: 0,
      stdout: 'The broker denied somebody something: acknowledged by master; it goes on\n',
      stderr: '',
    });
    await watching.waitFor(/warning acknowledged by master/);
    const shelved = await tell(['alarms', 'shelve', 'flow-high', '--for', '600', '--reason', 'works']);
    expect(shelved.stdout).toMatch(/^Flow above 80.0 °C: put aside until \d\d:\d\d:\d\d by master\n$/);

    daemon.child.kill('SIGKILL');
    await daemon.ended;
    const left = await tell(['alarms']);
    expect([left.code, left.stdout]).toEqual([3, expect.stringContaining('nobody watches over them now')]);
    await startDaemon();
    const again = await untilListed(({ watchedBy }) => watchedBy === 'daemon', 'the next daemon to watch');
    expect(again.active).toMatchObject([
      { id: 'denial', acknowledgedBy: 'master' },
      { id: 'flow-high', shelved: { by: 'master', reason: 'works' } },
    ]);
    expect((await tell(['alarms', 'unshelve', '--all'])).stdout).toBe('Flow above 80.0 °C: not put aside\n');
    expect((await list()).active).toMatchObject([{ id: 'denial', acknowledgedBy: 'master' }]);
  }, 60_000);

  it.each([
    [['ack'], 'takes ids of alarms, or --all'],
    [['ack', 'denial', '--all'], 'takes ids of alarms, or --all'],
    [['shelve'], 'takes ids of alarms'],
    [['ack', 'flow-hihg'], 'the house has no alarm "flow-hihg"'],
    [['shelve', 'denial', '--for', '90000'], 'for a day at most'],
    [['list', 'denial'], 'takes no more words'],
    [['list', '--all'], '--all'],
    [['away'], 'away'],
  ])('%j is refused', async (args, words) => {
    const run = await tell(['alarms', ...args]);
    expect([run.code, run.stderr]).toEqual([64, expect.stringContaining(words)]);
  });
});
