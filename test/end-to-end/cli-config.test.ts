import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { articlePasswords, startArticleBroker } from '../helpers/house/article-house.ts';
import { type Ended, PROGRAM, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

let home: string;
let config: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-config-'));
  config = join(home, '.config', 'hometui', 'config.json');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const hometui = (args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Ended> =>
  runHometui(args, { env: { HOME: home, ...env } });
const save = (text: string): void => {
  mkdirSync(join(home, '.config', 'hometui'), { recursive: true });
  writeFileSync(config, text, { mode: 0o600 });
};

describe('hometui config', () => {
  it('says where the settings are', async () => {
    expect(await hometui(['config', 'path'])).toEqual({ code: 0, stdout: `${config}\n`, stderr: '' });
    const nowhere = await hometui(['config', 'path'], { HOME: undefined });
    expect(nowhere).toMatchObject({ code: 78, stderr: expect.stringContaining('neither HOME nor XDG_CONFIG_HOME') });
  });

  it('shows each value with its origin and no secret', async () => {
    save('{"url": "mqtt://me:geheim@pi", "user": "me", "password": "geheim", "profiles": {"cellar": {}}}');
    const shown = await hometui(['config', 'show', '--house', 'article-de'], { HOMETUI_THEME: 'light' });
    expect(shown.code).toBe(0);
    expect(shown.stdout).not.toContain('geheim');
    expect(shown.stdout).toMatch(/^ {2}url +mqtt:\/\/me:\(hidden\)@pi +settings$/m);
    expect(shown.stdout).toMatch(/^ {2}house +article-de +flag$/m);
    expect(shown.stdout).toMatch(/^ {2}theme +light +environment$/m);
    expect(shown.stdout).toMatch(/^ {2}protocolVersion +auto +default$/m);
    expect(shown.stdout).toContain('Profiles: cellar');
    const json = await hometui(['config', 'show', '--format', 'json']);
    expect(JSON.parse(json.stdout).settings.user).toEqual({ value: 'me', origin: 'settings' });
  });

  it('says what is broken, and exits 78', async () => {
    save('{"keepalive": "often"}');
    const shown = await hometui(['config', 'show']);
    expect(shown).toMatchObject({ code: 78, stderr: expect.stringContaining('keepalive must be a whole number') });
  });

  it('exports without passwords and imports what it exported, the plan first', async () => {
    save('{"theme": "dark", "user": "me", "password": "geheim"}');
    const file = join(home, 'out.json');
    expect(await hometui(['config', 'export', '--output', file])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ theme: 'dark', user: 'me' });
    writeFileSync(file, '{"theme": "light", "profiles": {"pi": {"url": "mqtt://pi"}}}');
    const before = readFileSync(config, 'utf8');
    const plan = await hometui(['config', 'import', file, '--dry-run']);
    expect(plan).toMatchObject({ code: 0, stdout: '+ profiles.pi.url: mqtt://pi\n~ theme: dark becomes light\n' });
    expect(readFileSync(config, 'utf8')).toBe(before);
    expect(await hometui(['config', 'import', file])).toMatchObject({ code: 0, stdout: plan.stdout });
    expect(JSON.parse(readFileSync(config, 'utf8'))).toMatchObject({ theme: 'light', password: 'geheim' });
    expect(statSync(config).mode & 0o777).toBe(0o600);
  });

  it('imports nothing that is broken, from nowhere, or to where it may not write', async () => {
    const file = join(home, 'in.json');
    expect(await hometui(['config', 'import', file])).toMatchObject({ code: 66 });
    expect(await hometui(['config', 'import'])).toMatchObject({ code: 64, stderr: expect.stringContaining('FILE') });
    writeFileSync(file, '{"them": "light"}');
    const broken = await hometui(['config', 'import', file]);
    expect(broken).toMatchObject({ code: 78, stderr: expect.stringContaining('them is no setting') });
    writeFileSync(file, '{"theme": "light"}');
    writeFileSync(join(home, '.config'), 'a file where the folder should be');
    const unwritable = await hometui(['config', 'import', file]);
    expect(unwritable).toMatchObject({ code: 78, stderr: expect.stringContaining('cannot be saved') });
  });

  it('shows a foreign file without the control characters in it', async () => {
    const file = join(home, 'in.json');
    writeFileSync(file, '{"url": "mqtt://a\\u001b[2Jb", "profiles": {"x\\u009b1m": {"user": "u"}}}');
    const plan = await hometui(['config', 'import', file, '--dry-run']);
    expect(plan).toMatchObject({ code: 0, stdout: '+ profiles.x\ufffd1m.user: u\n+ url: mqtt://a\ufffd[2Jb\n' });
  });

  it('says whose the folder must be where it may not be written', async () => {
    const folder = join(home, '.config', 'hometui');
    mkdirSync(folder, { recursive: true });
    const program = join(home, 'hometui.cjs');
    copyFileSync(PROGRAM, program);
    copyFileSync(join(dirname(PROGRAM), 'hometui.parts'), join(home, 'hometui.parts'));
    for (const path of [home, program]) chmodSync(path, 0o755);
    chmodSync(folder, 0o555);
    // Root may write everywhere.
    const asNobody = process.getuid?.() === 0 ? 'setpriv --reuid=65534 --regid=65534 --clear-groups ' : '';
    const shell = `exec ${asNobody}"$1" ${program} config save pi -h pi`;
    const ended = await runHometui([], { env: { HOME: home }, shell });
    expect(ended).toMatchObject({ code: 78, stderr: expect.stringContaining(`Check who owns ${folder}`) });
    chmodSync(folder, 0o755);
  });

  it('saves a broker by name without an editor, and removes it', async () => {
    const connection = ['-h', 'pi', '-p', '1884', '-u', 'monitor', '--house', 'article-de', '--acl', 'acl'];
    const plan = await hometui(['config', 'save', 'cellar-pi', ...connection, '--dry-run']);
    expect([plan.code, plan.stderr, existsSync(config)]).toEqual([0, '', false]);
    expect(await hometui(['config', 'save', 'cellar-pi', ...connection])).toMatchObject({ stdout: plan.stdout });
    const saved = () => JSON.parse(readFileSync(config, 'utf8')).profiles;
    const profile = { url: 'mqtt://pi:1884', user: 'monitor', house: 'article-de', acl: resolve('acl') };
    expect(saved()).toEqual({ 'cellar-pi': profile });
    const shown = await hometui(['config', 'show', '--profile', 'cellar-pi']);
    expect(shown.stdout).toMatch(/^ {2}url +mqtt:\/\/pi:1884 +profile$/m);
    expect(await hometui(['config', 'remove', 'celar-pi'])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('mean cellar-pi?'),
    });
    expect(await hometui(['config', 'remove', 'cellar-pi'])).toMatchObject({ code: 0, stderr: '' });
    expect(saved()).toBeUndefined();
  });

  it('loses none of 20 that are saved at once, into a folder that each of them may be the first to make', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `pi-${index}`);
    const ended = await Promise.all(names.map(name => hometui(['config', 'save', name, '-h', name])));
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']));
    expect(Object.keys(JSON.parse(readFileSync(config, 'utf8')).profiles).sort()).toEqual(names.sort());
    for (const [index, { stdout }] of ended.entries())
      expect(stdout).toBe(`+ profiles.pi-${index}.url: mqtt://pi-${index}:1883\n`);
    expect(readdirSync(dirname(config))).toEqual(['config.json']);
  });

  it('saves a password only when it is told to, closed to others, and prints it nowhere', async () => {
    const env = { HOMETUI_PASSWORD: 'geheim' };
    const args = ['config', 'save', 'pi', '-L', 'ws://pi:81/mqtt?token=heimlich', '-u', 'me'];
    const said: Ended[] = [await hometui(args, env)];
    expect(readFileSync(config, 'utf8')).not.toMatch(/geheim|heimlich/);
    said.push(await hometui([...args, '--save-password'], env));
    expect(JSON.parse(readFileSync(config, 'utf8')).profiles.pi).toEqual({
      url: 'ws://pi:81/mqtt?token=heimlich',
      user: 'me',
      password: 'geheim',
    });
    expect(statSync(config).mode & 0o777).toBe(0o600);
    said.push(await hometui(['config', 'show', '--profile', 'pi']), await hometui(['config', 'export']));
    expect(said.map(({ code, stdout, stderr }) => [code, /geheim|heimlich/.test(stdout + stderr)])).toEqual(
      said.map(() => [0, false]),
    );
    const nobody = await hometui(['config', 'save', 'x', '-u', 'me', '--save-password']);
    expect(nobody).toMatchObject({ code: 77, stderr: expect.stringContaining('no terminal to ask on') });
  });

  it('gives settings to another machine whole but for the secrets', async () => {
    save('{"theme": "light", "user": "me", "password": "x", "profiles": {"pi": {"url": "mqtt://pi", "keepalive": 9}}}');
    const exported = await hometui(['config', 'export']);
    const file = join(home, 'carried.json');
    writeFileSync(file, exported.stdout);
    const other = join(home, 'other');
    expect(await hometui(['config', 'import', file], { HOME: other })).toMatchObject({ code: 0, stderr: '' });
    expect((await hometui(['config', 'export'], { HOME: other })).stdout).toBe(exported.stdout);
    expect(await hometui(['config', 'import', file], { HOME: other })).toMatchObject({ stdout: 'Nothing changes.\n' });
  });

  it.each([
    [['save'], 64, 'NAME is missing'],
    [['save', 'pi'], 64, 'nothing to save'],
    [['save', '__proto__', '-u', 'x'], 64, 'is no name'],
    [['save', 'a b', '-u', 'x'], 64, 'is no name'],
    [['save', 'pi', '--cafile', 'nowhere.pem'], 66, 'nowhere.pem cannot be read'],
    [['remove', 'pi'], 64, 'no profile "pi"'],
  ])('config %j exits %i', async (words, code, stderr) => {
    const ended = await hometui(['config', ...words]);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(stderr) });
    expect(existsSync(config)).toBe(false);
  });

  it('is in force for simulate too, but no saved password goes to another user', async () => {
    save('{"url": "mqtt://127.0.0.1:1", "user": "master", "password": "geheim"}');
    const simulated = await hometui(['simulate', 'heating']);
    expect(simulated).toMatchObject({ code: 77, stderr: expect.stringContaining('no password for heating') });
    save('{"url": 1883}');
    const broken = await hometui(['simulate', 'heating', '-P', 'x']);
    expect(broken).toMatchObject({ code: 78, stderr: expect.stringContaining('url must be a text') });
  });

  it('names the nearest word', async () => {
    expect(await hometui(['config', 'shwo'])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('mean show?'),
    });
  });
});

describe.runIf(requireProgram('mosquitto') !== null)('on a mosquitto', () => {
  it('two simulated devices, each with its own password, make a house that is well by a profile', async () => {
    const broker = await startArticleBroker();
    try {
      const start = (name: string) =>
        startHometui(['simulate', name, '-L', broker.url, '--seed', '3'], {
          env: { HOMETUI_PASSWORD: articlePasswords[name] },
        });
      const devices = [start('heating'), start('dhtclient')];
      for (const device of devices) await device.waitFor(/connected as/);
      save(
        `{"profiles": {"pi": {"url": "${broker.url}", "user": "master", "password": "${articlePasswords.master}"}}}`,
      );
      const status = await hometui(['status', '--profile', 'pi', '--format', 'json']);
      expect(status.code, status.stdout).toBe(0);
      expect(JSON.parse(status.stdout).broker.user).toBe('master');
      const set = await hometui(['set', 'fan', 'on', '--profile', 'pi']);
      expect(set).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Fan on: confirmed in \d+ ms\n$/) });
      for (const device of devices) device.child.kill('SIGTERM');
      for (const device of devices) expect(await device.ended).toMatchObject({ code: 143, stderr: '' });
    } finally {
      await broker.close();
    }
  });

  it('one process runs both devices with a file of passwords, and ends when a login is refused', async () => {
    const broker = await startArticleBroker();
    try {
      const file = join(home, 'passwords');
      const lines = Object.entries(articlePasswords).map(([user, password]) => `${user}:${password}\n`);
      writeFileSync(file, lines.join(''));
      const both = ['simulate', 'heating', 'dhtclient', '-L', broker.url, '--password-file', file];
      const devices = startHometui(both);
      await devices.waitFor(/heating: connected as/);
      await devices.waitFor(/dhtclient: connected as/);
      devices.child.kill('SIGINT');
      expect(await devices.ended).toMatchObject({ code: 130, stderr: '' });
      writeFileSync(file, 'heating:wrong\ndhtclient:wrong\n');
      expect(await runHometui(both)).toMatchObject({ code: 77, stderr: expect.stringContaining('refused') });
      expect(await runHometui([...both, '-u', 'heating'])).toMatchObject({ code: 64 });
    } finally {
      await broker.close();
    }
  });
});
