import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { stepFor } from '../../../src/core/history/query/step.ts';
import { type Figure, round } from '../figures.ts';
import { COLUMNS, QUESTIONS } from './own.ts';
import type { RawDays } from './raw.ts';

/** A Node.js that has node:sqlite (22.5 on); `null` where none is named. */
function findNode(): string | null {
  const { HOMETUI_BENCH_NODE24: named } = process.env;
  const nodes = [process.execPath, ...(named === undefined ? [] : [named])];
  return nodes.find(node => spawnSync(node, ['-e', "require('node:sqlite')"]).status === 0) ?? null;
}

/** The same values in SQLite: one row each, found by series and time. */
export async function measureSqlite(raw: RawDays, today: number, days: number): Promise<readonly Figure[]> {
  const node = findNode();
  if (node === null) {
    console.error('SKIPPED: SQLite, for this Node.js has none; HOMETUI_BENCH_NODE24 names one that has');
    return [];
  }
  const place = mkdtempSync(join(tmpdir(), 'hometui-sqlite-'));
  try {
    const asked = QUESTIONS.filter(([, length]) => length <= days);
    const questions = asked.map(([, length]) => [length, stepFor(length * DAY_S, COLUMNS)]);
    const script = resolve('test/bench/history/sqlite-child.cjs');
    const args = ['--no-warnings', script, join(place, 'h.db'), String(today), JSON.stringify(questions)];
    const child = spawn(node, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.on('data', chunk => {
      told += String(chunk);
    });
    for (let day = today - days; day < today; day++) {
      if (!child.stdin.write(recordsOf(raw.read(day)))) await once(child.stdin, 'drain');
    }
    child.stdin.end();
    await once(child, 'close');
    const { count, bytes, times } = JSON.parse(told) as { count: number; bytes: number; times: readonly number[] };
    return [
      {
        what: `SQLite: ${days} days of the same`,
        value: `${round(bytes / 1_048_576)} MiB`,
        compared: `${round(bytes / count)} B a reading`,
      },
      ...asked.map(([name], index) => ({
        what: `SQLite: a ${name} in the process`,
        value: `${round(times[index] ?? 0)} ms`,
      })),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Series, second and value of each, 16 bytes. */
function recordsOf(readings: ReadonlyMap<number, readonly number[]>): Buffer {
  const count = [...readings.values()].reduce((sum, list) => sum + list.length / 2, 0);
  const bytes = Buffer.alloc(16 * count);
  let place = 0;
  for (const [n, list] of readings) {
    for (let index = 0; index < list.length; index += 2) {
      bytes.writeUInt32LE(n, place);
      bytes.writeUInt32LE(list[index] ?? 0, place + 4);
      bytes.writeDoubleLE(list[index + 1] ?? 0, place + 8);
      place += 16;
    }
  }
  return bytes;
}
