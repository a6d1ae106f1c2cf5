import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';
import { findProgram } from '../../helpers/require-program.ts';
import { type Figure, round } from '../figures.ts';

const DISK_MIB = 512;
const MIB = 1_048_576;

/** A disk of its own, and what was written to it so far, bytes. */
interface CountedDisk {
  readonly folder: string;
  readonly counter: string;
  readonly written: () => number;
  readonly close: () => void;
}

/**
 * What a day costs a disk: 1,440 writes of a minute each, and the sealing. Counted by the block device itself on an ext4 of
 * its own, where root and loop devices are there to make one, else by what the kernel counts for this process.
 */
export async function measureWrites(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [sensors, goal] of [
    [4, '≤ 7 MiB'],
    [500, '≤ 60 MiB'],
  ] as const) {
    const disk = openDisk();
    try {
      const before = disk.written();
      await liveADay(join(disk.folder, 'history'), sensors);
      const written = disk.written() - before;
      figures.push({
        what: `history: written to the disk in a day, ${sensors} sensors each 5 s`,
        value: `${round(written / MIB)} MiB`,
        compared: disk.counter,
        goal,
      });
    } finally {
      disk.close();
    }
  }
  return figures;
}

async function liveADay(folder: string, sensors: number): Promise<void> {
  const day = 20_786;
  const writer = await openHistoryWriter(folder, { wallNow: Date.now });
  const numbers = Array.from({ length: sensors }, (_, index) => writer.numberOf(`sensor-${index}`, '°C', 2));
  for (let from = day * DAY_S; from < (day + 1) * DAY_S; from += 60) {
    const readings = new Map(numbers.map(n => [n, minuteOf(n, from)]));
    await writer.commit(day, { heard: [{ from, until: from + 60 }], readings });
  }
  await writer.seal(day + 1, async () => {});
  await writer.close();
}

/** Three of five values are equal to the one before, as in the article's house. */
function minuteOf(n: number, from: number): readonly number[] {
  return Array.from({ length: 12 }, (_, index) => {
    const second = from + 5 * index + (n % 5);
    const noise = (second * 7_919 + n * 104_729) % 1_000 < 200 ? 6 : 0;
    return [second, 5_500 + 6 * Math.round(130 * Math.sin((2 * Math.PI * second) / 5_400)) + noise];
  }).flat();
}

function openDisk(): CountedDisk {
  const place = mkdtempSync(join(tmpdir(), 'hometui-disk-'));
  return openLoopDisk(place) ?? openOwnCount(place);
}

function openLoopDisk(place: string): CountedDisk | null {
  if (process.getuid?.() !== 0 || ['losetup', 'mkfs.ext4', 'mount'].some(name => findProgram(name) === null))
    return null;
  const [image, folder] = [join(place, 'image'), join(place, 'disk')];
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  let device = '';
  try {
    run('truncate', '-s', `${DISK_MIB}M`, image);
    device = run('losetup', '--find', '--show', image);
    run('mkfs.ext4', '-q', '-E', 'lazy_itable_init=0,lazy_journal_init=0', device);
    mkdirSync(folder);
    run('mount', device, folder);
    run('sync', '-f', folder);
  } catch {
    if (device !== '') run('losetup', '--detach', device);
    return null;
  }
  const stat = `/sys/block/${device.replace('/dev/', '')}/stat`;
  return {
    folder,
    counter: 'counted by the block device, ext4',
    written: () => {
      run('sync', '-f', folder);
      // Field 7 of the kernel's iostats.rst: sectors of 512 bytes.
      return Number(readFileSync(stat, 'utf8').trim().split(/\s+/)[6]) * 512;
    },
    close: () => {
      run('umount', folder);
      run('losetup', '--detach', device);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function openOwnCount(place: string): CountedDisk {
  return {
    folder: place,
    counter: 'counted by /proc/self/io, which counts whole pages and no journal',
    written: () => Number(/write_bytes: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]),
    close: () => rmSync(place, { recursive: true, force: true }),
  };
}
