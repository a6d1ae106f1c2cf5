import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM, type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('the daemon', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-daemon-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  const env = (more: Readonly<Record<string, string | undefined>> = {}): Record<string, string> => {
    return { HOME: home, XDG_STATE_HOME: home, ...house.login('master'), ...(more as Record<string, string>) };
  };
  const tell = (args: readonly string[], more = {}) => runHometui(args, { env: env(more) });
  const histories = () => join(home, 'hometui', 'history');
  const folder = () => join(histories(), readdirSync(histories())[0] ?? '');
  const recording = async () => /^recording +(.*)$/m.exec((await tell(['history', 'info'])).stdout)?.[1];

  function startDaemon(...args: readonly string[]): Running {
    return keep(startHometui(['daemon', ...args], { env: env() }));
  }

  async function startListening(...args: readonly string[]): Promise<Running> {
    const daemon = startDaemon(...args);
    await daemon.waitFor(/ connected /);
    await until(() => readdirSync(folder()).includes('lock'), 'the recording to begin');
    return daemon;
  }

  async function end(daemon: Running, signal: NodeJS.Signals = 'SIGTERM') {
    daemon.child.kill(signal);
    return daemon.ended;
  }

  it('says what it does, records it, and loses nothing of it at SIGTERM', async () => {
    const daemon = await startListening();
    expect(daemon.stdout()).toMatch(
      /^hometui daemon: process \d+ listens to Home at mqtt:\/\/127\.0\.0\.1:\d+ as master, records into \//,
    );
    expect(await recording()).toMatch(new RegExp(`^the daemon, process ${daemon.child.pid} on `));
    const watch = keep(startHometui(['watch', '--only', 'flow'], { env: env() }));
    house.heating.speak({ ...wellHeating, 'heating/flow': '61.7' });
    house.heating.client.publish('heating/pump/done', 'on');
    await watch.waitFor(/61\.7/);
    watch.child.kill('SIGTERM');
    const { code, stderr, stdout } = await end(daemon);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\nhometui daemon: ended\n$/);
    // What was heard in a second is told when it is over.
    const second = Math.floor(Date.now() / 1_000);
    await until(() => Date.now() / 1_000 > second + 1, 'the second to be over');
    const { stdout: csv } = await tell(['history', '-F', 'csv']);
    expect(csv).toMatch(/,reading,flow,°C,61\.7,/);
    expect(csv).toContain('the daemon, began to record');
    expect(csv).toContain('the recording ended');
    expect(csv).toContain('Pump reported on');
    expect((await tell(['history', 'check'])).code).toBe(0);
    expect(readdirSync(folder()).filter(name => !/\.(log|events|steps|jsonl)$/.test(name))).toEqual([]);
  });

  it('is one for each house: a second one says who records and ends', async () => {
    const daemon = await startListening();
    const { code, stderr } = await tell(['daemon']);
    expect(code).toBe(75);
    expect(stderr).toMatch(
      new RegExp(
        `another daemon, process ${daemon.child.pid} on \\S+, records into .* since \\d{4}-.*Z\n  One is enough`,
      ),
    );
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    const next = await startListening();
    expect(await recording()).toContain(`process ${next.child.pid} `);
  });

  it('lets a console finish, takes over from it, and is left alone by the next one', async () => {
    const console = keep(await startInPty(process.execPath, { args: [PROGRAM], env: env() }));
    await console.waitFor('All 4 values');
    await until(() => existsLock() === console.pid, 'the console to record');
    const daemon = startDaemon();
    await daemon.waitFor(
      new RegExp(`will record into .* as soon as process ${console.pid} on \\S+, which does now, has`),
    );
    console.write('q');
    await console.exit;
    await daemon.waitFor(/records into .* from now on: who did before has ended/);
    expect(existsLock()).toBe(daemon.child.pid);
    const second = keep(await startInPty(process.execPath, { args: [PROGRAM], env: env() }));
    await second.waitFor('All 4 values');
    await second.waitFor('live');
    second.write('q');
    await second.exit;
    expect(existsLock()).toBe(daemon.child.pid);
    expect((await end(daemon, 'SIGINT')).code).toBe(0);
  });

  function existsLock(): number | null {
    try {
      return (JSON.parse(readFileSync(join(folder(), 'lock'), 'utf8')) as { pid: number }).pid;
    } catch {
      return null;
    }
  }

  describe('whose password is changed', () => {
    const file = () => join(home, 'password');
    const startByFile = async (): Promise<Running> => {
      writeFileSync(file(), 'retsam\n');
      const daemon = startHometui(['daemon', '--password-file', file()], { env: env({ HOMETUI_PASSWORD: undefined }) });
      keep({
        close: async () => {
          await daemon.close();
          await house.broker.reload({ passwords: articlePasswords });
        },
      });
      await daemon.waitFor(/ connected /);
      return daemon;
    };
    const toBroker = (password: string) =>
      house.broker.reload({ passwords: { ...articlePasswords, master: password } });
    const connections = (daemon: Running): number => daemon.stdout().match(/ connected /g)?.length ?? 0;

    it('reads its file again when it is refused, until there is another one', async () => {
      const daemon = await startByFile();
      await toBroker('another');
      await daemon.waitFor(/refused.*: it is tried again each 5 min, and as soon as the password is another one\n/);
      writeFileSync(file(), 'another\n');
      await daemon.waitFor(/the password is another one by now: it is tried\n/);
      await until(() => connections(daemon) === 2, 'the second login');
      // Whoever asks it has the new one too.
      const { stdout } = await tell(['daemon', 'status', '--password-file', file()], { HOMETUI_PASSWORD: undefined });
      expect(stdout).toMatch(/^answer +process \d+, has listened/m);
      rmSync(file());
      await toBroker('a third');
      await daemon.waitFor(/the password file .* cannot be read: there is no such file\n/);
      writeFileSync(file(), 'a third\n');
      await until(() => connections(daemon) === 3, 'the third login');
    }, 60_000);

    it('reads its file at SIGHUP, for the next login, and at once where it waits for one', async () => {
      const daemon = await startByFile();
      daemon.child.kill('SIGHUP');
      await daemon.waitFor(/SIGHUP: the password was read again, and is the same; house and ACL file are read when/);
      writeFileSync(file(), 'another\n');
      daemon.child.kill('SIGHUP');
      await daemon.waitFor(/SIGHUP: the password was read again, and is another one, for the next login;/);
      await toBroker('another');
      await until(() => connections(daemon) === 2, 'the second login');
      expect(daemon.stdout()).not.toContain('refused');
      await toBroker('a third');
      await daemon.waitFor(/it is tried again each/);
      await toBroker('another');
      daemon.child.kill('SIGHUP');
      await daemon.waitFor(/SIGHUP: the password was read again: it is tried\n/);
      await until(() => connections(daemon) === 3, 'the third login');
      expect((await end(daemon)).code).toBe(0);
    }, 60_000);
  });

  it('ends with 77 where the first login is refused', async () => {
    const { code, stderr } = await tell(['daemon'], { HOMETUI_PASSWORD: 'wrong' });
    expect([code, stderr]).toEqual([77, expect.stringContaining('login as master refused by the broker')]);
  });

  it('ends with 74 where the history cannot be written', async () => {
    mkdirSync(join(home, 'hometui'));
    writeFileSync(histories(), 'a file');
    const { code, stderr } = await tell(['daemon']);
    expect([code, stderr]).toEqual([74, expect.stringMatching(/^hometui: the history cannot be written to .*\n {2}/)]);
  });

  it('does not hide that nobody listens to a command, with MQTT 3.1.1 neither', async () => {
    const daemon = await startListening('-V', '311');
    await house.cellar.client.unsubscribeAsync('cellar/fan');
    try {
      const { code, stdout } = await tell(['set', 'fan', 'on', '-V', '5']);
      expect([code, stdout]).toEqual([75, expect.stringContaining('nobody')]);
    } finally {
      await house.cellar.client.subscribeAsync('cellar/fan');
    }
    await end(daemon);
  });

  /**
   * The events of the history, as soon as all of these are among them: what the console tells the daemon and what this
   * hears itself come by two ways, and either may be kept a second before the other.
   */
  async function toldAll(patterns: readonly RegExp[]): Promise<string> {
    let told = '';
    const missing = async (): Promise<readonly RegExp[]> => {
      told = (await tell(['history', '-F', 'jsonl'])).stdout;
      return patterns.filter(pattern => !pattern.test(told));
    };
    await expect.poll(missing, { timeout: 15_000, interval: 200 }).toEqual([]);
    return told;
  }

  it('notes what is switched from here, and how that ended', async () => {
    const daemon = await startListening();
    house.heating.client.publish('heating/pump/done', 'off');
    expect((await tell(['set', 'pump', 'on'])).code).toBe(0);
    const denied = await tell(['set', 'fan', 'on'], house.login('monitor'));
    expect(denied.code).toBe(77);
    const console = keep(await startInPty(process.execPath, { args: [PROGRAM], env: env() }));
    await console.waitFor('All 4 values');
    console.write('p');
    await console.waitFor('confirmed');
    const events = await toldAll([
      /"verdict".*Pump on: confirmed/,
      /Pump on: sent to heating\/pump/,
      /"verdict".*Fan on: denied/,
      /"denial".*monitor may not/,
      /Pump off: confirmed/,
      // It was we who switched it.
      /"text":"Pump is off"/,
    ]);
    expect(events.match(/Pump off: confirmed/g)).toHaveLength(1);
    expect(events).not.toContain('somebody else');
    console.write('q');
    await console.exit;
    expect((await end(daemon)).code).toBe(0);
    // Six starts of the program at the least, one after the other.
  }, 40_000);

  it('answers again where its folder was removed, and records into a new one', async () => {
    const daemon = await startListening();
    rmSync(folder(), { recursive: true, maxRetries: 5 });
    const socket = () =>
      existsSync(histories()) && readdirSync(histories()).length > 0 && existsSync(join(folder(), 'daemon.sock'));
    expect(socket()).toBe(false);
    house.heating.client.publish('heating/pump/done', 'on');
    await until(socket, 'the socket to be there again', 19_000, 50);
    const { stdout } = await tell(['status', '-F', 'json']);
    expect(JSON.parse(stdout).daemon.pid).toBe(daemon.child.pid);
    expect((await end(daemon)).code).toBe(0);
    expect(readdirSync(folder())).not.toContain('daemon.sock');
  }, 40_000);
});
