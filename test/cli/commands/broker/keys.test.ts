import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/app/failure.ts';
import type { World } from '../../../../src/app/world.ts';
import { parseArguments } from '../../../../src/cli/args/parse.ts';
import { runKeys } from '../../../../src/cli/commands/broker/keys.ts';
import { parseKeys } from '../../../../src/core/sealed/keys.ts';

const NOW = Date.UTC(2026, 10, 29, 14, 2);
const KEY = /[0-9a-f]{64}/;
let folder = '';
let file = '';
let now = NOW;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-keys-'));
  file = join(folder, 'hometui', 'keys.json');
  now = NOW;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...words: string[]): Promise<{ code: number; out: string; failure: Failure | null }> {
  const stdout = new PassThrough();
  let out = '';
  stdout.on('data', chunk => {
    out += String(chunk);
  });
  const args = await parseArguments(['keys', ...words]);
  if (!args.ok) throw new Error(args.error.message);
  const env = { HOME: folder, XDG_CONFIG_HOME: folder };
  const clock = { wallNow: () => now };
  const world = { env, platform: 'linux', clock, stdin: Readable.from([]), stdout, stderr: new PassThrough() };
  try {
    return { code: await runKeys(args.value, world as unknown as World), out, failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.exitCode, out, failure: error };
  }
}

const keys = () => {
  const parsed = parseKeys(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

describe('hometui keys', () => {
  it('makes a key, keeps it for its owner alone, and never shows it', async () => {
    const { code, out } = await run('new', 'heating');
    expect(code).toBe(0);
    expect(out).toMatch(/^Made the key [0-9a-f]{4} [0-9a-f]{4} of heating\. It stands in .*keys\.json, mode 0600/);
    expect([statSync(file).mode & 0o777, statSync(join(folder, 'hometui')).mode & 0o777]).toEqual([0o600, 0o700]);
    const { key, madeAt } = keys().heating ?? {};
    expect([key, madeAt]).toEqual([expect.stringMatching(KEY), new Date(NOW).toISOString()]);
    const shown = await run('show');
    expect(shown.out).toMatch(/^Device {3}Key {8}Made\nheating {2}[0-9a-f]{4} [0-9a-f]{4} {2}29 Nov 2026 \d\d:\d\d\n$/);
    expect(out + shown.out).not.toContain(key);
  });

  it('writes the file for the device, for its owner alone, also in the place of an open one', async () => {
    const output = join(folder, 'seal_key.py');
    writeFileSync(output, 'old', { mode: 0o644 });
    const { out } = await run('new', 'heating', '--output', output);
    expect(statSync(output).mode & 0o777).toBe(0o600);
    expect(readFileSync(output, 'utf8')).toBe(
      `# heating: the key of its sealed payloads. Keep it to yourself.\nimport binascii\n\nKEY = binascii.unhexlify("${keys().heating?.key}")\n`,
    );
    expect(out).toContain(`Wrote ${output}, mode 0600`);
    expect(out).not.toMatch(KEY);
  });

  it('does not make a second one, and names what does', async () => {
    await run('new', 'heating');
    const before = readFileSync(file, 'utf8');
    const { code, failure } = await run('new', 'heating');
    expect([code, failure?.message, failure?.cure]).toEqual([
      64,
      'heating has a key already',
      'Another one in its place: hometui keys rotate heating',
    ]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('rotates: the one before is taken for the stated time, and then said not to be', async () => {
    await run('new', 'heating');
    await run('new', 'dhtclient');
    const old = keys().heating?.key;
    now += 60_000;
    const { out } = await run('rotate', 'heating', '--for', '3600');
    const { key, previous } = keys().heating ?? {};
    expect(key).not.toBe(old);
    expect(previous).toEqual({ key: old, until: new Date(now + 3_600_000).toISOString() });
    expect(out).toMatch(/The one before is taken as well until 29 Nov/);
    expect((await run('show')).out).toMatch(/^heating .*until 29 Nov/m);
    now += 3_600_000;
    expect((await run('show')).out).toMatch(/^heating .*not taken any more$/m);
    expect(Object.keys(keys())).toEqual(['heating', 'dhtclient']);
  });

  it('takes seven days where no time is said', async () => {
    await run('new', 'heating');
    await run('rotate', 'heating');
    expect(keys().heating?.previous?.until).toBe(new Date(NOW + 7 * 86_400_000).toISOString());
  });

  it('revokes one, where that is meant', async () => {
    await run('new', 'heating');
    expect(await run('revoke', 'heating')).toMatchObject({
      code: 64,
      failure: { cure: 'Say that you mean it: --yes' },
    });
    expect((await run('revoke', 'heating', '--yes')).out).toContain('Forgot the key of heating.');
    expect(keys()).toEqual({});
    expect((await run('show')).out).toBe('No device has a key yet: hometui keys new DEVICE makes one.\n');
  });

  it.each([
    [['rotate', 'heatin'], 'heatin has no key', /Did you mean heating\?$/],
    [['new'], 'hometui keys new takes one device', /hometui keys new heating/],
    [['new', 'a', 'b'], 'hometui keys new takes one device', /./],
    [['new', '../x'], '"../x" is no name of a device', /house file/],
    [['new', '__proto__'], '"__proto__" is no name of a device', /house file/],
    [['show', '--output', 'x'], '--output takes the key of one device', /Name the device/],
    [['new', 'heating', '--for', '3'], 'hometui keys new does not take --for', /keys rotate/],
  ])('%j is a mistake that is named', async (words, message, cure) => {
    await run('new', 'heating');
    const { code, failure } = await run(...words);
    expect([code, failure?.message]).toEqual([64, message]);
    expect(failure?.cure).toMatch(cure);
  });

  it.each([
    ['no JSON', 'it is no JSON'],
    ['{"keys": []}', 'keys is to be'],
    [
      '{"keys": {"heating": {"key": "abc", "madeAt": "2026-11-29T14:02:00.000Z"}}}',
      'keys.heating.key is to be 64 hexadecimal digits',
    ],
    ['{"keys": {}, "more": 1}', 'it has more, which nobody reads'],
  ])('a broken file (%s) is named with its place and stays', async (text, message) => {
    mkdirSync(join(folder, 'hometui'));
    writeFileSync(file, text, { mode: 0o600 });
    for (const words of [['show'], ['new', 'cellar']]) {
      const { code, failure } = await run(...words);
      expect([code, failure?.message]).toEqual([78, expect.stringContaining(message)]);
      expect(failure?.message).toContain(`${file}: error: `);
      expect(failure?.message).not.toContain('abc');
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('does not use keys that others may read', async () => {
    await run('new', 'heating');
    chmodSync(file, 0o640);
    const { code, failure } = await run('show');
    expect([code, failure?.message]).toEqual([78, expect.stringContaining('others on this machine can read them')]);
    expect(failure?.message).toContain(`chmod 600 ${file}`);
  });

  it('says why a file for the device cannot be written, and keeps the key', async () => {
    const { code, failure } = await run('new', 'heating', '--output', folder);
    expect([code, failure?.message]).toEqual([74, `${folder} cannot be changed: it is no ordinary file`]);
    expect(keys().heating?.key).toMatch(KEY);
  });

  it('changes what a link leads to', async () => {
    await run('new', 'heating');
    const real = join(folder, 'real.json');
    writeFileSync(real, readFileSync(file), { mode: 0o600 });
    rmSync(file);
    symlinkSync(real, file);
    await run('new', 'dhtclient');
    expect(existsSync(file) && readFileSync(real, 'utf8')).toContain('dhtclient');
  });
});
