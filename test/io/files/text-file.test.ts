import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileVersion, readTextFile, writeTextFile } from '../../../src/io/files/text-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-text-file-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('fileVersion', () => {
  it('is another one where a file is put in the place of one that was as long and as old', async () => {
    const file = join(folder, 'program');
    const put = (text: string): number => {
      // As npm does: every file is of one day of 1985, and the inode may be that of the file before.
      writeFileSync(file, text);
      utimesSync(file, 499_162_500, 499_162_500);
      return statSync(file).ctimeMs;
    };
    const putAt = put('one');
    const before = fileVersion(file);
    // The system's clock for files goes on in steps.
    await expect.poll(() => put('two')).toBeGreaterThan(putAt);
    expect(fileVersion(file)).not.toBe(before);
  });
});

describe('writeTextFile', () => {
  it('replaces a file whole, keeps its mode and leaves nothing else behind', () => {
    const file = join(folder, 'out');
    expect(writeTextFile(file, 'one', 0o600)).toEqual({ ok: true, value: null });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = fileVersion(file);
    chmodSync(file, 0o640);
    expect(writeTextFile(file, 'two, longer')).toEqual({ ok: true, value: null });
    expect(readFileSync(file, 'utf8')).toBe('two, longer');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(fileVersion(file)).not.toBe(before);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('replaces the file behind a symbolic link, and writes through no link that somebody left for it', () => {
    const [file, link, victim] = [join(folder, 'file'), join(folder, 'link'), join(folder, 'victim')];
    writeFileSync(file, 'old', { mode: 0o600 });
    writeFileSync(victim, 'untouched');
    symlinkSync(file, link);
    symlinkSync(victim, `${file}.${process.pid}.tmp`);
    expect(writeTextFile(link, 'new')).toMatchObject({ ok: true });
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o600]);
    expect([lstatSync(link).isSymbolicLink(), lstatSync(file).isSymbolicLink()]).toEqual([true, false]);
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
    expect(readdirSync(folder).sort()).toEqual(['file', 'link', 'victim']);
  });

  it('writes straight to what is no ordinary file', () => {
    expect(writeTextFile('/dev/null', 'x')).toEqual({ ok: true, value: null });
    expect(writeTextFile('/dev/full', 'x')).toMatchObject({ error: { code: 'ENOSPC', why: 'the disk is full' } });
  });

  it('says why it cannot', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(writeTextFile(join(folder, 'none', 'x'), 'x')).toMatchObject({
      error: { why: 'its folder does not exist' },
    });
    expect(writeTextFile(join(folder, 'file', 'x'), 'x')).toMatchObject({ error: { code: 'ENOTDIR' } });
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('readTextFile', () => {
  it('reads a file or says why it cannot', () => {
    writeFileSync(join(folder, 'in'), 'grüß');
    expect(readTextFile(join(folder, 'in'))).toEqual({ ok: true, value: 'grüß' });
    expect(readTextFile(folder)).toMatchObject({ error: { why: 'it is a folder' } });
    expect(fileVersion(join(folder, 'none'))).toBeNull();
  });

  it('reads a text of some length whole, and nothing that has no end', () => {
    const file = join(folder, 'long');
    const text = 'ü€ '.repeat(50_000);
    writeFileSync(file, text);
    expect(readTextFile(file)).toEqual({ ok: true, value: text });
    truncateSync(file, 16 * 1_048_576 + 1);
    expect(readTextFile(file)).toMatchObject({ error: { code: 'EFBIG', why: 'it is longer than 16 MiB' } });
    expect(readTextFile('/dev/zero')).toMatchObject({ error: { code: 'EFBIG' } });
  });

  it('waits for no pipe that nobody writes into', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(readTextFile(pipe)).toMatchObject({ error: { why: 'it is a pipe that nobody writes into' } });
  });

  it('reads from a pipe what is written into it, also late and in pieces', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', 'exec 3>"$0"; sleep 0.2; printf one, >&3; sleep 0.2; printf two >&3', pipe]);
    expect(readTextFile(pipe)).toEqual({ ok: true, value: 'one,two' });
    if (writer.exitCode === null) await once(writer, 'exit');
  });
});
