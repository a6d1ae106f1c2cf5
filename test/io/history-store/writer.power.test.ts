import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { type OpenDiskFile, openDiskFile } from '../../../src/io/history-store/disk-file.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';
import { createRandom } from '../../helpers/random/random.ts';

const DAY = 20_786;

/** What was done to a file, in its order. */
type Act =
  | { readonly file: string; readonly bytes: Uint8Array; readonly place: number }
  | { readonly file: string; readonly isSync: true }
  | { readonly acknowledged: number };

it('after a power cut at any moment all that was acknowledged is there, whatever of the rest reached the disk', async () => {
  const place = mkdtempSync(join(tmpdir(), 'hometui-power-'));
  try {
    const acts: Act[] = [];
    const openFile: OpenDiskFile = async path => {
      const file = await openDiskFile(path);
      const name = basename(path);
      return {
        ...file,
        write: async (bytes, at) => {
          acts.push({ file: name, bytes: bytes.slice(), place: at });
          await file.write(bytes, at);
        },
        sync: async () => {
          await file.sync();
          acts.push({ file: name, isSync: true });
        },
      };
    };
    const writer = await openHistoryWriter(join(place, 'history'), { wallNow: Date.now, openFile });
    const n = writer.numberOf('flow', '°C', 2);
    for (let minute = 0; minute < 40; minute++) {
      const from = DAY * DAY_S + 60 * minute;
      await writer.commit(DAY, {
        heard: [{ from, until: from + 60 }],
        readings: new Map([[n, [from, minute, from + 30, minute]]]),
      });
      acts.push({ acknowledged: minute });
    }
    await writer.close();
    const random = createRandom(13);
    for (let prefix = 0; prefix <= acts.length; prefix++) {
      const folder = join(place, `cut-${prefix}`);
      mkdirSync(folder, { mode: 0o700 });
      for (const [name, bytes] of afterCut(acts.slice(0, prefix), random)) writeFileSync(join(folder, name), bytes);
      const reader = openHistoryReader(folder);
      const found: number[] = [];
      reader.read(
        new Set(reader.series.map(series => series.n)),
        { from: DAY * DAY_S, until: (DAY + 1) * DAY_S },
        null,
        {
          reading: (_, second, value) => {
            expect(Math.floor((second - DAY * DAY_S) / 60)).toBe(value);
            found.push(value);
          },
          rollUp: () => {},
        },
      );
      const acknowledged = acts.slice(0, prefix).flatMap(act => ('acknowledged' in act ? [act.acknowledged] : []));
      for (const minute of acknowledged)
        expect(
          found.filter(value => value === minute),
          `cut ${prefix}`,
        ).toHaveLength(2);
      rmSync(folder, { recursive: true });
    }
    expect(readdirSync(place)).toEqual(['history']);
    expect(readFileSync(join(place, 'history', '2026-11-29.log')).length).toBeGreaterThan(400);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

/** The files as a disk may hold them: what was synced, and of the writes since then any, whole or in part. */
function afterCut(
  acts: readonly Act[],
  random: { readonly chance: (of: number) => boolean; readonly below: (n: number) => number },
) {
  const files = new Map<string, Uint8Array>();
  const put = (file: string, bytes: Uint8Array, place: number): void => {
    const old = files.get(file) ?? new Uint8Array();
    const next = new Uint8Array(Math.max(old.length, place + bytes.length));
    next.set(old);
    next.set(bytes, place);
    files.set(file, next);
  };
  for (const [index, act] of acts.entries()) {
    if (!('bytes' in act)) continue;
    const isSafe = acts.slice(index).some(later => 'isSync' in later && later.file === act.file);
    if (isSafe) put(act.file, act.bytes, act.place);
    else if (random.chance(0.5)) put(act.file, act.bytes.subarray(0, random.below(act.bytes.length + 1)), act.place);
  }
  return files;
}
