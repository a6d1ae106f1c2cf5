import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from '../../../src/io/files/file-lock.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-lock-'));
  file = join(folder, 'count');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that has the lock for a third of a second. */
async function holder(): Promise<ReturnType<typeof spawn>> {
  const program = `require('fs').writeFileSync(process.argv[1] + '.lock', '', { flag: 'wx' });
    process.stdout.write('held');
    setTimeout(() => require('fs').rmSync(process.argv[1] + '.lock'), 300);`;
  const child = spawn(process.execPath, ['-e', program, file]);
  await once(child.stdout, 'data');
  return child;
}

describe('withFileLock', () => {
  it('gives what the work gives, and leaves no lock', () => {
    expect(withFileLock(file, () => existsSync(`${file}.lock`))).toBe(true);
    expect(existsSync(`${file}.lock`)).toBe(false);
    const fault = () => {
      throw new Error('fault');
    };
    expect(() => withFileLock(file, fault)).toThrow('fault');
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('waits for another process', async () => {
    const child = await holder();
    withFileLock(file, () => writeFileSync(file, 'ours'));
    expect(readFileSync(file, 'utf8')).toBe('ours');
    if (child.exitCode === null) await once(child, 'exit');
  });

  it('breaks the lock that a killed process has left', () => {
    writeFileSync(`${file}.lock`, '');
    expect(withFileLock(file, () => 'done')).toBe('done');
  });

  it('throws where no lock can be made', () => {
    expect(() => withFileLock(join(folder, 'none', 'file'), () => 'done')).toThrow('ENOENT');
  });
});
