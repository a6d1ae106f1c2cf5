import { lchownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { historyTrouble } from '../../../src/io/history-store/trouble.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-place-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('a history whose folder is a link', () => {
  it('of our own is used: it may lead to another disk', async () => {
    const [disk, folder] = [join(place, 'disk'), join(place, 'history')];
    mkdirSync(disk, { mode: 0o700 });
    symlinkSync(disk, folder);
    await (await openHistoryWriter(folder, { wallNow: Date.now })).close();
    expect(readdirSync(disk)).toEqual(['series.jsonl']);
    expect(openHistoryReader(folder).isEmpty()).toBe(true);
  });

  it('that leads nowhere is told', async () => {
    const folder = join(place, 'history');
    symlinkSync(join(place, 'none'), folder);
    const error = await openHistoryWriter(folder, { wallNow: Date.now }).catch((one: unknown) => one);
    expect(historyTrouble(folder, error, 'written').message).toContain('the history cannot be written');
  });

  it.runIf(process.getuid?.() === 0)('of another user is not used, nor read: it may lead anywhere', async () => {
    const [disk, folder] = [join(place, 'disk'), join(place, 'history')];
    mkdirSync(disk, { mode: 0o700 });
    symlinkSync(disk, folder);
    lchownSync(folder, 12_345, 12_345);
    await expect(openHistoryWriter(folder, { wallNow: Date.now })).rejects.toThrow('it belongs to another user');
    expect(() => openHistoryReader(folder)).toThrow('it belongs to another user');
    expect(readdirSync(disk)).toEqual([]);
  });
});
