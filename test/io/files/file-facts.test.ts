import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cureOfOwnFile, cureOfUnreadable, listFolder, readFileAttributes } from '../../../src/io/files/file-facts.ts';

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
  const refused = { code: 'EACCES', why: 'your user has no permission' };

  it('is about rights only where the system refuses it', () => {
    const fault = { code: 'EISDIR', why: 'it is a folder' };
    expect(cureOfUnreadable(fault, folder, 'Name it.')).toBe('Name it.');
    expect(cureOfOwnFile(fault, folder, 'Name it.')).toBe('Name it.');
  });

  it('is a command that does it, whatever the name of the file', () => {
    const file = join(folder, "my brother's");
    expect(cureOfOwnFile(refused, file, '')).toMatch(/^A folder on the way to it is closed/);
    writeFileSync(file, '');
    const command = /sudo (chown .*)$/.exec(cureOfOwnFile(refused, file, ''))?.[1] ?? 'false';
    execFileSync('sh', ['-c', command], { env: { ...process.env, USER: String(process.getuid?.()) } });
    chmodSync(file, 0o600);
    expect(cureOfUnreadable(refused, file, '')).toBe('Run this with sudo.');
  });
});
