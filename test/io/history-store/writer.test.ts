import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { type OpenDiskFile, openDiskFile } from '../../../src/io/history-store/disk-file.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { historyTrouble } from '../../../src/io/history-store/trouble.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

const DAY = 20_786;
const START = DAY * DAY_S;
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'hometui-history-')), 'history');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const noPause = async (): Promise<void> => {};

/** A minute of a sensor that speaks each five seconds; the minute is its value. */
function minute(n: number, index: number, day = DAY) {
  const from = day * DAY_S + 60 * index;
  const readings = Array.from({ length: 12 }, (_, place) => [from + 5 * place, index]).flat();
  return { heard: [{ from, until: from + 60 }], readings: new Map([[n, readings]]) };
}

/** The minutes that are there, each with all of its readings. */
function minutesRead(from = START, until = START + DAY_S): readonly number[] {
  const reader = openHistoryReader(folder);
  const counts = new Map<number, number>();
  reader.read(new Set([0]), { from, until }, null, {
    reading: (_, second, value) => {
      expect(Math.floor((second - from) / 60) % 1_440).toBe(value);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    rollUp: () => {},
  });
  for (const count of counts.values()) expect(count).toBe(12);
  return [...counts.keys()];
}

describe('a history', () => {
  it('is read beside its writer after each commit, and the same when it is closed and sealed', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    expect(writer.numberOf('flow', '°C', 2)).toBe(0);
    for (let index = 0; index < 20; index++) {
      await writer.commit(DAY, minute(0, index));
      expect(minutesRead().at(-1)).toBe(index);
    }
    await writer.commitEvents([
      { at: START * 1_000, type: 'switch', id: 'pump', severity: 'info', text: 'Pump is on', detail: {} },
    ]);
    await writer.seal(DAY + 1, noPause);
    expect(minutesRead()).toHaveLength(20);
    await writer.close();
    expect(readdirSync(folder).sort()).toEqual(
      ['2026-11.5m', '2026-11.events', '2026-11-29.day', '2026.1h', 'series.jsonl'].sort(),
    );
    const reader = openHistoryReader(folder);
    expect(reader.events({ from: START, until: START + 1 }).map(({ text }) => text)).toEqual(['Pump is on']);
    const rows: number[] = [];
    const span = { from: START, until: START + DAY_S };
    const listening = reader.read(new Set([0]), span, 300, {
      reading: () => {},
      rollUp: (_, __, row) => rows.push(row.n),
    });
    expect(rows).toEqual([60, 60, 60, 60]);
    expect(listening).toEqual({ heard: [{ from: START, until: START + 1_200 }], lost: [] });
  });

  it('is closed to others', async () => {
    await (await openHistoryWriter(folder, { wallNow: Date.now })).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  });

  it('goes on behind what was cut off in mid-write', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    writer.numberOf('flow', '°C', 2);
    for (let index = 0; index < 3; index++) await writer.commit(DAY, minute(0, index));
    const log = join(folder, '2026-11-29.log');
    const left = readFileSync(log);
    await writer.close();
    const end = readFileSync(log).length;
    for (let cut = end - 1; cut > end - 40; cut--) {
      const torn = Buffer.from(left);
      torn.fill(0, cut);
      // Its last bytes may be zeros.
      if (torn.equals(left)) continue;
      writeFileSync(log, torn);
      const next = await openHistoryWriter(folder, { wallNow: Date.now });
      await next.commit(DAY, minute(0, 7));
      await next.close();
      expect(minutesRead()).toEqual([0, 1, 7]);
    }
  });

  it('keeps a number for what it was given for, also where the table was lost', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    writer.numberOf('flow', '°C', 2);
    expect(writer.numberOf('flow', '°F', 2)).toBe(1);
    await writer.commit(DAY, minute(1, 0));
    await writer.close();
    const again = await openHistoryWriter(folder, { wallNow: Date.now });
    expect([again.numberOf('flow', '°C', 2), again.numberOf('flow', '°F', 2)]).toEqual([0, 1]);
    await again.close();
    rmSync(join(folder, 'series.jsonl'));
    const without = await openHistoryWriter(folder, { wallNow: Date.now });
    expect(without.numberOf('return', '°C', 2)).toBe(2);
    await without.close();
  });

  it('unites what a clock that was set back brings to a day that is sealed', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    writer.numberOf('flow', '°C', 2);
    for (const index of [0, 2]) await writer.commit(DAY, minute(0, index));
    await writer.seal(DAY + 1, noPause);
    await writer.commit(DAY, minute(0, 1));
    expect(minutesRead()).toEqual([0, 1, 2]);
    await writer.seal(DAY + 1, noPause);
    await writer.close();
    expect(minutesRead()).toEqual([0, 1, 2]);
    expect(existsSync(join(folder, '2026-11-29.log'))).toBe(false);
  });

  it('can be sealed again after each moment at which sealing may be cut off', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    writer.numberOf('flow', '°C', 2);
    for (let index = 0; index < 200; index += 7) await writer.commit(DAY, minute(0, index));
    const before = minutesRead();
    const copy = `${folder}-copy`;
    let pauses = 0;
    for (let stopAt = 1; stopAt <= 14; stopAt++) {
      pauses = 0;
      await writer
        .seal(DAY + 1, async () => {
          if (++pauses === stopAt) throw new Error('cut off');
        })
        .catch(() => {});
      expect(minutesRead()).toEqual(before);
      if (stopAt === 12) cpSync(folder, copy, { recursive: true });
    }
    expect(minutesRead()).toEqual(before);
    await writer.close();
    rmSync(copy, { recursive: true, force: true });
  });
});

describe('what stands in the way', () => {
  const refusal = async (): Promise<string> => {
    try {
      await (await openHistoryWriter(folder, { wallNow: Date.now })).close();
      return 'none';
    } catch (error) {
      return historyTrouble(folder, error, 'written').message;
    }
  };

  it('another process that records', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    expect(await refusal()).toMatch(/^process \d+ on .* already records/);
    await writer.close();
    expect(await refusal()).toBe('none');
  });

  it.each([
    ['of a process that is gone', { pid: 2 ** 22 - 1, startedAt: '1' }],
    ['of another process with the same number', { pid: process.pid, startedAt: '1' }],
    ['of an earlier start of the machine', { pid: process.pid, bootId: 'x' }],
  ])('but not a lock %s', async (_, change) => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    const lock = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'));
    await writer.close();
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...lock, ...change }));
    expect(await refusal()).toBe('none');
  });

  it.each(['', '{', '{"pid":'])('nor one that says %j', async text => {
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'lock'), text);
    expect(await refusal()).toBe('none');
  });

  it('a newer format, whose files stay as they are', async () => {
    await (await openHistoryWriter(folder, { wallNow: Date.now })).close();
    const table = join(folder, 'series.jsonl');
    const { tableHeader } = await import('../../../src/core/history/series.ts');
    const { crc32 } = await import('../../../src/core/history/bytes/crc32.ts');
    const json = tableHeader().split('\t')[0]?.replace('"version":1', '"version":2') ?? '';
    const newer = `${json}\t${crc32(new TextEncoder().encode(json)).toString(16).padStart(8, '0')}\n`;
    writeFileSync(table, newer);
    expect(await refusal()).toContain('is of a newer hometui: its format is 2');
    expect(() => openHistoryReader(folder)).toThrow('is of a newer hometui');
    expect(readFileSync(table, 'utf8')).toBe(newer);
  });

  it('a folder that others may write into, one that is none, and a link in it', async () => {
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(folder, 0o777);
    expect(await refusal()).toContain('others may write into it');
    chmodSync(folder, 0o700);
    const secret = join(folder, '..', 'secret');
    writeFileSync(secret, 'kept');
    symlinkSync(secret, join(folder, 'series.jsonl'));
    expect(await refusal()).toContain('cannot be written');
    expect(readFileSync(secret, 'utf8')).toBe('kept');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    expect(await refusal()).toContain('it is no folder');
  });

  it.runIf(process.getuid?.() === 0)('a folder of another user', async () => {
    mkdirSync(folder, { mode: 0o700 });
    const { chownSync } = await import('node:fs');
    chownSync(folder, 12_345, 12_345);
    expect(await refusal()).toContain('it belongs to another user');
  });
});

describe('a disk that fails', () => {
  /** A disk that is full, or fails in another way, while `fault` is set. */
  function failingDisk(): { openFile: OpenDiskFile; state: { fault: string | null } } {
    const state: { fault: string | null } = { fault: null };
    const check = (): void => {
      if (state.fault !== null) throw Object.assign(new Error(state.fault), { code: state.fault });
    };
    const openFile: OpenDiskFile = async path => {
      const file = await openDiskFile(path);
      return {
        ...file,
        write: async (bytes, place) => {
          // What was written before the disk was full stays.
          if (state.fault !== null) await file.write(bytes.subarray(0, bytes.length >> 1), place);
          check();
          await file.write(bytes, place);
        },
        sync: async () => {
          check();
          await file.sync();
        },
      };
    };
    return { openFile, state };
  }

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk can only be read'],
    ['EIO', 'EIO'],
  ])('with %s says so, loses nothing that was written, and goes on', async (code, words) => {
    const { openFile, state } = failingDisk();
    const writer = await openHistoryWriter(folder, { wallNow: Date.now, openFile });
    writer.numberOf('flow', '°C', 2);
    for (let index = 0; index < 200; index++) {
      if (index % 10 === 5) {
        state.fault = code;
        const error = await writer.commit(DAY, minute(0, index)).catch((error: unknown) => error);
        expect(historyTrouble(folder, error, 'written').message).toContain(words);
        expect(minutesRead()).toHaveLength(index);
        state.fault = null;
      }
      await writer.commit(DAY, minute(0, index));
    }
    await writer.close();
    expect(minutesRead()).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it('that is taken away, or whose folder is removed, is begun anew with the same numbers', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    writer.numberOf('flow', '°C', 2);
    await writer.commit(DAY, minute(0, 0));
    rmSync(folder, { recursive: true });
    await writer.commit(DAY, minute(0, 1));
    expect(minutesRead()).toEqual([1]);
    expect(openHistoryReader(folder).series).toEqual([{ n: 0, id: 'flow', unit: '°C', scale: 2 }]);
    await writer.close();
  });
});
