import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { isStopped, until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyOptions, type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const keep = closeAfterEach();

async function hometui(args: readonly string[], options: PtyOptions = {}): Promise<PtyProgram> {
  return keep(await startInPty(process.execPath, { ...options, args: [PROGRAM, ...args] }));
}

/** Ends the program as told and holds that the terminal is as it was before. */
async function expectEnd(program: PtyProgram, code: number): Promise<void> {
  const exit = await program.exit;
  expect(exit).toMatchObject({ code, modesAfter: exit.modesBefore });
}

describe('hometui demo', () => {
  it('shows a living house, switches by key, and leaves the terminal as it was', async () => {
    const program = await hometui(['demo', '--seed', '7']);
    await program.waitFor(/Flow +\d/);
    await program.waitFor('All 4 values and 2 clients are live');
    const before = /Fan +\S (on|off)/.exec(program.screen())?.[1];
    program.write('f');
    await program.waitFor(new RegExp(`Fan ${before === 'on' ? 'off' : 'on'}: confirmed in \\d+ ms`));
    program.write('q');
    await expectEnd(program, 0);
    expect(program.screen().trim()).toBe('');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('gives the terminal back at %s and exits %i', async (signal, code) => {
    const program = await hometui(['demo']);
    await program.waitFor('connected');
    program.kill(signal);
    await expectEnd(program, code);
  });

  it('says which users it has, and that it needs a terminal', async () => {
    const other = await hometui(['demo', '--user', 'mastre']);
    await other.waitFor('Did you mean master?');
    await expectEnd(other, 64);
    const dumb = await hometui(['demo'], { env: { TERM: 'dumb' } });
    await dumb.waitFor('the console needs a terminal');
    await expectEnd(dumb, 64);
  });
});

describe.runIf(mosquitto !== null)('on a mosquitto', () => {
  const house = useArticleHouse();

  const login = (...args: string[]): string[] => [...args, '-L', house.broker.url, '-u', 'monitor'];

  it('status asks for the password without showing it', async () => {
    const program = await hometui(login('status'));
    await program.waitFor('Password of monitor at mqtt:');
    program.write('wrong\u0015');
    program.write(`${articlePasswords.monitor}x\u007f\u001b[A\r`);
    await program.waitFor(/^OK/m);
    await expectEnd(program, 0);
    expect(program.output().toString()).not.toContain(articlePasswords.monitor);
    expect(program.output().toString()).not.toContain('wrong');
  });

  it('is broken off by Ctrl-C at the question', async () => {
    const program = await hometui(login('status'));
    await program.waitFor('Password of monitor');
    program.write('\u0003');
    await expectEnd(program, 130);
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
    ['SIGTERM', 143],
  ] as const)('gives the terminal back where %s ends it at a question, with %i', async (signal, code) => {
    for (const args of [login('status'), ['simulate', 'heating', '-L', house.broker.url]]) {
      const program = await hometui(args);
      await program.waitFor('Password of');
      program.kill(signal);
      await expectEnd(program, code);
    }
  });

  it('simulate asks for the password of one device after the other', async () => {
    const program = await hometui(['simulate', 'heating', 'dhtclient', '-L', house.broker.url]);
    await program.waitFor('Password of heating');
    expect(program.screen()).not.toContain('dhtclient');
    program.write(`${articlePasswords.heating}\r`);
    await program.waitFor('Password of dhtclient');
    program.write(`${articlePasswords.dhtclient}\r`);
    await program.waitFor('heating: connected as');
    await program.waitFor('dhtclient: connected as');
    program.kill('SIGINT');
    await expectEnd(program, 130);
  });

  it('set asks before it switches what asks first', async () => {
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor ?? '' };
    const no = await hometui(login('set', 'burner', 'on'), { env });
    await no.waitFor('Burner on at');
    no.write('\r');
    await no.waitFor('nothing was switched');
    await expectEnd(no, 75);
    const brokenOff = await hometui(login('set', 'burner', 'on'), { env });
    await brokenOff.waitFor('[y/N]');
    brokenOff.write('\u0003');
    await brokenOff.waitFor('nothing was switched');
    await expectEnd(brokenOff, 130);
    const yes = await hometui(login('set', 'burner', 'on'), { env });
    await yes.waitFor('[y/N]');
    yes.write('y\r');
    await yes.waitFor('Burner on: confirmed');
    await expectEnd(yes, 0);
  });

  it('the console asks for the password, then shows the house and remembers the broker, but not the password', async () => {
    const program = await hometui(login());
    await program.waitFor(/[Pp]assword/);
    program.write(`${articlePasswords.monitor}\r`);
    await program.waitFor('54.3 °C');
    await program.waitFor('MQTT 5');
    const settings = join(program.home, '.config', 'hometui', 'config.json');
    await expect.poll(() => readText(settings), { timeout: 10_000 }).toContain('"monitor"');
    expect(JSON.parse(readText(settings))).toEqual({ last: { url: house.broker.url, user: 'monitor' } });
    program.write('q');
    await expectEnd(program, 0);
    expect(program.output().toString()).not.toContain(articlePasswords.monitor);
  });

  it('the console says that its settings are broken, and runs', async () => {
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor ?? '', XDG_CONFIG_HOME: house.broker.folder };
    const file = join(house.broker.folder, 'hometui');
    writeFileSync(file, 'a file where the folder should be');
    const program = await hometui([...login(), '--theme', 'nosuch'], { env, rows: 40, columns: 120 });
    await program.waitFor('54.3 °C');
    await program.waitFor('there is no theme "nosuch"');
    program.write('q');
    await expectEnd(program, 0);
  });

  it('leaves a line of what it sent when the line is dropped before the verdict', async () => {
    const env = { HOMETUI_PASSWORD: articlePasswords.master ?? '' };
    const { cellar } = house;
    cellar.answer(false);
    const program = await hometui(['-L', house.broker.url, '-u', 'master'], { env });
    await program.waitFor('54.3 °C');
    const sent = cellar.commands.length;
    program.write('f');
    await expect.poll(() => cellar.commands.length, { timeout: 5_000 }).toBe(sent + 1);
    program.kill('SIGHUP');
    await expectEnd(program, 129);
    cellar.answer(true);
    const log = readText(join(program.home, '.local', 'state', 'hometui', 'hometui.log'));
    expect(log).toMatch(
      /^\S+Z Fan on was sent to mqtt:\S+ as master, .*; hometui ended .* its verdict still open: look at the device\n$/,
    );
  });

  it('goes to sleep and comes back with its picture', async () => {
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor ?? '' };
    const program = await hometui(login(), { env });
    await program.waitFor('54.3 °C');
    const raw = program.modes();
    program.kill('SIGTSTP');
    // It gives the terminal back before it stops: woken between the two, it would sleep on.
    await until(() => isStopped(program.pid), 'the console to stop');
    await program.waitFor(screen => !screen.includes('54.3'));
    expect(program.modes()).not.toBe(raw);
    program.kill('SIGCONT');
    await program.waitFor('54.3 °C');
    expect(program.modes()).toBe(raw);
    program.write('q');
    await expectEnd(program, 0);
  });
});

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
