import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LockOwner, readLockOwner, takeWriterLock } from '../../../src/io/history-store/writer-lock.ts';

const NOW = 1_800_000_000_000;
const MINUTE_MS = 60_000;

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The lock that this process takes, in the hands of somebody else; last written to so long ago. */
function leave(change: Partial<LockOwner>, agoMs = 0): LockOwner {
  const taken = takeWriterLock(folder, NOW, 'daemon');
  if (!('release' in taken)) throw new Error('the lock is free');
  const owner = { ...JSON.parse(readFileSync(file, 'utf8')), ...change } as LockOwner;
  writeFileSync(file, JSON.stringify(owner));
  const at = (NOW - agoMs) / 1_000;
  utimesSync(file, at, at);
  return owner;
}

const isTaken = (): boolean => {
  const taken = takeWriterLock(folder, NOW, 'console');
  if ('release' in taken) taken.release();
  return 'release' in taken;
};

describe('the lock of a history', () => {
  it('says who has it, as what and since when, and is free again when it is given back', () => {
    const taken = takeWriterLock(folder, NOW, 'daemon');
    expect(takeWriterLock(folder, NOW + 1, 'console')).toMatchObject({ pid: process.pid, role: 'daemon', since: NOW });
    expect(readLockOwner(folder, NOW)).toMatchObject({ pid: process.pid });
    if ('release' in taken) taken.release();
    expect([existsSync(file), readLockOwner(folder, NOW)]).toEqual([false, null]);
  });

  it('is taken over from a process that is gone, and from a number that was given out again', async () => {
    const child = spawn('true');
    const { pid = 0 } = child;
    await once(child, 'exit');
    leave({ pid });
    expect(isTaken()).toBe(true);
    leave({ startedAt: '1' });
    expect(isTaken()).toBe(true);
  });

  it('is taken over from before the machine was started again', () => {
    leave({ bootId: 'an earlier start' });
    expect(isTaken()).toBe(true);
  });

  it('on a disk that machines share is that of another one for as long as it writes', () => {
    const other = { host: 'attic-pi', bootId: 'of the attic' };
    leave(other, 4 * MINUTE_MS);
    expect(takeWriterLock(folder, NOW, 'daemon')).toMatchObject({ host: 'attic-pi', role: 'daemon' });
    // Any file of the history counts.
    rmSync(file);
    leave(other, 6 * MINUTE_MS);
    writeFileSync(join(folder, '2027-01-15.log'), '');
    utimesSync(join(folder, '2027-01-15.log'), NOW / 1_000, NOW / 1_000);
    expect(isTaken()).toBe(false);
    utimesSync(join(folder, '2027-01-15.log'), NOW / 1_000 - 360, NOW / 1_000 - 360);
    expect(isTaken()).toBe(true);
  });

  it('in a container whose processes cannot be seen counts in the same way', () => {
    leave({ pids: 'pid:[1]', pid: 1 }, MINUTE_MS);
    expect(isTaken()).toBe(false);
    rmSync(file);
    leave({ pids: 'pid:[1]', pid: 1 }, 6 * MINUTE_MS);
    expect(isTaken()).toBe(true);
  });

  it.each(['', '{"pid":', 'rubbish', '[]', 'null', '7'])('that holds %j is nobody’s', text => {
    writeFileSync(file, text);
    expect(readLockOwner(folder, NOW)).toBeNull();
    expect(isTaken()).toBe(true);
  });

  it('is left to who took it over meanwhile', () => {
    const taken = takeWriterLock(folder, NOW, 'console');
    writeFileSync(file, JSON.stringify({ pid: process.pid + 1, startedAt: 'x' }));
    if ('release' in taken) taken.release();
    expect(existsSync(file)).toBe(true);
  });
});
