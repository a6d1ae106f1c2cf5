import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/app/failure.ts';
import type { World } from '../../../../src/app/world.ts';
import { parseArguments } from '../../../../src/cli/args/parse.ts';
import { runAcl } from '../../../../src/cli/commands/broker/acl.ts';

const ARTICLE = new URL('../../../fixtures/acl/clean/article/', import.meta.url).pathname;
let folder = '';
let acl = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-acl-'));
  cpSync(ARTICLE, folder, { recursive: true });
  acl = join(folder, 'acl');
  for (const file of ['acl', 'passwords']) chmodSync(join(folder, file), 0o640);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  words: readonly string[],
  input: string | Readable = '',
): Promise<{ code: number; out: string; failure: Failure | null }> {
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on('data', chunk => chunks.push(String(chunk)));
  const args = await parseArguments(['acl', ...words]);
  if (!args.ok) throw new Error(args.error.message);
  const world = {
    stdin: typeof input === 'string' ? Readable.from([input]) : input,
    stdout,
    stderr: new PassThrough(),
  } as unknown as World;
  try {
    const code = await runAcl(args.value, world);
    return { code, out: chunks.join(''), failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.exitCode, out: chunks.join(''), failure: error };
  }
}

describe('hometui acl check', () => {
  it('says for which version the table stands where versions decide differently, and nothing where they do not', async () => {
    const note = 'as mosquitto 2.0 decides';
    expect((await run(['check', acl])).out).not.toContain(note);
    expect(JSON.parse((await run(['check', acl, '--format', 'json'])).out)).toMatchObject({ brokerVersion: null });
    writeFileSync(acl, 'user a\ntopic read x\n\npattern read home/x%u/state\n', { mode: 0o640 });
    expect((await run(['check', acl])).out).toContain(note);
    expect(JSON.parse((await run(['check', acl, '--format', 'json'])).out)).toMatchObject({ brokerVersion: '2.0' });
    const on21 = await run(['check', acl, '--broker-version', '2.1', '--format', 'json']);
    expect(JSON.parse(on21.out)).toMatchObject({ brokerVersion: '2.1' });
    expect((await run(['check', acl, '--broker-version', '2.1'])).out).not.toContain(note);
  });

  it('says that it found nothing, and who may do what', async () => {
    const { code, out } = await run(['check', acl, '--house', 'article']);
    expect(code).toBe(0);
    expect(out).toContain('nothing found');
    expect(out).toMatch(/^topic +master +monitor +heating +dhtclient$/m);
    expect(out).toMatch(/^heating\/flow +rw +r +w +-$/m);
    expect(out).toMatch(/^cellar\/fan +rw +rw +- +r$/m);
  });

  it('names file, line, reason and the line to write, and exits with the worst of it', async () => {
    writeFileSync(acl, 'user master\ntopic readwrite #\ntopic readwrite #\n');
    const warned = await run(['check', acl]);
    expect(warned.code).toBe(1);
    expect(warned.out).toContain(
      `${acl}:3: warning: "topic readwrite #" adds nothing: line 2 grants it already\n  Delete the line.`,
    );
    expect(warned.out).toContain('0 errors, 1 warning');
    writeFileSync(acl, 'User master\n');
    const refused = await run(['check', acl]);
    expect(refused.code).toBe(2);
    expect(refused.out).toContain('Write: user master');
  });

  it('looks at the passwords and the conf with the files of its include_dir', async () => {
    writeFileSync(join(folder, 'main.conf'), `include_dir ${folder}\n`);
    writeFileSync(
      join(folder, 'x.conf'),
      `acl_file ${acl}\npassword_file ${folder}/passwords\nAllow_anonymous false\n`,
    );
    const { code, out } = await run(['check', acl, '--conf', join(folder, 'main.conf')]);
    expect(code).toBe(2);
    expect(out).toContain(`${folder}/x.conf:3: error: "Allow_anonymous"`);
  });

  it('gives the same as JSON, secrets left out', async () => {
    writeFileSync(join(folder, 'passwords'), 'master:verysecret\n');
    const { out } = await run(['check', acl, '--passwords', join(folder, 'passwords'), '--format', 'json']);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ schema: 1, users: ['master', 'monitor', 'heating', 'dhtclient'] });
    expect(report.findings).toContainEqual({
      severity: 'error',
      message: expect.stringContaining('plain text'),
      place: { file: join(folder, 'passwords'), line: 1 },
      cure: expect.stringContaining('hometui users hash '),
    });
    expect(report.rows[0].cells).toHaveLength(4);
    expect(out).not.toContain('verysecret');
  });

  it('says which house need is denied', async () => {
    writeFileSync(acl, 'user master\ntopic readwrite #\ntopic read $SYS/#\nuser heating\ntopic write heating/flow\n');
    const { code, out } = await run(['check', acl, '--house', 'article']);
    expect(code).toBe(1);
    expect(out).toContain('"heating" may not read heating/pump (the command of "Pump")');
    expect(out).toContain('Add below "user heating": topic read heating/pump');
  });

  it('exits 66 with the reason where a file cannot be read', async () => {
    const { code, failure } = await run(['check', join(folder, 'none')]);
    expect(code).toBe(66);
    expect(failure?.message).toContain('there is no such file');
    expect(failure?.cure).not.toBeNull();
  });
});

describe('hometui acl explain', () => {
  const explain = (...words: string[]) => run(['explain', acl, ...words]);

  it('names the deciding line, or the line that is missing', async () => {
    const allowed = await explain('--user', 'monitor', '--access', 'write', '--topic', 'cellar/fan');
    expect(allowed).toMatchObject({
      code: 0,
      out: `"monitor" may write cellar/fan: ${acl}:11 "topic write cellar/fan"\n`,
    });
    const denied = await explain('--user', 'monitor', '--access', 'write', '--topic', 'heating/flow');
    expect(denied.out).toBe(
      `"monitor" may not write heating/flow: no line of ${acl} grants it\n  To allow it, add below line 6: topic write heating/flow\n`,
    );
    const unknown = await explain('--user', 'x', '--access', 'read', '--topic', 'a');
    expect(unknown.out).toContain('add at the end "user x" and below it: topic read a');
    const nobody = await explain('--access', 'read', '--topic', 'a');
    expect(nobody.out).toContain('A client without a user name may not read a');
    const sys = await explain('--user', 'master', '--access', 'write', '--topic', '$SYS/x');
    expect(sys.out).toContain('mosquitto lets nobody write below $SYS');
  });

  it('answers one JSON question a line, in order, and says which line is none', async () => {
    const questions = [
      { user: 'monitor', clientId: 'c', access: 'read', topic: 'heating/flow' },
      { user: null, clientId: 'c', access: 'read', topic: 'heating/flow' },
      { user: 'monitor', access: 'subscribe', topic: 'heating/flow' },
    ];
    const input = `${questions.map(question => JSON.stringify(question)).join('\n')}\nnonsense\n\n`;
    const { code, out } = await run(['explain', acl, '--stdin'], input);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { allowed: true, line: 7, rule: 'topic read heating/#' },
      { allowed: false, line: null, rule: null },
      { error: 'access must be "read" or "write"' },
      { error: 'this is no JSON' },
    ]);
    expect(code).toBe(64);
  });

  it('says when its questions cannot be read to their end', async () => {
    const question = JSON.stringify({ user: 'monitor', access: 'read', topic: 'heating/flow' });
    async function* broken(): AsyncGenerator<string> {
      yield `${question}\n`;
      throw Object.assign(new Error('read EIO'), { code: 'EIO' });
    }
    const { code, out, failure } = await run(['explain', acl, '--stdin'], Readable.from(broken()));
    expect([code, out]).toEqual([66, '{"allowed":true,"line":7,"rule":"topic read heating/#"}\n']);
    expect(failure?.message).toBe('standard input cannot be read: read EIO');
  });

  it('does not explain a file that the broker refuses', async () => {
    writeFileSync(acl, 'Topic read x\n');
    const { code, failure } = await explain('--user', 'a', '--access', 'read', '--topic', 'x');
    expect(code).toBe(78);
    expect(failure?.message).toContain(`${acl}:1`);
  });

  it('refuses what is no question', async () => {
    expect((await explain('--user', 'a')).code).toBe(64);
    expect((await explain('--access', 'read', '--topic', 'a/#')).code).toBe(64);
    expect((await run(['explain'])).code).toBe(64);
  });
});
