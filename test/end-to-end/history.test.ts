import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const WELL = 'All 4 values';

describe.runIf(mosquitto !== null)('what the console hears', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();
  let home = '';
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-recorded-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const env = (): Record<string, string> => ({ HOME: home, XDG_STATE_HOME: home, ...house.login('master') });
  const history = () => join(home, 'hometui', 'history');
  const tell = (...args: readonly string[]) => runHometui(['history', ...args], { env: env() });

  async function openConsole(): Promise<PtyProgram> {
    const program = keep(await startInPty(process.execPath, { args: [PROGRAM], env: env() }));
    await program.waitFor(WELL);
    return program;
  }

  it('nothing was recorded before', async () => {
    const { code, stderr } = await tell();
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^hometui: nothing was recorded into .* yet\n/)]);
  });

  it('is recorded while it is open, read beside it, and told by history', async () => {
    const console = await openConsole();
    await until(() => existsSync(history()) && readdirSync(history()).length === 1, 'the recording to begin');
    house.heating.speak({ ...wellHeating, 'heating/flow': '61.5' });
    await console.waitFor('61.5 °C');
    const [folder = ''] = readdirSync(history());
    expect(folder).toMatch(/^Home@127\.0\.0\.1-\d+$/);
    console.write('p');
    await console.waitFor('confirmed');
    await until(() => readdirSync(join(history(), folder)).some(name => name.endsWith('.events')), 'the events');
    await waitForVerdict();
    const info = await tell('info');
    expect(info.stdout).toMatch(new RegExp(`recording +process ${console.pid} on`));
    console.write('q');
    expect((await console.exit).code).toBe(0);
    expect(readdirSync(join(history(), folder)).filter(name => name === 'lock')).toEqual([]);

    const text = await tell();
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^Home, .* every 30 min\n\nFlow +\S/);
    expect(text.stdout).toContain('Nobody listened');
    expect(text.stdout).toMatch(/What happened\n[\s\S]*Pump on: /);
    const csv = await tell('-F', 'csv');
    expect(csv.stdout).toMatch(/\r\n[\d:T.Z-]+,,reading,flow,°C,61\.5,,,,,\r\n/);
    expect(csv.stdout).toMatch(/,not-listening,/);
    const check = await tell('check');
    expect([check.code, check.stdout]).toEqual([0, expect.stringContaining('are whole')]);
  });

  /** It is written within a second. */
  async function waitForVerdict(): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      if ((await tell('--only', 'pump', '-F', 'jsonl')).stdout.includes('"verdict"')) return;
    }
    throw new Error('the verdict was not written');
  }

  it('is what the next console begins with, and what its charts page through', async () => {
    const console = await openConsole();
    await console.waitFor('was on, ');
    console.write('\r+++');
    await console.waitFor('[24 h]');
    await console.waitFor('nobody listened');
    console.write('\u001b[D');
    await console.waitFor('Nothing is kept from before');
    console.write('@now');
    await console.waitFor('Go to now_');
    console.write('\r');
    // How much of the half hour was at 54.3 °C, if any, depends on how quick this machine is.
    await console.waitFor(/\d\d:\d\d to \d\d:\d\d \d\d\.\d °C/);
    console.write('q');
    expect((await console.exit).code).toBe(0);
  });

  it('is not recorded where the settings say so', async () => {
    mkdirSync(join(home, '.config', 'hometui'), { recursive: true });
    const settings = join(home, '.config', 'hometui', 'config.json');
    writeFileSync(settings, '{"history": false}', { mode: 0o600 });
    rmSync(history(), { recursive: true });
    const console = await openConsole();
    // It would have begun a second before that.
    await until(() => readFileSync(settings, 'utf8').includes('"last"'), 'the broker to be remembered');
    console.write('q');
    await console.exit;
    expect(existsSync(history())).toBe(false);
    rmSync(join(home, '.config'), { recursive: true });
  });

  it.each([
    [['--last', 'soon'], '--last does not understand "soon"'],
    [['--from', '2026-02-30'], '--from does not understand "2026-02-30"'],
    [['--from', 'now', '--to', 'yesterday'], 'the time that is asked for ends before it begins'],
    [['--last', '1h', '--from', 'today'], '--last and --from say the same in two ways'],
    [['--every', '1s', '--last', '1y'], '--every 1s makes more than 100000 lines'],
    [['-F', 'json'], '--format does not know "json"'],
    [['info', '--last', '1h'], 'hometui history info does not take --last'],
    [['rewrite'], 'hometui history does not know "rewrite"'],
  ] as const)('%j is refused: %s', async (args, words) => {
    const before = await openConsoleOnce();
    expect(before).toBe(true);
    const { code, stderr } = await tell(...args);
    expect([code, stderr]).toEqual([64, expect.stringContaining(words)]);
  });

  let hasOpened = false;
  /** So that there is a history. */
  async function openConsoleOnce(): Promise<boolean> {
    if (hasOpened) return true;
    const console = await openConsole();
    await until(() => existsSync(history()), 'the recording to begin');
    console.write('q');
    await console.exit;
    hasOpened = true;
    return true;
  }
});
