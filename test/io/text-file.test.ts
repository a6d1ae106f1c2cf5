import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileVersion, readTextFile, writeTextFile } from '../../src/io/text-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-text-file-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
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
});
