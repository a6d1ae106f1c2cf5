import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/core/history/calendar.ts';
import { openHistoryWriter } from '../../src/io/history-store/writer.ts';
import { writeDays } from '../helpers/history/days.ts';
import { mayMount } from '../helpers/may-mount.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';

const TODAY = dayOf(Date.now() / 1_000);
let home: string;
let folder: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'hometui-upkeep-'));
  folder = join(home, 'hometui', 'history', 'Home@localhost');
  await writeDays(folder, { first: TODAY - 3, days: 3 });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (...args: readonly string[]) =>
  runHometui(['history', ...args], { env: { HOME: home, XDG_STATE_HOME: home } });

describe('hometui history', () => {
  it('compact, check, repair and import, one after the other', async () => {
    const compacted = await run('compact');
    expect([compacted.code, compacted.stdout]).toEqual([
      0,
      expect.stringMatching(/^1 day sealed\n.* before, .* now\n$/),
    ]);
    expect((await run('compact')).stdout).toMatch(/^nothing was to be done\n/);
    const day = readdirSync(folder).find(name => name.endsWith('.day')) ?? '';
    const bytes = readFileSync(join(folder, day));
    bytes[700] = (bytes[700] ?? 0) ^ 1;
    writeFileSync(join(folder, day), bytes);
    expect(await run('check')).toMatchObject({ code: 1, stdout: expect.stringContaining('history repair') });
    const repaired = await run('repair');
    expect([repaired.code, repaired.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^.*\.day is whole again: 1 of 24 blocks .*\n {2}lost: .* 2 h\n {2}the damaged one is kept as /,
      ),
    ]);
    expect(await run('check')).toMatchObject({ code: 0 });
    expect((await run('repair')).stdout).toMatch(/is damaged: nothing was changed\n$/);
  });

  it('import tells what was taken, what was not, and why', async () => {
    const file = join(home, 'old.csv');
    const at = (TODAY - 9) * 86_400;
    writeFileSync(file, `time,sensor,value\n${at},flow,50\n${at + 60},boiler,60\n${at + 120},flow,warm\n60,flow,1\n`);
    const imported = await run('import', file);
    expect(imported.code).toBe(1);
    expect(imported.stdout).toMatch(/^1 value from .* in 1 day: 1 new, 0 known before\n/);
    expect(imported.stdout).toContain('left out: 1 value of boiler, which the house does not have');
    expect(imported.stderr).toMatch(/old\.csv:4: error: its value is no number\n/);
    expect(imported.stderr).toMatch(/old\.csv:5: error: its time, 1970-01-01T00:01:00Z, is before the year 2000\n/);
    const mapped = await run('import', file, '--map', 'boiler=return');
    expect(mapped.stdout).toMatch(/in 1 day: 1 new, 1 known before\n/);
  });

  it.each([
    [['import'], 64, 'takes one FILE'],
    [['import', 'none.csv'], 66, 'none.csv cannot be read: there is no such file'],
    [['import', '/dev/null'], 66, 'it is no ordinary file'],
    [['import', 'LICENSE'], 66, 'neither CSV nor line protocol nor OpenMetrics'],
    [['import', 'LICENSE', '-F', 'jsonl'], 64, 'hometui history import does not read jsonl'],
    [['import', 'LICENSE', '--map', 'a=b'], 64, 'the house has no sensor "b"'],
    [['repair', '--map', 'a=b'], 64, 'hometui history repair does not take --map'],
  ])('%j ends with %d: %s', async (args, code, words) => {
    const ended = await run(...args);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(words)]);
  });

  it.runIf(mayMount())('reads a disk that can only be read, and says so where it would have to write', async () => {
    const line = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"';
    const readOnly = (...args: readonly string[]) => {
      const command = ['-Urm', 'sh', '-c', line, 'sh', home, process.execPath, PROGRAM, 'history', ...args];
      const { PATH = '' } = process.env;
      const env = { PATH, HOME: home, XDG_STATE_HOME: home };
      return spawnSync('unshare', command, { env, encoding: 'utf8' });
    };
    expect(readOnly('--last', '30d', '-F', 'csv')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/,reading,flow,/),
    });
    for (const args of [['compact'], ['import', join(home, 'old.csv')]]) {
      const { status, stderr } = readOnly(...args);
      expect([status, stderr]).toEqual([78, expect.stringContaining('cannot be changed: the disk can only be read')]);
    }
  });

  it('changes nothing while somebody records, who is named', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now, role: 'daemon' });
    for (const args of [['compact'], ['import', join(home, 'old.csv')]]) {
      const { code, stderr } = await run(...args);
      expect([code, stderr]).toEqual([78, expect.stringContaining(`the daemon, process ${process.pid} on`)]);
    }
    await writer.close();
  });
});
