import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { createRandom } from '../../helpers/random/random.ts';

/** 500 is what the project promises, and takes minutes. */
const KILLS = Number(process.env.HOMETUI_TEST_HISTORY_KILLS ?? 20);
const DAY = 20_786;
/** Of a process: as long as Node takes to start, and some commits. */
const LONGEST_LIFE_MS = 150;

let place: string;
let writer: string;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'hometui-history-'));
  writer = join(place, 'writer.mjs');
  const entry = new URL('../../helpers/history/writer.ts', import.meta.url).pathname;
  await build({
    entryPoints: [entry],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** So many processes write to the log of one day: it is read whole each time. */
const KILLS_A_DAY = 10;
const dayOf = (kill: number): number => DAY + Math.floor(kill / KILLS_A_DAY);

/** Each minute with how many of its twelve readings are there. Throws for a reading that nobody wrote. */
function read(folder: string, day: number): Map<number, number> {
  const found = new Map<number, number>();
  openHistoryReader(folder).read(new Set([0]), { from: day * DAY_S, until: (day + 1) * DAY_S }, null, {
    reading: (_, second, value) => {
      const minute = value - 100_000;
      const inMinute = second - day * DAY_S - 60 * (minute % 1_440);
      if (inMinute % 5 !== 0 || inMinute < 0 || inMinute > 55) throw new Error(`${second} ${value} is false`);
      found.set(minute, (found.get(minute) ?? 0) + 1);
    },
    rollUp: () => {},
  });
  return found;
}

it(
  `${KILLS} times kill -9 loses nothing that was acknowledged, beside a reader`,
  async () => {
    const random = createRandom(12);
    const folder = join(place, 'history');
    const acknowledged: number[] = [];
    let reads = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [writer, folder, String(dayOf(kill)), String(kill * 1_000)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      // From the first commit on, so that each of them is killed at work.
      await once(child.stdout, 'data');
      const endsAt = performance.now() + random.next() * LONGEST_LIFE_MS;
      while (performance.now() < endsAt) {
        const known = said.split('\n').length - 1;
        expect(
          [...read(folder, dayOf(kill)).keys()].filter(minute => minute >= kill * 1_000).length,
        ).toBeGreaterThanOrEqual(known);
        reads++;
        await new Promise(resolve => setImmediate(resolve));
      }
      child.kill('SIGKILL');
      await exited;
      acknowledged.push(...said.split('\n').slice(0, -1).map(Number));
    }
    const days = new Set(Array.from({ length: KILLS }, (_, kill) => dayOf(kill)));
    const found = new Map([...days].flatMap(day => [...read(folder, day)]));
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(acknowledged.filter(minute => found.get(minute) !== 12)).toEqual([]);
    expect([...found].filter(([, count]) => count !== 12)).toEqual([]);
    expect(reads).toBeGreaterThan(KILLS / 2);
    if (KILLS > 100) process.stderr.write(`${KILLS} kills, ${acknowledged.length} commits, ${reads} reads\n`);
  },
  KILLS * 5_000,
);
