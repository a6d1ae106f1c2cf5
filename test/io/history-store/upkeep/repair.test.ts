import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_S } from '../../../../src/core/history/calendar.ts';
import type { Listening } from '../../../../src/core/history/listening.ts';
import { keepAll } from '../../../../src/core/history/retention.ts';
import type { RollUpStep } from '../../../../src/core/history/roll-up.ts';
import { checkHistory } from '../../../../src/io/history-store/check.ts';
import { openDiskFile } from '../../../../src/io/history-store/disk-file.ts';
import { keepTallies } from '../../../../src/io/history-store/events/tallies.ts';
import { openHistoryReader } from '../../../../src/io/history-store/reader.ts';
import { compactHistory } from '../../../../src/io/history-store/upkeep/compact.ts';
import { repairHistory } from '../../../../src/io/history-store/upkeep/repair.ts';
import { openHistoryWriter } from '../../../../src/io/history-store/writer.ts';
import { writeDays } from '../../../helpers/history/days.ts';
import { createRandom } from '../../../helpers/random/random.ts';

const TODAY = 20_786;
const SPAN = { from: (TODAY - 3) * DAY_S, until: (TODAY + 1) * DAY_S };
/** Damaged histories; thousands with the variable, which takes minutes. */
const ROUNDS = Number(process.env.HOMETUI_TEST_HISTORY_ROUNDS ?? 30);
let place: string;
let whole: string;
let folder: string;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'hometui-repair-'));
  whole = join(place, 'whole');
  await writeDays(whole, { first: TODAY - 3, days: 4, lastMinutes: 300 });
  await keepTallies(whole, async () => {});
});
afterAll(() => rmSync(place, { recursive: true, force: true }));
beforeEach(() => {
  folder = join(place, 'damaged');
  rmSync(folder, { recursive: true, force: true });
  cpSync(whole, folder, { recursive: true });
});

const upkeep = () => ({
  folder,
  wallNow: () => (TODAY * DAY_S + 50_000) * 1_000,
  openFile: openDiskFile,
  pause: async () => {},
  onProgress: () => {},
});

interface Read {
  readonly values: ReadonlySet<string>;
  readonly listening: Listening;
}

/** All that a history says, of which a series' name is a part. */
function readAll(of: string, step: RollUpStep | null = null): Read {
  const reader = openHistoryReader(of);
  const names = new Map(reader.series.map(({ n, id }) => [n, id]));
  const values = new Set<string>();
  const listening = reader.read(new Set(names.keys()), SPAN, step, {
    reading: (n, second, value) => {
      if (step === null) values.add(`${names.get(n)} ${second} ${value}`);
    },
    rollUp: (n, by, row) => {
      if (by === step) values.add(`${names.get(n)} ${row.index * by} ${JSON.stringify(row)}`);
    },
  });
  return { values, listening };
}

const secondOf = (value: string): number => Number(value.split(' ')[1]);
const isLost = (second: number, { lost }: Listening): boolean =>
  lost.some(({ from, until }) => second >= from && second < until);

describe('a history that is damaged anywhere', () => {
  it('is whole after the repair: it says what it said before, nothing false, and what is gone is told as damaged', async () => {
    const random = createRandom(21);
    const before = readAll(whole);
    const rolled = readAll(whole, 300);
    const files = readdirSync(whole).filter(name => name !== 'series.jsonl');
    for (let round = 0; round < ROUNDS; round++) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(whole, folder, { recursive: true });
      const damaged = Array.from({ length: 1 + random.below(3) }, () => damage(random.pick(files), random));
      const [read, readRolled] = [readAll(folder), readAll(folder, 300)];
      const found = checkHistory(folder).findings.map(({ file }) => file);
      const mended = await repairHistory(upkeep());
      const why = JSON.stringify({ round, damaged, mended });
      expect(mended.map(({ file }) => file).sort(), why).toEqual([...found].sort());
      expect(checkHistory(folder).findings, why).toEqual([]);
      for (const { file, keptAs } of mended) expect(readdirSync(folder), file).toContain(keptAs);
      const after = readAll(folder);
      expect(
        [...read.values].filter(value => !after.values.has(value)),
        why,
      ).toEqual([]);
      expect(
        [...after.values].filter(value => !before.values.has(value)),
        why,
      ).toEqual([]);
      const gone = [...before.values].filter(value => !after.values.has(value));
      // Damage that reaches the end of an open day's log cannot be told from a write that a power cut has cut off.
      const end = [...read.values].reduce((last, value) => Math.max(last, secondOf(value)), 0);
      const untold = gone.filter(value => secondOf(value) <= end && !isLost(secondOf(value), after.listening));
      expect(untold, why).toEqual([]);
      const rolledAfter = readAll(folder, 300);
      expect(
        [...readRolled.values].filter(value => !rolledAfter.values.has(value)),
        why,
      ).toEqual([]);
      expect(
        [...rolledAfter.values].filter(value => secondOf(value) < TODAY * DAY_S && !rolled.values.has(value)),
        why,
      ).toEqual([]);
      expect(await repairHistory(upkeep())).toEqual([]);
    }
  });

  it('keeps a value in the roll-ups though the readings are gone, also when the day is sealed again', async () => {
    flip('2026-11-27.day', 700);
    const [mended] = await repairHistory(upkeep());
    expect(mended).toMatchObject({ file: '2026-11-27.day', what: expect.stringMatching(/^1 of 24 blocks/) });
    expect(mended?.lost).toHaveLength(1);
    expect(readAll(folder, 300).values).toEqual(readAll(whole, 300).values);
    expect(readAll(folder).values.size).toBe(readAll(whole).values.size - 120);
  });

  it('tells lost events where they were', async () => {
    flip('2026-11.events', 400);
    const [mended] = await repairHistory(upkeep());
    expect(mended?.lost).toHaveLength(1);
    const texts = openHistoryReader(folder)
      .events(SPAN)
      .map(({ text }) => text);
    expect(texts.filter(text => text.includes('is lost'))).toHaveLength(1);
    expect(texts).toHaveLength(3 * 12 + 3);
  });

  it('gives the number of a line that is damaged in the table of series to nobody else', async () => {
    const table = join(folder, 'series.jsonl');
    const lines = readFileSync(table, 'utf8').split('\n');
    writeFileSync(table, lines.map(line => (line.includes('"return"') ? line.replace('1', '4') : line)).join('\n'));
    const [mended] = await repairHistory(upkeep());
    expect(mended?.note).toMatch(/^the values of 1 series have no name any more/);
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    expect(writer.numberOf('return', '°C', 2)).toBe(3);
    expect(writer.numberOf('flow', '°C', 2)).toBe(0);
    await writer.close();
  });

  it('is left alone while somebody records, who is named', async () => {
    flip('2026-11-27.day', 700);
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    await expect(repairHistory(upkeep())).rejects.toThrow(`process ${process.pid} on`);
    await writer.close();
    expect(checkHistory(folder).findings).toHaveLength(1);
  });

  it('can be broken off anywhere, and goes on', async () => {
    for (const name of ['2026-11-26.day', '2026-11-27.day', '2026-11.5m']) flip(name, 900);
    const read = readAll(folder).values;
    for (let left = 0, isDone = false; !isDone; left += 7) {
      let pauses = 0;
      isDone = await repairHistory({
        ...upkeep(),
        pause: async () => {
          if (pauses++ >= left) throw new Error('broken off');
        },
      }).then(
        () => true,
        () => false,
      );
      const after = readAll(folder).values;
      expect([...read].filter(value => !after.has(value))).toEqual([]);
    }
    expect(checkHistory(folder).findings).toEqual([]);
  });
});

describe('a day whose roll-ups are left alone', () => {
  it.each([
    ['its readings are gone', ['.day']],
    ['its readings and the finer roll-up are gone', ['.day', '.5m']],
  ])('tells them where %s', (_, endings) => {
    for (const name of readdirSync(folder)) {
      if (endings.some(ending => name.endsWith(ending))) rmSync(join(folder, name));
    }
    const step = endings.length === 1 ? 300 : 3_600;
    const reader = openHistoryReader(folder);
    for (const asked of [null, 300, 3_600] as const) {
      const steps = new Set<number>();
      const span = { from: SPAN.from, until: TODAY * DAY_S };
      const listening = reader.read(new Set([0]), span, asked, {
        reading: () => expect.unreachable(),
        rollUp: (_n, by) => steps.add(by),
      });
      expect([...steps]).toEqual([asked === 3_600 ? 3_600 : step]);
      expect(listening).toEqual({ heard: [span], lost: [] });
    }
  });

  it('and damaged is damaged, and not silent', () => {
    for (const name of readdirSync(folder)) if (/\.(day|1h)$/.test(name)) rmSync(join(folder, name));
    flip('2026-11.5m', 900);
    const { lost } = readAll(folder, 300).listening;
    expect(lost).toEqual([{ from: SPAN.from, until: SPAN.from + DAY_S }]);
  });
});

describe('compacting', () => {
  it('seals what is open, makes missing roll-ups anew, and changes nothing of what is said', async () => {
    const before = readAll(whole);
    for (const name of readdirSync(folder)) if (/\.(5m|1h)$/.test(name)) rmSync(join(folder, name));
    const done = await compactHistory({ ...upkeep(), wallNow: () => (TODAY + 1) * DAY_S * 1_000 }, keepAll);
    expect(done).toMatchObject({ sealed: 1, rebuilt: 3, tidied: [] });
    expect(readAll(folder).values).toEqual(before.values);
    expect(readAll(folder, 3_600).values.size).toBe(3 * 24 * 2 + 10);
    expect(await compactHistory(upkeep(), keepAll)).toMatchObject({ sealed: 0, rebuilt: 0, tidied: [] });
  });

  it('writes a roll-up file anew that holds a day twice', async () => {
    const rollUp = join(folder, '2026-11.5m');
    const bytes = readFileSync(rollUp);
    writeFileSync(rollUp, Buffer.concat([bytes, bytes]));
    expect(await compactHistory(upkeep(), keepAll)).toMatchObject({ tidied: ['2026-11.5m'] });
    expect(readFileSync(rollUp)).toEqual(bytes);
  });
});

function damage(name: string, random: ReturnType<typeof createRandom>): string {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const at = random.below(bytes.length);
  if (random.chance(0.7)) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  else bytes.fill(random.chance(0.5) ? 0 : 0x68, at, Math.min(bytes.length, at + random.below(600)));
  writeFileSync(path, bytes);
  return `${name} at ${at}`;
}

function flip(name: string, at: number): void {
  const bytes = readFileSync(join(folder, name));
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(join(folder, name), bytes);
}
