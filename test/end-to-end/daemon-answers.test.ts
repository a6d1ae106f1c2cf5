import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/house/presets.ts';
import { type CuttingProxy, openCuttingProxy } from '../helpers/brokers/cutting-proxy.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { isStopped, until } from '../helpers/lifecycle/processes.ts';
import { type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('what the daemon has heard', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-answers-'));
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  const env = (more: Environment = {}): Environment => {
    return { HOME: home, XDG_STATE_HOME: home, ...house.login('master'), ...more };
  };
  /** Without a password: only the daemon can answer this. */
  const NO_PASSWORD: Environment = { HOMETUI_PASSWORD: undefined };
  const tell = (args: readonly string[], more = {}) => runHometui(args, { env: env(more) });
  const status = async (args: readonly string[] = [], more: Environment = {}) => {
    const { code, stdout, stderr } = await tell(['status', '-F', 'json', ...args], more);
    return { code, stderr, ...JSON.parse(stdout || '{}') };
  };
  const folder = () => {
    const histories = join(home, 'hometui', 'history');
    return join(histories, readdirSync(histories)[0] ?? '');
  };

  function startDaemon(more: Environment = {}): Running {
    return keep(startHometui(['daemon'], { env: env(more) }));
  }

  /** A daemon that has heard each value of the house often enough to know how often it comes. */
  async function openDaemon(more: Environment = {}): Promise<Running> {
    const daemon = startDaemon(more);
    await daemon.waitFor(/ connected /);
    for (let tries = 0; tries < 40; tries += 1) {
      const { stdout, code } = await tell(['status', '-F', 'json', '-t', '2'], { ...more, ...NO_PASSWORD });
      const { daemon: heardBy, clients } = code === 0 ? JSON.parse(stdout) : { daemon: null };
      const cadences = ['heating', 'dhtclient'].map(id => clients?.[id].cadenceMs);
      if (heardBy !== null && cadences.every(ms => ms < 1_000)) return daemon;
    }
    throw new Error(`the daemon did not hear all values:\n${daemon.stdout()}`);
  }

  it('is told at once, as what it is', async () => {
    house.heating.client.publish('heating/pump/done', 'on');
    const daemon = await openDaemon();
    const { child } = daemon;
    house.heating.client.publish('heating/pump/done', 'on');
    const answer = await status();
    expect(answer).toMatchObject({ code: 0, overall: 'ok', daemon: { pid: child.pid }, broker: { connected: true } });
    expect(answer.sensors.flow).toMatchObject({ value: 54.3, freshness: 'live' });
    expect(answer.clients.heating).toMatchObject({ freshness: 'live' });
    expect(Math.abs(answer.clients.heating.cadenceMs - 500)).toBeLessThan(200);
    const text = await tell(['status']);
    expect(text.stdout).toMatch(
      new RegExp(`^OK .*\\n  as heard by the daemon \\(process ${child.pid}\\), which has listened for \\d+ s\\n`),
    );
    const get = await tell(['get', 'flow'], NO_PASSWORD);
    expect(get).toEqual({ code: 0, stdout: '54.3\n', stderr: '' });
    await until(() => house.broker.readLog().includes('hometui'), 'the log');
    const logins = house.broker.readLog().match(/as hometui-\w+ \(/g)?.length;
    await tell(['status'], NO_PASSWORD);
    expect(house.broker.readLog().match(/as hometui-\w+ \(/g)?.length).toBe(logins);
    expect(await status(['--direct'])).toMatchObject({ daemon: null, issues: [] });
  });

  it('is not believed of a daemon that is stopped, nor of what it slept through', async () => {
    const { child } = await openDaemon();
    child.kill('SIGSTOP');
    const stoppedAt = performance.now();
    await until(() => isStopped(child.pid ?? 0), 'the daemon to be stopped');
    house.heating.speak({ ...wellHeating, 'heating/flow': '60.5' });
    const note = { severity: 'info', message: 'the broker was asked, and not the daemon: it did not answer in time' };
    const direct = await status();
    expect(direct).toMatchObject({ code: 0, daemon: null, issues: [note] });
    expect(direct.sensors.flow.value).toBe(60.5);
    house.heating.fallSilent();
    // A program that was stopped for a shorter time was merely busy.
    await until(() => performance.now() - stoppedAt > 6_000, 'the stop to be one');
    child.kill('SIGCONT');
    // What came meanwhile is of a time that nobody knows, and no more is coming.
    const { sensors, daemon } = await status(['-t', '1']);
    expect([daemon, sensors.flow.freshness]).not.toEqual([expect.anything(), 'live']);
  });

  it('is gone with a daemon that is killed; its socket is taken over by the next one', async () => {
    const { child, ended } = await openDaemon();
    child.kill('SIGKILL');
    await ended;
    expect(readdirSync(folder())).toContain('daemon.sock');
    expect(await status()).toMatchObject({ code: 0, daemon: null, issues: [] });
    const next = await openDaemon();
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
    expect(readdirSync(folder())).not.toContain('daemon.sock');
  });

  it('is not live where a device has fallen silent, and late before', async () => {
    await openDaemon();
    const heard = async (): Promise<string> => {
      const { daemon, sensors } = await status();
      expect(daemon).not.toBe(null);
      expect(sensors.temperature.freshness).toBe('live');
      return sensors.flow.freshness;
    };
    expect(await heard()).toBe('live');
    house.heating.fallSilent();
    const seen = new Set<string>();
    for (let last = ''; last !== 'stale'; seen.add(last)) last = await heard();
    // How much of it was seen depends on how quick this machine is; that it went this way does not.
    expect(['live', 'late', 'stale'].filter(word => seen.has(word))).toEqual([...seen]);
    const { code, stdout } = await tell(['get', 'flow', '-t', '1'], NO_PASSWORD);
    expect([code, stdout]).toEqual([77, '']);
  });

  describe('by a line that', () => {
    let proxy: CuttingProxy;
    beforeEach(async () => {
      proxy = keep(await openCuttingProxy(house.broker.port));
    });

    it('is dead without anybody noticing is not live for longer than its cadence lets it', async () => {
      const by = { HOMETUI_URL: proxy.url };
      await openDaemon(by);
      proxy.stall();
      const heard = async () => status(['-t', '1'], by);
      let answer = await heard();
      while (answer.daemon !== null && answer.sensors.flow.freshness === 'live') answer = await heard();
      expect(['late', 'stale']).toContain(answer.sensors.flow.freshness);
      proxy.heal();
    });

    it('is lost is not used: the broker is asked, and tells nothing either', async () => {
      const by = { HOMETUI_URL: proxy.url };
      const daemon = await openDaemon(by);
      await proxy.close();
      await daemon.waitFor(/closed|lost|refused|reached/);
      const answer = await status(['-t', '1'], by);
      expect(answer).toMatchObject({ code: 69, daemon: null, broker: { connected: false } });
      expect(answer.issues[0].message).toContain('it has no link to the broker itself');
    });
  });

  it('is retained where nothing else was heard', async () => {
    house.cellar.fallSilent();
    await house.cellar.client.publishAsync('cellar/humidity', '80', { retain: true, qos: 1 });
    const daemon = startDaemon();
    try {
      await daemon.waitFor(/ connected /);
      const answers = async () => status(['-t', '0.1', '--only', 'humidity'], NO_PASSWORD);
      let answer = await answers();
      while (answer.daemon == null) answer = await answers();
      expect(answer.sensors.humidity).toMatchObject({ value: 80, freshness: 'retained', at: null });
      expect((await tell(['get', 'humidity'], NO_PASSWORD)).code).toBe(1);
    } finally {
      await house.cellar.client.publishAsync('cellar/humidity', '', { retain: true, qos: 1 });
    }
  });

  it('is of use only to who would hear the same', async () => {
    const { child } = await openDaemon();
    const file = join(home, 'house.json');
    writeFileSync(file, JSON.stringify({ ...presets.article, cadence: 7 }));
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['--house', file], 'it has another house'],
      [['-u', 'monitor', '-P', 'rotinom'], 'it is logged in as another user'],
      [['--acl', house.broker.aclFile], 'it follows another ACL file or none'],
      [['--broker-log', house.broker.logFile], "it follows another broker's log or none"],
      [['--id', 'mine'], 'it has another client identifier'],
      [['-V', '311'], 'it speaks another version of MQTT'],
    ];
    for (const [args, why] of cases) {
      const { daemon, issues } = await status(args);
      const message = `the broker was asked, and not the daemon, process ${child.pid}: ${why}`;
      expect([daemon, issues.map((issue: { message: string }) => issue.message)], why).toEqual([
        null,
        expect.arrayContaining([message]),
      ]);
    }
    const wrong = await tell(['status', '-P', 'wrong']);
    expect([wrong.code, wrong.stderr]).toEqual([77, expect.stringContaining('refused by the broker')]);
  });

  it('is told by nobody where a file is in the place of the socket, and recorded all the same', async () => {
    const first = await openDaemon();
    first.child.kill('SIGTERM');
    await first.ended;
    writeFileSync(join(folder(), 'daemon.sock'), 'mine');
    const daemon = startDaemon();
    await daemon.waitFor(/records into .* and answers nobody\n(.*\n)*.*daemon\.sock is no socket/);
    await daemon.waitFor(/ connected /);
    await until(() => readdirSync(folder()).includes('lock'), 'the recording to begin');
    expect(await status()).toMatchObject({
      code: 0,
      daemon: null,
      issues: [{ message: expect.stringContaining('ours') }],
    });
    expect((await tell(['history', 'info'])).stdout).toContain(`the daemon, process ${daemon.child.pid}`);
  });
});
