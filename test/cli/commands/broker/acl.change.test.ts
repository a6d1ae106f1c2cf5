import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/app/failure.ts';
import type { World } from '../../../../src/app/world.ts';
import { parseArguments } from '../../../../src/cli/args/parse.ts';
import { runAcl } from '../../../../src/cli/commands/broker/acl.ts';

const ARTICLE = new URL('../../../fixtures/acl/clean/article/acl', import.meta.url).pathname;
let folder = '';
let acl = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-acl-'));
  acl = join(folder, 'acl');
  cpSync(ARTICLE, acl);
  chmodSync(acl, 0o640);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(words: string): Promise<{ code: number; out: string; failure: Failure | null }> {
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on('data', chunk => chunks.push(String(chunk)));
  const args = await parseArguments(['acl', ...words.replace('FILE', acl).split(' ')]);
  if (!args.ok) throw new Error(args.error.message);
  const env = { HOME: folder };
  const world = {
    ...{ stdin: Readable.from([]), stdout, stderr: new PassThrough(), env, platform: 'linux', cwd: folder },
  } as unknown as World;
  try {
    return { code: await runAcl(args.value, world), out: chunks.join(''), failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.exitCode, out: chunks.join(''), failure: error };
  }
}

const text = (): string => readFileSync(acl, 'utf8');

describe('hometui acl allow, deny, revoke', () => {
  it('adds one line, tells the decision before and after, and keeps the mode', async () => {
    const before = text();
    const { code, out } = await run('allow FILE --user monitor --access write --topic cellar/humidity');
    expect([code, statSync(acl).mode & 0o777]).toEqual([0, 0o640]);
    expect(text()).toBe(before.replace('topic write cellar/fan\n', line => `${line}topic write cellar/humidity\n`));
    expect(out).toContain('  12 + topic write cellar/humidity\n');
    expect(out).toContain('"monitor" may write "cellar/humidity": no before, yes now\nNothing else changes.\n');
    expect(out).toContain('reload');
    const again = await run('allow FILE --user monitor --access write --topic cellar/humidity');
    expect(again.out).toBe('"monitor" may write "cellar/humidity": yes\nNothing is to be changed.\n');
  });

  it('tells what else it shuts out, and with --dry-run changes nothing', async () => {
    const before = text();
    const { out } = await run('deny FILE --user monitor --access read --topic heating/pump --dry-run');
    expect(out).toContain('Would change');
    expect(out).toContain('Besides:\n  "monitor" could no longer write "heating/pump"\n');
    expect(text()).toBe(before);
  });

  it.each([
    ['revoke FILE --user monitor --access read --topic heating/flow', 64, 'line 7 grants it'],
    ['allow FILE --user monitor --access write', 64, 'needs --user, --access and --topic'],
    ['allow FILE --user monitor --access write --topic a#', 64, 'no topic filter'],
    ['allow FILE --user monitor --access write --topic $SYS/x', 64, 'nobody write below $SYS'],
    ['allow /none --user monitor --access write --topic x', 66, 'no such file'],
    ['allow / --user monitor --access write --topic x', 66, 'it is a folder'],
    ['explain FILE --user monitor --access readwrite --topic x', 64, 'needs --access and --topic'],
  ])('%s', async (words, code, says) => {
    const before = text();
    const found = await run(words);
    expect(found.failure?.message).toContain(says);
    expect([found.code, text()]).toEqual([code, before]);
  });

  it('builds on no file that the broker refuses', async () => {
    writeFileSync(acl, 'User a\n');
    expect(await run('allow FILE --user a --access read --topic x')).toMatchObject({ code: 78 });
    expect(text()).toBe('User a\n');
  });

  it('changes nothing below a line that mosquitto loses', async () => {
    writeFileSync(acl, `user a\n${'topic read '.padEnd(255, 'x')}`);
    const { failure } = await run('allow FILE --user a --access read --topic x');
    expect(`${failure?.message} ${failure?.cure}`).toMatch(/acl:2: mosquitto ignores this line.*End the file/);
  });
});

describe('hometui acl write', () => {
  it('writes the file of a house, and replaces one that is there only with --yes', async () => {
    rmSync(acl);
    const made = await run('write FILE --house article');
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('4 users') });
    expect(statSync(acl).mode & 0o777).toBe(0o600);
    expect((await run('write FILE --house article')).out).toContain('is so already');
    const first = text();
    const other = await run('write FILE --house article --viewers monitor --masters boss');
    expect([other.code, other.failure?.cure, text()]).toEqual([64, expect.stringContaining('--yes'), first]);
    const replaced = await run('write FILE --house article --viewers monitor --masters boss --yes');
    expect(replaced.out).toContain('"master" has no section any more.');
    expect(text()).toContain('# sees everything in the house\nuser monitor\n');
  });

  it('shows the whole text with --dry-run', async () => {
    const before = text();
    const { out } = await run('write FILE --house article-de --dry-run');
    expect(out).toContain('user heating\ntopic write heizung/vorlauf\n');
    expect(text()).toBe(before);
  });
});
