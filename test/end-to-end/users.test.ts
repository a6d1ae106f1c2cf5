import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyPassword } from '../../src/io/password-hash.ts';
import { type Mosquitto, startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { runHometui } from '../helpers/program/hometui.ts';
import { createRandom } from '../helpers/random/random.ts';
import { randomPasswords } from '../helpers/random/random-passwords.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const passwd = requireProgram('mosquitto_passwd', 'mosquitto');
/** Each is a random file, three changes and two logins of each of its users. */
const FILES = Number(process.env.HOMETUI_USERS_FILES ?? 4);
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const open: PtyProgram[] = [];
let folder: string;
let file: string;

beforeAll(() => void builtProgram());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-users-'));
  chmodSync(folder, 0o755);
  file = join(folder, 'passwd');
});
afterEach(async () => {
  for (const program of open.splice(0)) await program.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the password of a new user', () => {
  it('is asked for twice on a terminal, and never shown', async () => {
    const program = await startInPty(process.execPath, { args: [builtProgram(), 'users', 'add', file, 'master'] });
    open.push(program);
    await program.waitFor('New password for "master":');
    program.write('one\r');
    await program.waitFor('The same again:');
    program.write('other\r');
    await program.waitFor(/not the same[\s\S]*New password/);
    program.write('k: 4711\r');
    await program.waitFor(/again:[\s\S]*again:/);
    program.write('k: 4711\r');
    expect((await program.exit).code).toBe(0);
    expect(program.output().toString()).not.toMatch(/4711|other/);
    expect(verifyPassword('k: 4711', readFileSync(file, 'utf8').trim().slice('master:'.length))).toBe(true);
  });

  it('broken off with Ctrl-C leaves no file', async () => {
    const program = await startInPty(process.execPath, { args: [builtProgram(), 'users', 'add', file, 'master'] });
    open.push(program);
    await program.waitFor('New password');
    program.write('\u0003');
    expect((await program.exit).code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a file that cannot be changed stays as it is', () => {
  const text = `${'# a line that makes it longer than the disk has room\n'.repeat(40)}a:x\n`;

  it('on a full disk', async () => {
    writeFileSync(file, text);
    // A limit on the length of files, in blocks of 512 bytes, stands in for the disk.
    const { code, stderr } = await runHometui(['users', 'remove', file, 'a'], { shell: 'ulimit -f 1; exec "$@"' });
    expect([code, readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual([74, text, ['passwd']]);
    expect(stderr).toContain(`${file} cannot be changed: `);
  });

  it.runIf(isRoot)('where its owner could not be kept', () => {
    writeFileSync(file, text, { mode: 0o644 });
    chownSync(folder, NOBODY, NOBODY);
    const { status, stderr } = spawnSync(process.execPath, [builtProgram(), 'users', 'remove', file, 'a'], {
      uid: NOBODY,
      gid: NOBODY,
      env: { HOME: folder, PATH: process.env.PATH },
      encoding: 'utf8',
    });
    expect([status, readFileSync(file, 'utf8'), statSync(file).uid]).toEqual([74, text, 0]);
    expect(stderr).toContain('it belongs to another user, and must stay so');
    expect(readdirSync(folder).filter(name => /tmp|lock/.test(name))).toEqual([]);
  });

  it('by twenty of us at a time: each user is there in the end', { timeout: 60_000 }, async () => {
    writeFileSync(file, '# users\n');
    const names = Array.from({ length: 20 }, (_, index) => `user ${index}`);
    const runs = await Promise.all(names.map(name => runHometui(['users', 'add', file, name, '--generate'])));
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']));
    const found = [...readFileSync(file, 'utf8').matchAll(/^(user \d+):/gm)].map(match => match[1]);
    expect(found.sort()).toEqual([...names].sort());
  });
});

async function logsIn(broker: Mosquitto, username: string, password: string): Promise<boolean> {
  try {
    const client = await connectAsync(broker.url, { username, password, reconnectPeriod: 0 });
    await client.endAsync(true);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(mosquitto !== null)('a real mosquitto', () => {
  it.each(['a:b', 'two words ', 'pässwörd 🏠', 'x'.repeat(200)])('lets a user in with %j', async password => {
    await runHometui(['users', 'add', file, 'home assistant'], { stdin: `${password}\n` });
    const broker = await startMosquitto({ passwordFile: readFileSync(file, 'utf8') });
    try {
      expect(await logsIn(broker, 'home assistant', password)).toBe(true);
      expect(await logsIn(broker, 'home assistant', `${password}x`)).toBe(false);
    } finally {
      await broker.close();
    }
  });

  it.runIf(passwd !== null)('takes what mosquitto_passwd and we wrote into one file', async () => {
    spawnSync(passwd ?? '', ['-c', '-b', file, 'theirs', 'one'], { encoding: 'utf8' });
    await runHometui(['users', 'add', file, 'ours'], { stdin: 'two\n' });
    spawnSync(passwd ?? '', ['-b', file, 'more', 'three'], { encoding: 'utf8' });
    const broker = await startMosquitto({ passwordFile: readFileSync(file, 'utf8') });
    try {
      const logins = [
        ['theirs', 'one'],
        ['ours', 'two'],
        ['more', 'three'],
      ] as const;
      for (const [user, password] of logins) expect(await logsIn(broker, user, password), user).toBe(true);
    } finally {
      await broker.close();
    }
  });

  it(`lets all others in as before, ${FILES} random files`, { timeout: 20_000 + FILES * 20_000 }, async () => {
    let logins = 0;
    for (let seed = 1; seed <= FILES; seed++) logins += await tryFile(seed);
    process.stdout.write(`password files: ${FILES} on a real broker, ${logins} logins the same before and after\n`);
  });
});

/** Adds a user, gives one another password, removes one; gives the number of logins that were compared. */
async function tryFile(seed: number): Promise<number> {
  const random = createRandom(seed);
  const { bytes, users } = randomPasswords(random, { isSound: true });
  writeFileSync(file, bytes);
  const broker = await startMosquitto({ passwordFile: String(bytes) });
  try {
    const before = await Promise.all(users.map(({ user, password }) => logsIn(broker, user, password)));
    const [changed, removed] = [random.pick([0, 1]), 2];
    await runHometui(['users', 'add', file, 'the new one'], { stdin: 'new\n' });
    const [second, third] = [users[changed], users[removed]];
    if (second !== undefined) await runHometui(['users', 'passwd', file, second.user], { stdin: 'changed\n' });
    if (third !== undefined) await runHometui(['users', 'remove', file, third.user]);
    writeFileSync(broker.passwordFile, readFileSync(file));
    await broker.reload();
    const after = await Promise.all(users.map(({ user, password }) => logsIn(broker, user, password)));
    const expected = before.map((was, index) => was && index !== changed && index !== removed);
    expect(after, `seed ${seed}: ${bytes}`).toEqual(expected);
    expect(await logsIn(broker, 'the new one', 'new'), `seed ${seed}`).toBe(true);
    if (second !== undefined) expect(await logsIn(broker, second.user, 'changed'), `seed ${seed}`).toBe(true);
    return before.length * 2;
  } finally {
    await broker.close();
  }
}
