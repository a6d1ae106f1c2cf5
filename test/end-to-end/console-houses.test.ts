import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');

/** Of the alternate screen: entered, and left. */
const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';

describe.runIf(mosquitto !== null)('where several houses are saved', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-houses-'));
    const other = { ...JSON.parse(OTHER_HOUSE), name: 'Allotment' };
    writeFileSync(join(home, 'other.json'), JSON.stringify(other));
    save({});
    house.heating.speak(wellHeating);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  function save(more: object): void {
    const folder = join(home, '.config', 'hometui');
    mkdirSync(folder, { recursive: true });
    const { url } = house.broker;
    const profiles = {
      home: { url, user: 'master', password: articlePasswords.master },
      allotment: { url, user: 'monitor', password: articlePasswords.monitor, house: join(home, 'other.json') },
      asked: { url, user: 'monitor' },
      broken: { url, house: join(home, 'gone.json') },
    };
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ profiles, ...more }), { mode: 0o600 });
  }

  const env = (): Record<string, string> => ({ HOME: home, XDG_STATE_HOME: home });
  const start = async (...args: readonly string[]): Promise<PtyProgram> =>
    keep(await startInPty(process.execPath, { args: [PROGRAM, ...args], env: env() }));
  const count = (program: PtyProgram, sign: string): number => program.output().toString().split(sign).length - 1;
  const logged = (pattern: RegExp): number => readFileSync(house.broker.logFile, 'utf8').match(pattern)?.length ?? 0;

  it('asks which one, changes to another on the same screen, and has a history of each', async () => {
    const program = await start();
    const list = await program.waitFor(/1 home +master@127.*2 allotment/s);
    expect(list).not.toContain('Flow');
    await program.waitFor(/home.*nothing recorded yet/);
    const before = logged(/disconnected/g);
    program.write('1');
    await program.waitFor('54.3 °C');
    // Recording begins when the console stands.
    await until(() => histories().length === 1, 'the history of the first house', 10_000);
    house.heating.speak({ ...wellHeating, 'heating/flow': '60.5' });
    await program.waitFor('60.5 °C');
    program.write('P');
    await program.waitFor('which house?');
    await until(() => logged(/disconnected/g) > before, 'the old link to be closed', 5_000);
    program.write('2');
    const other = await program.waitFor(/Bed.*14\.2 °C/);
    expect(other).not.toContain('Flow');
    await until(() => histories().length === 2, 'the history of the second house', 10_000);
    expect(histories().map(name => name.split('@')[0])).toEqual(['Allotment', 'Home']);
    expect([count(program, ENTER), count(program, LEAVE)]).toEqual([1, 0]);
    program.write('q');
    expect(await program.exit).toMatchObject({ code: 0 });
    expect(count(program, LEAVE)).toBe(1);
    // What the first house heard stands in its own history.
    const told = await runHometui(['history', '--profile', 'home', '--last', '1h', '--format', 'csv'], { env: env() });
    expect(told.stdout).toContain(',60.5');
    expect(told.stdout).not.toContain('bed');
  });

  const histories = (): readonly string[] => {
    try {
      return readdirSync(join(home, 'hometui', 'history')).sort();
    } catch {
      return [];
    }
  };

  it('comes back to the list from a login, and says there why a house cannot be opened', async () => {
    const program = await start();
    await program.waitFor('3 asked');
    program.write('3');
    expect(await program.waitFor('Log in')).toContain('Esc houses');
    program.write('\u001b');
    await program.waitFor('which house?');
    program.write('4');
    const told = await program.waitFor('broken cannot be opened');
    expect(told).toContain('gone.json');
    program.write('j');
    await program.waitFor('Enter open');
    program.write('q');
    expect(await program.exit).toMatchObject({ code: 0 });
    expect(program.screen().trim()).toBe('');
  });

  it('takes keys that were typed before the list was there, and a signal while it is', async () => {
    const program = await start();
    program.write('1');
    await program.waitFor('54.3 °C');
    program.write('P');
    await program.waitFor('which house?');
    program.kill('SIGTERM');
    const { code, modesBefore, modesAfter } = await program.exit;
    expect([code, modesAfter]).toEqual([143, modesBefore]);
  });

  it('asks for nothing where one is named, and comes to the list by P', async () => {
    const program = await start('--profile', 'home');
    await program.waitFor('54.3 °C');
    program.write('P');
    await program.waitFor(/which house\?/);
    program.write('2');
    await program.waitFor(/Bed.*14\.2 °C/);
    program.write('q');
    await program.exit;
  });

  it('names the daemon that answers', async () => {
    const daemon = keep(startHometui(['daemon', '--profile', 'home'], { env: env() }));
    await daemon.waitFor(/ connected /);
    const program = await start();
    await program.waitFor(/1 home .*its daemon answers/);
    program.write('q');
    await program.exit;
  });

  it('stays as it is without a terminal', async () => {
    const { code, stdout, stderr } = await runHometui([], { env: env() });
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain('the console needs a terminal');
  });

  it('has no list for one house, and no key for it: with Caps Lock it is that of the pump', async () => {
    save({ profiles: { home: { url: house.broker.url, user: 'master', password: articlePasswords.master } } });
    const program = await start('--profile', 'home');
    await program.waitFor('54.3 °C');
    program.write('P');
    await program.waitFor(/Pump (on|off)/);
    program.write('q');
    await program.exit;
  });
});

const OTHER_HOUSE = JSON.stringify({
  name: '',
  sensors: { bed: { label: 'Bed', topic: 'cellar/temperature', unit: '°C' } },
  panels: [{ label: 'Garden', items: ['bed'] }],
});
