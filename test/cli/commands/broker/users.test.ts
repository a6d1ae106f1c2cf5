import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/app/failure.ts';
import type { World } from '../../../../src/app/world.ts';
import { parseArguments } from '../../../../src/cli/args/parse.ts';
import { runUsers } from '../../../../src/cli/commands/broker/users.ts';
import { hashPassword, verifyPassword } from '../../../../src/io/password-hash.ts';

const ACL = new URL('../../../fixtures/acl/clean/article/acl', import.meta.url).pathname;
/** The password file that the article prints, as it prints it. */
const ARTICLE = 'dhtclient:abc12345\nheating:heat9876\nmonitor:moni4711\nmaster:4R5T6Z';
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-users-'));
  file = join(folder, 'passwd');
  writeFileSync(file, `# users\nmaster:${hashPassword('m')}\n\nmonitor:${hashPassword('o')}\n`, { mode: 0o640 });
  chmodSync(file, 0o640);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  words: readonly string[],
  input = '',
): Promise<{ code: number; out: string; failure: Failure | null }> {
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on('data', chunk => chunks.push(String(chunk)));
  const args = await parseArguments(['users', ...words]);
  if (!args.ok) throw new Error(args.error.message);
  const world = { stdin: Readable.from([input]), stdout, stderr: new PassThrough() } as unknown as World;
  try {
    return { code: await runUsers(args.value, world), out: chunks.join(''), failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.exitCode, out: chunks.join(''), failure: error };
  }
}

const text = (): string => readFileSync(file, 'utf8');
const hashOf = (user: string): string =>
  text()
    .split('\n')
    .find(line => line.startsWith(`${user}:`))
    ?.slice(user.length + 1) ?? '';

describe('hometui users add and passwd', () => {
  it.each(['a:b$7$c', ' two words ', 'pässwörd', 'x'.repeat(200)])('takes %j from standard input', async password => {
    const before = text();
    const { code, out } = await run(['add', file, 'home assistant'], `${password}\nmore\n`);
    expect([code, text().slice(0, before.length), statSync(file).mode & 0o777]).toEqual([0, before, 0o640]);
    expect(hashOf('home assistant')).toMatch(/^\$7\$1000\$[A-Za-z0-9+/]{16}\$/);
    expect(verifyPassword(password, hashOf('home assistant'))).toBe(true);
    expect(out).not.toContain(password.trim());
    expect(out).toContain(`Added "home assistant" to ${file}\n`);
  });

  it('takes the first line of a file, and nothing else of it', async () => {
    writeFileSync(join(folder, 'secret'), '\ufeffs3cret\r\nmore\n');
    expect((await run(['passwd', file, 'monitor', '--password-file', join(folder, 'secret')])).code).toBe(0);
    expect(verifyPassword('s3cret', hashOf('monitor'))).toBe(true);
  });

  it('makes a password and says it once', async () => {
    const { out } = await run(['add', file, 'heating', '--generate']);
    const [said = ''] = out.match(/\d{4}(?:-\d{4}){4}/) ?? [];
    expect(out.split(said)).toHaveLength(2);
    expect(verifyPassword(said, hashOf('heating'))).toBe(true);
  });

  it.each([
    ['', 'the password for "heating" is empty'],
    ['a\0b\n', 'has a null character'],
    ['caf\ufffd\n', 'is no valid UTF-8'],
  ])('refuses %j', async (input, says) => {
    const before = text();
    const { code, failure } = await run(['add', file, 'heating'], input);
    expect([code, text()]).toEqual([64, before]);
    expect(failure?.message).toContain(says);
  });

  it('makes the file with the first user, and says whose it must become', async () => {
    const made = join(folder, 'made');
    const { out } = await run(['add', made, 'heating'], 'x\n');
    expect([statSync(made).mode & 0o777, readFileSync(made, 'utf8')]).toEqual([
      0o600,
      expect.stringMatching(/^heating:\$7\$1000\$.*\n$/),
    ]);
    expect(out).toContain(`sudo chown mosquitto: ${made}`);
  });

  it('tells what a broker stumbles over besides', async () => {
    writeFileSync(file, 'heating:plain\n');
    const { out } = await run(['add', file, 'monitor'], 'x\n');
    expect(out).toContain(`${file}:1: error: the password of "heating" stands in plain text`);
    expect(out).toContain('Mend this before');
    expect(out).not.toContain('reload mosquitto');
  });
});

describe('hometui users remove, rename, hash, import, list', () => {
  it('tells who stands in one of the two files only', async () => {
    const gone = await run(['remove', file, 'monitor', '--acl', ACL]);
    expect(gone.out).toContain(`Removed "monitor" (${file}:4)`);
    expect(gone.out).toMatch(/acl:\d+: warning: "monitor" is not in .*, so that it cannot log in/);
    const renamed = await run(['rename', file, 'master', 'Master', '--acl', ACL]);
    expect(renamed.out).toMatch(/acl:\d+: warning: "master" is not in .*, but "Master" is: capitals count/);
    expect((await run(['add', file, 'guest', '--acl', ACL], 'x')).out).toContain(
      '"guest" may log in but has no section',
    );
  });

  it('advises no command that would be refused', async () => {
    const other = join(folder, 'acl');
    writeFileSync(other, 'user #x\ntopic read x\nuser a b\ntopic read x\n');
    const { out } = await run(['list', file, '--acl', other]);
    expect(out).toContain('no password file can hold one that begins with #');
    expect(out).toContain(`hometui users add ${file} 'a b'`);
  });

  it('hashes the file of the article, once', async () => {
    writeFileSync(file, ARTICLE);
    expect((await run(['hash', file])).code).toBe(0);
    for (const line of ARTICLE.split('\n')) {
      const [user = '', password = ''] = line.split(':');
      expect(verifyPassword(password, hashOf(user)), user).toBe(true);
    }
    const once = text();
    expect((await run(['hash', file])).out).toContain('nothing to do');
    expect(text()).toBe(once);
  });

  it('takes users from a list, and leaves those that are there', async () => {
    writeFileSync(join(folder, 'list'), ARTICLE);
    const before = text();
    const { out } = await run(['import', file, join(folder, 'list')]);
    expect(out).toMatch(/Added "dhtclient".*\nAdded "heating".*\n"monitor" is in .* already.*\n"master" is/);
    expect(text().startsWith(before)).toBe(true);
    expect(verifyPassword('heat9876', hashOf('heating'))).toBe(true);
  });

  it('lists names, lines and kinds, never a hash', async () => {
    const { out } = await run(['list', file]);
    expect(out).toContain('"master"   line 2     PBKDF2\n"monitor"  line 4     PBKDF2\n');
    const json = JSON.parse((await run(['list', file, '--format', 'json', '--acl', ACL])).out);
    expect(json).toMatchObject({ schema: 1, file, users: [{ user: 'master', line: 2, password: 'pbkdf2' }, {}] });
    expect(JSON.stringify(json)).not.toContain('$7$');
    expect(JSON.stringify(json.findings)).toContain('\\"heating\\" is not in');
  });

  it.each([['add', 'x'], ['passwd', 'master'], ['remove', 'monitor'], ['rename', 'monitor', 'other'], ['hash']])(
    'only says what %s would do, with --dry-run',
    async (word, ...names) => {
      writeFileSync(file, `${text()}plain:secret\n`);
      const before = text();
      const { code, out } = await run([word, file, ...names, '--dry-run']);
      expect([code, text()]).toEqual([0, before]);
      expect(out).toMatch(/^Would (add|change|remove|rename|hash) /);
      expect(out).not.toMatch(/\$7\$|secret/);
    },
  );
});

describe('what cannot be', () => {
  it.each([
    [['add', 'FILE', '#'], 64, 'makes a comment'],
    [['add', 'FILE', ' a'], 64, 'cuts off'],
    [['add', 'FILE', 'a:b'], 64, 'colon'],
    [['add', 'FILE', 'monitor'], 64, 'already'],
    [['passwd', 'FILE', 'Monitor'], 64, 'but "monitor" is: capitals count'],
    [['remove', 'FILE'], 64, 'USER is missing'],
    [['remove', 'FILE', 'a', 'b'], 64, 'does not know what to do with "b"'],
    [['remove', 'FILE', 'monitor', '--generate'], 64, 'does not take --generate'],
    [['add', 'FILE', 'x', '--generate', '--password-file', 'y'], 64, 'two passwords'],
    [['add', 'FILE', 'x', '--password-file', '/none'], 66, 'no such file'],
    [['remove', '/none/passwd', 'x'], 66, 'no such file'],
    [['list', '/'], 66, 'it is a folder'],
    [['add', '/none/passwd', 'x'], 74, 'its folder does not exist'],
    [['remove', 'FILE', 'monitor', '--acl', '/none'], 66, 'the ACL file'],
  ])('%j', async (words, code, says) => {
    const before = text();
    const found = await run(
      words.map(word => (word === 'FILE' ? file : word)),
      'secret\n',
    );
    expect(found.failure?.message).toContain(says);
    expect([found.code, text()]).toEqual([code, before]);
    expect(found.failure?.cure).toBeTruthy();
  });

  it.each(['%u', '*', 'a,b', 'home assistant', 'ünï'])('a user named %s is a user', async name => {
    expect((await run(['add', file, name], 'x')).code).toBe(0);
    expect((await run(['remove', file, name])).code).toBe(0);
  });
});
