import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyPassword } from '../../src/io/password-hash.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { mosquittoProgram } from '../helpers/brokers/run-broker.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const isPossible = requireProgram('mosquitto') !== null;
const open: PtyProgram[] = [];
let folder: string;
let target: string;

beforeAll(() => void builtProgram());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-wizard-'));
  chmodSync(folder, 0o755);
  target = join(folder, 'broker');
});
afterEach(async () => {
  for (const program of open.splice(0)) await program.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...words: readonly string[]): Promise<PtyProgram> {
  const port = String(await freePort());
  const at = ['--bind', '127.0.0.1', '--port', port, '--mosquitto', mosquittoProgram()];
  const args = [builtProgram(), 'setup', ...at, ...words];
  const program = await startInPty(process.execPath, { args, columns: 140, rows: 120, cwd: folder });
  open.push(program);
  return program;
}

/** What is asked, in its order, and what a person types. */
const DIALOGUE: readonly (readonly [question: RegExp, answer: string])[] = [
  [/House file or preset \[article\]: $/, '\r'],
  [/Folder for the files \[[^\]]+\]: $/, 'broker\r'],
  [/TLS too, on port 8883\? y or n \[n\]: $/, '\r'],
  [/Password for "heating" \(a device\), Enter makes one: $/, '\r'],
  [/Password for "dhtclient" \(a device\), Enter makes one: $/, '\r'],
  [/Password for "monitor" \(sees everything and switches\), Enter makes one: $/, 'moni4711\r'],
  [/The same again: $/, 'moni4711\r'],
  [/Password for "master" \(may do everything\), Enter makes one: $/, '\r'],
  [/Write these 15 files\? \[Y\/n\] $/, '\r'],
];

/** Answers the first of the questions. */
async function answer(program: PtyProgram, count = DIALOGUE.length): Promise<void> {
  for (const [question, keys] of DIALOGUE.slice(0, count)) {
    await program.waitFor(screen => question.test(`${screen.trimEnd()} `));
    program.write(keys);
  }
}

describe.runIf(isPossible)('the wizard', () => {
  it('asks little, takes Enter for an answer, and proves before it writes', { timeout: 60_000 }, async () => {
    const program = await start();
    await answer(program, DIALOGUE.length - 1);
    await program.waitFor('80 of 80 answers as the file says');
    await program.waitFor('Write these 15 files?');
    expect(existsSync(target)).toBe(false);
    program.write('\r');
    const screen = await program.waitFor('To take it back:');
    expect((await program.exit).code).toBe(0);
    expect(screen).toMatch(/These passwords were made[\s\S]*"heating" +\d{4}-[\s\S]*"master" +\d{4}-/);
    expect(program.output().toString()).not.toContain('moni4711');
    const [, hash = ''] = /^monitor:(.+)$/m.exec(readFileSync(join(target, 'passwd'), 'utf8')) ?? [];
    expect(verifyPassword('moni4711', hash)).toBe(true);
  });

  it('broken off with Ctrl-C at any question leaves nothing', { timeout: 90_000 }, async () => {
    for (const count of DIALOGUE.keys()) {
      const program = await start();
      await answer(program, count);
      await program.waitFor(screen => DIALOGUE[count]?.[0].test(`${screen.trimEnd()} `) === true);
      program.write('\u0003');
      const { code, modesBefore, modesAfter } = await program.exit;
      expect([count, code, modesAfter]).toEqual([count, 130, modesBefore]);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('takes no for an answer, and asks the same with --dry-run but the last', { timeout: 60_000 }, async () => {
    const refused = await start('--dir', target, '--house', 'article', '--tls', '--generate');
    await refused.waitFor('Write these 19 files?');
    refused.write('n\r');
    expect((await refused.exit).code).toBe(130);
    const dry = await start('--dry-run');
    await answer(dry, DIALOGUE.length - 1);
    await dry.waitFor('80 of 80 answers as the file says');
    expect([(await dry.exit).code, existsSync(target)]).toEqual([0, false]);
  });

  it('is told when a file was changed while it asked', { timeout: 60_000 }, async () => {
    const first = await start('--dir', target, '--house', 'article', '--yes', '--generate');
    expect((await first.exit).code).toBe(0);
    const program = await start('--dir', target, '--house', 'article', '--viewers', 'guest', '--generate');
    await program.waitFor(/TLS too/);
    program.write('\r');
    await program.waitFor(/Write these \d+ files\?/);
    writeFileSync(join(target, 'acl'), 'user me\ntopic read #\n');
    program.write('\r');
    await program.waitFor('somebody changed it since it was shown');
    expect([(await program.exit).code, readFileSync(join(target, 'acl'), 'utf8')]).toEqual([
      74,
      'user me\ntopic read #\n',
    ]);
  });
});

describe('a rehearsal that is killed', () => {
  it('leaves no broker and no folder', { timeout: 30_000 }, async () => {
    const slow = join(folder, 'mosquitto');
    const note = join(folder, 'note');
    writeFileSync(
      slow,
      `#!/bin/sh\n[ "$1" = -h ] && echo "mosquitto version 2.0.11" && exit 0\necho "$$ $2" > ${note}; exec sleep 60\n`,
    );
    chmodSync(slow, 0o755);
    const words = ['setup', '--dir', target, '--generate', '--yes', '--mosquitto', slow];
    const child = spawn(process.execPath, [builtProgram(), ...words], {
      env: { PATH: process.env.PATH, HOME: folder },
    });
    await expect
      .poll(() => existsSync(note) && readFileSync(note, 'utf8').includes('\n'), { timeout: 10_000 })
      .toBe(true);
    const [pid = '', conf = ''] = readFileSync(note, 'utf8').trim().split(' ');
    expect(existsSync(conf)).toBe(true);
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => existsSync(join(conf, '../..')), { timeout: 10_000 }).toBe(false);
    expect(existsSync(target)).toBe(false);
  });
});
