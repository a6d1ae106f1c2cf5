import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from '../../../src/io/files/file-lock.ts';
import { ownMark } from '../../../src/io/running-process.ts';

const PROCESSES = 6;
const ROUNDS = 40;

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

  it('breaks the lock that a killed process has left, and one that says nothing', async () => {
    const child = spawn('true');
    const mark = { ...ownMark(), pid: child.pid ?? 0 };
    await once(child, 'exit');
    for (const text of [JSON.stringify(mark), JSON.stringify({ ...ownMark(), bootId: 'of yesterday' }), '', '{"pid"']) {
      writeFileSync(`${file}.lock`, text);
      expect(withFileLock(file, () => 'done')).toBe('done');
      expect(readdirSync(folder)).toEqual([]);
    }
  }, 20_000);

  it('does not break that of a process that runs, however long it takes, and says whose it is', () => {
    const text = JSON.stringify(ownMark());
    writeFileSync(`${file}.lock`, text);
    expect(() => withFileLock(file, () => 'done')).toThrow(`process ${process.pid} has held it for 5 s`);
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(text);
  }, 30_000);

  it('leaves alone the lock of another who took it for a dead one', () => {
    withFileLock(file, () => {
      rmSync(`${file}.lock`);
      writeFileSync(`${file}.lock`, 'of another');
    });
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe('of another');
  });

  it('lets no two in, where many find an old lock at the same time', async () => {
    const program = join(folder, 'count.mjs');
    const entryPoint = new URL('../../helpers/program/count-locked.ts', import.meta.url).pathname;
    const built = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' } as const;
    await build({ entryPoints: [entryPoint], outfile: program, ...built });
    writeFileSync(file, '0');
    const ends = Array.from({ length: PROCESSES }, async () => {
      const child = spawn(process.execPath, [program, file, String(ROUNDS)], { stdio: 'ignore' });
      return (await once(child, 'exit'))[0];
    });
    expect(await Promise.all(ends)).toEqual(ends.map(() => 0));
    expect(readFileSync(file, 'utf8')).toBe(String(PROCESSES * ROUNDS));
    expect(readdirSync(folder).sort()).toEqual(['count', 'count.mjs']);
  }, 60_000);

  it('throws where no lock can be made', () => {
    expect(() => withFileLock(join(folder, 'none', 'file'), () => 'done')).toThrow('ENOENT');
  });
});
