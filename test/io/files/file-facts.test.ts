import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cureOfUnreadable, listFolder, readFileAttributes } from '../../../src/io/files/file-facts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-facts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('readFileAttributes', () => {
  it('gives mode and owner', () => {
    const file = join(folder, 'a');
    writeFileSync(file, '');
    chmodSync(file, 0o640);
    expect(readFileAttributes(file)).toMatchObject({ exists: true, mode: 0o640, owner: userInfo().username });
  });

  it('knows a file that is not there', () => {
    expect(readFileAttributes(join(folder, 'none'))).toMatchObject({ exists: false, mode: null, owner: null });
    writeFileSync(join(folder, 'a'), '');
    expect(readFileAttributes(join(folder, 'a', 'b')).exists).toBe(false);
  });
});

describe('listFolder', () => {
  it('gives the names sorted, and none of what is no folder', () => {
    for (const name of ['b.conf', 'a.conf']) writeFileSync(join(folder, name), '');
    expect(listFolder(folder)).toEqual(['a.conf', 'b.conf']);
    expect(listFolder(join(folder, 'none'))).toEqual([]);
  });
});

describe('cureOfUnreadable', () => {
  it('always has something to do', () => {
    expect(cureOfUnreadable(join(folder, 'none'))).toContain('sudo');
  });
});
