import { execFileSync } from 'node:child_process';
import {
  chmodSync,
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
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatIssue } from '../../../src/core/issue.ts';
import { openPreferences } from '../../../src/io/preferences/preferences.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-preferences-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const open = () => openPreferences({ HOME: home }, 'linux');
const put = (text: string, mode = 0o600): string => {
  const path = join(home, '.config', 'hometui', 'config.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

describe('openPreferences', () => {
  it.each([
    [{ HOME: '/h' }, 'linux', '/h/.config/hometui/config.json'],
    [{ HOME: '/h', XDG_CONFIG_HOME: '/x' }, 'linux', '/x/hometui/config.json'],
    [{ HOME: '/h', XDG_CONFIG_HOME: 'x' }, 'linux', '/h/.config/hometui/config.json'],
    [{ HOME: '/h' }, 'darwin', '/h/Library/Preferences/hometui/config.json'],
    [{ HOME: 'h' }, 'linux', null],
    [{}, 'linux', null],
  ] as const)('finds the file for %j on %s', (env, platform, path) => {
    expect(openPreferences(env, platform).path).toBe(path);
  });

  it('takes a file that is not there for an empty one', async () => {
    expect(await open().read()).toEqual({ preferences: {}, issues: [] });
  });

  it('writes a file of mode 0600 that it reads again, and leaves no other behind', async () => {
    const preferences = {
      theme: 'light',
      last: { url: 'mqtt://pi:1883', user: 'master' },
      profiles: { 'cellar-pi': { url: 'mqtts://cellar-pi:8883', user: 'monitor', password: 'secret' } },
    };
    const file = open();
    expect(await file.change(() => preferences)).toEqual({ ok: true, value: { before: {}, after: preferences } });
    expect(await file.read()).toEqual({ preferences, issues: [] });
    expect(statSync(file.path ?? '').mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file.path ?? ''))).toEqual(['config.json']);
    await file.change(() => ({ theme: 'dark' }));
    expect((await file.read()).preferences).toEqual({ theme: 'dark' });
  });

  it('leaves out what is wrong and names it', async () => {
    put('{"theme": 3, "user": "master", "keepalive": 1, "colour": "red", "profiles": {"pi": {"url": ""}}}');
    const { preferences, issues } = await open().read();
    expect(preferences).toEqual({ user: 'master', profiles: { pi: {} } });
    expect(issues.map(issue => issue.message)).toEqual([
      'keepalive must be a whole number from 5 to 65535',
      'theme must be a text',
      'profiles.pi.url must be a text',
      'colour is no setting',
    ]);
  });

  it('says in which line it is no JSON, without a word of what is in it', async () => {
    const path = put('{\n  "password": "geheim"\n  "user": "master"\n}');
    const { preferences, issues } = await open().read();
    expect(preferences).toEqual({});
    expect(issues.map(formatIssue).join('\n')).toContain(`${path}:3: error: the settings are not JSON`);
    expect(JSON.stringify(issues)).not.toContain('geheim');
  });

  it('never writes over a file that is broken', async () => {
    const path = put('{"user": "master",');
    expect(await open().change(() => ({ theme: 'dark' }))).toMatchObject({ ok: false });
    expect(readFileSync(path, 'utf8')).toBe('{"user": "master",');
  });

  it('says that others can read a password', async () => {
    put('{"password": "x"}', 0o644);
    expect((await open().read()).issues).toMatchObject([
      { severity: 'warning', cure: expect.stringContaining('chmod 600') },
    ]);
    put('{"theme": "dark"}', 0o644);
    expect((await open().read()).issues).toEqual([]);
  });

  it('says why it cannot save', async () => {
    writeFileSync(join(home, '.config'), 'a file where the folder should be');
    const written = await open().change(() => ({ theme: 'dark' }));
    expect(written).toMatchObject({ ok: false, error: { message: expect.stringContaining('cannot be saved') } });
    expect(await openPreferences({}, 'linux').change(() => ({}))).toMatchObject({
      error: { message: expect.stringContaining('neither HOME nor XDG_CONFIG_HOME') },
    });
    expect(existsSync(join(home, '.config', 'hometui'))).toBe(false);
  });

  it('writes nothing where the change cannot be made, and holds up nobody after it', async () => {
    const path = put('{"theme": "dark"}');
    const refuse = () => {
      throw new Error('no such profile');
    };
    await expect(open().change(refuse)).rejects.toThrow('no such profile');
    expect(readFileSync(path, 'utf8')).toBe('{"theme": "dark"}');
    expect(readdirSync(dirname(path))).toEqual(['config.json']);
  });

  it('opens nothing that is no ordinary file', async () => {
    const path = put('');
    rmSync(path);
    execFileSync('mkfifo', [path]);
    const issue = {
      message: 'the settings cannot be read: it is no ordinary file',
      cure: expect.stringContaining('Move it away'),
    };
    expect(await open().read()).toMatchObject({ preferences: {}, issues: [issue] });
    expect(await open().change(() => ({}))).toMatchObject({ ok: false, error: issue });
  });

  it('checks a text once, and again when it or the program is another', async () => {
    const path = put('{"theme": "dark"}');
    await open().read();
    const mark = join(home, '.cache', 'hometui', 'checked-settings');
    const { mtimeMs } = statSync(mark);
    expect(await open().read()).toEqual({ preferences: { theme: 'dark' }, issues: [] });
    expect(statSync(mark).mtimeMs, 'a second start writes nothing').toBe(mtimeMs);
    writeFileSync(path, '{"theme": 3}');
    expect((await open().read()).issues).toHaveLength(1);
    writeFileSync(mark, 'that of another program');
    writeFileSync(path, '{"theme": "dark"}');
    expect((await open().read()).issues).toEqual([]);
  });

  it('need not check what it has written itself', async () => {
    await open().change(() => ({ theme: 'dark' }));
    const mark = join(home, '.cache', 'hometui', 'checked-settings');
    const { mtimeMs } = statSync(mark);
    expect((await open().read()).preferences).toEqual({ theme: 'dark' });
    expect(statSync(mark).mtimeMs).toBe(mtimeMs);
  });
});
