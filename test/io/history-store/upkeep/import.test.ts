import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExportFormat, exportHistory } from '../../../../src/cli/history/export-history.ts';
import { DAY_S } from '../../../../src/core/history/calendar.ts';
import { readItems } from '../../../../src/core/history/query/items.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { openDiskFile } from '../../../../src/io/history-store/disk-file.ts';
import { openHistoryReader } from '../../../../src/io/history-store/reader.ts';
import { type ImportSetup, importHistory } from '../../../../src/io/history-store/upkeep/import.ts';
import { openHistoryWriter } from '../../../../src/io/history-store/writer.ts';
import { writeDays } from '../../../helpers/history/days.ts';
import { article } from '../../../helpers/ui/home.ts';

const FIRST = 20_784;
const SPAN = { from: FIRST * DAY_S, until: (FIRST + 3) * DAY_S };
const NOW_MS = SPAN.until * 1_000;
const house = createHouse(article());
let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-import-'));
  folder = join(place, 'history');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function bring(text: string, more: Partial<ImportSetup> = {}): ReturnType<typeof importHistory> {
  const path = join(place, 'file');
  writeFileSync(path, text);
  return importHistory({
    ...{ folder, path, house, format: null, map: new Map(), wallNow: () => NOW_MS, openFile: openDiskFile },
    ...{ pause: async () => {}, onProgress: () => {} },
    ...more,
  });
}

function takeAway(format: ExportFormat, of = folder): string {
  const reader = openHistoryReader(of);
  const time = { ...SPAN, stepS: null, edges: [SPAN.from, SPAN.until] };
  const given = {
    reader,
    items: readItems(reader.series, house, null),
    time,
    now: SPAN.until,
    house: 'Home',
    only: null,
  };
  return [...exportHistory(given, format, () => {})].join('');
}

/** Each file by its bytes. */
const filesOf = (of = folder): Record<string, string> =>
  Object.fromEntries(readdirSync(of).map(name => [name, readFileSync(join(of, name)).toString('base64')]));

const iso = (second: number): string => new Date(second * 1_000).toISOString();
const rows = (count: number, sensor = 'flow'): string =>
  Array.from({ length: count }, (_, index) => `${iso(SPAN.from + 5 * index)},${sensor},${50 + (index % 9)}\n`).join('');

describe('what was exported', () => {
  it.each<ExportFormat>(['csv', 'line-protocol', 'openmetrics'])('is the same after its import by %s', async format => {
    const from = join(place, 'from');
    await writeDays(from, { first: FIRST, days: 3, lastMinutes: 700 });
    const text = takeAway(format, from);
    const done = await bring(text);
    expect(done).toMatchObject({ format, values: 2 * (2 * 1_440 + 700), fresh: done.values, days: 3, faultCount: 0 });
    expect(takeAway(format)).toBe(text);
    if (format === 'csv') expect(done).toMatchObject({ events: 30, freshEvents: 30 });
  });

  it('changes no byte when it is imported again, nor where it came from', async () => {
    await writeDays(folder, { first: FIRST, days: 3 });
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    await writer.seal(FIRST + 3, async () => {});
    await writer.close();
    const before = filesOf();
    for (const format of ['csv', 'line-protocol', 'openmetrics'] as const) {
      const done = await bring(takeAway(format));
      expect(done).toMatchObject({ fresh: 0, freshEvents: 0 });
    }
    const { '2026-11-27.day': day, ...others } = filesOf();
    expect(Object.keys(others).sort()).toEqual(
      Object.keys(before)
        .filter(name => name !== '2026-11-27.day')
        .sort(),
    );
    expect(
      openHistoryReader(folder).read(new Set([0]), SPAN, null, { reading: () => {}, rollUp: () => {} }).heard,
    ).toEqual([SPAN]);
    const settled = filesOf();
    await bring(takeAway('csv'));
    expect(filesOf()).toEqual(settled);
    expect(day).toBeDefined();
  });

  it('tells gaps as they were, and nothing of sensors that are not in it', async () => {
    const gap = `${iso(SPAN.from + 3_600)},${iso(SPAN.from + 7_200)},not-listening,,,,,,,,\r\n`;
    const own = Array.from({ length: 2_160 }, (_, index) => SPAN.from + 5 * index)
      .filter(second => second < SPAN.from + 3_600 || second >= SPAN.from + 7_200)
      .filter(second => second < SPAN.from + 9_000 || second >= SPAN.from + 9_600)
      .map(second => `${iso(second)},,reading,flow,°C,55,,,,,\r\n`);
    await bring(`at,until,type,id,unit,value,n,min,max,last,text\r\n${own.join('')}${gap}`);
    const told = takeAway('csv')
      .split('\r\n')
      .filter(line => /not-listening|silent/.test(line));
    expect(told).toEqual([
      `${iso(SPAN.from + 3_600)},${iso(SPAN.from + 7_200)},not-listening,,,,,,,,`,
      expect.stringMatching(/,silent,flow,/),
      expect.stringMatching(/,not-listening,,/),
    ]);
    const reader = openHistoryReader(folder);
    const { heard, of } = reader.read(new Set([0]), SPAN, null, { reading: () => {}, rollUp: () => {} });
    expect(heard).toEqual([]);
    expect([...(of?.keys() ?? [])]).toEqual([0]);
  });

  it('is kept once where the digits of a sensor were changed meanwhile', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    const [coarse, fine] = [writer.numberOf('flow', '°C', 1), writer.numberOf('flow', '°C', 3)];
    const heard = [{ from: SPAN.from, until: SPAN.from + 60 }];
    await writer.commit(FIRST, {
      heard,
      readings: new Map([
        [coarse, [SPAN.from, 551]],
        [fine, [SPAN.from + 5, 55_123]],
      ]),
    });
    await writer.close();
    expect(await bring(takeAway('csv'))).toMatchObject({ values: 2, fresh: 0 });
  });
});

describe('a file of somebody else', () => {
  it('is taken for what the house has, and the rest is named', async () => {
    const done = await bring(`time,sensor,value\n${rows(20)}${rows(10, 'outside')}${rows(5, 'sensor.boiler')}`, {
      map: new Map([['sensor.boiler', 'return']]),
    });
    expect(done).toMatchObject({ values: 25, fresh: 25, days: 1 });
    expect([...done.unknown]).toEqual([['outside', 10]]);
    expect(openHistoryReader(folder).series.map(({ id, unit }) => [id, unit])).toEqual([
      ['flow', '°C'],
      ['return', '°C'],
    ]);
  });

  it('in another unit is kept in that', async () => {
    await bring(`time,sensor,unit,value\n${iso(SPAN.from)},flow,°F,131\n${iso(SPAN.from + 5)},flow,°C,55\n`);
    expect(openHistoryReader(folder).series.map(({ unit }) => unit)).toEqual(['°F', '°C']);
  });

  it('blames nobody for a silence: nobody knows who listened', async () => {
    const lines = [...rows(100).split('\n').slice(0, 30), ...rows(100).split('\n').slice(60)].join('\n');
    await bring(lines);
    const told = takeAway('csv')
      .split('\r\n')
      .filter(line => /not-listening|silent/.test(line));
    expect(told.map(line => line.split(',')[2])).toEqual(['not-listening', 'not-listening']);
  });

  it('in no order, with each line twice, is the same', async () => {
    const lines = rows(3_000).trim().split('\n');
    await bring(lines.join('\n'));
    const straight = takeAway('csv');
    rmSync(folder, { recursive: true });
    const done = await bring(
      [...lines]
        .reverse()
        .flatMap(line => [line, line])
        .join('\n'),
    );
    expect(done).toMatchObject({ values: 6_000, fresh: 3_000 });
    expect(takeAway('csv')).toBe(straight);
  });
});

describe('rubbish', () => {
  it('is left out line by line, with its place', async () => {
    const text = `time,sensor,value\n${rows(200)}1970-01-01T00:01:00Z,flow,1\n2027-01-01T00:00:00Z,flow,1\n${iso(SPAN.from)},flow,warm\n`;
    const done = await bring(text);
    expect(done).toMatchObject({ values: 200, faultCount: 3, isRefused: false });
    expect(done.faults.map(({ line, message }) => [line, message])).toEqual([
      [202, 'its time, 1970-01-01T00:01:00Z, is before the year 2000'],
      [203, 'its time, 2027-01-01T00:00:00Z, is in the future'],
      [204, 'its value is no number'],
    ]);
    expect(readdirSync(folder).filter(name => /^(1970|2027)/.test(name))).toEqual([]);
  });

  it('that is most of a file ends it, and nothing is imported', async () => {
    const done = await bring(`time,sensor,value\n${rows(50)}${'rubbish\n'.repeat(200)}`);
    expect(done).toMatchObject({ isRefused: true, fresh: 0 });
    expect(readdirSync(folder)).toEqual(['series.jsonl'].filter(name => readdirSync(folder).includes(name)));
    expect(openHistoryReader(folder).isEmpty()).toBe(true);
  });

  it.each([
    ['an image', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR'],
    ['one line without an end', 'x'.repeat(300_000)],
    ['JSON', '{"a":1}\n'],
  ])('that is %s is nothing of the kind', async (_, text) => {
    await expect(bring(text)).rejects.toThrow('neither CSV nor line protocol nor OpenMetrics: nothing was imported');
  });

  it('that is a line without an end in the midst of a file is one line that is left out', async () => {
    const done = await bring(`time,sensor,value\n${rows(200)}${'y'.repeat(900_000)}\n${rows(200, 'return')}`);
    expect(done).toMatchObject({ values: 400, faultCount: 1 });
    expect(done.faults[0]).toMatchObject({ line: 202, message: 'it is too long to be a value' });
  });
});

describe('an import', () => {
  it('that is broken off has changed nothing while it reads, and later left whole days; the same one goes on', async () => {
    const text = Array.from(
      { length: 3 * 1_440 },
      (_, minute) => `${SPAN.from + 60 * minute},flow,${minute % 90}\n`,
    ).join('');
    const counts = new Set<number>();
    for (let left = 0, isDone = false; !isDone; left += 3) {
      let pauses = 0;
      const pause = async (): Promise<void> => {
        if (pauses++ >= left) throw new Error('broken off');
      };
      isDone = await bring(text, { pause }).then(
        () => true,
        () => false,
      );
      let count = 0;
      openHistoryReader(folder).read(new Set([0]), SPAN, null, { reading: () => count++, rollUp: () => {} });
      counts.add(count);
      expect(readdirSync(folder).filter(name => /tmp|lock/.test(name) && !name.endsWith('.day.tmp'))).toEqual([]);
    }
    expect([...counts]).toEqual([0, 1_440, 2_880, 4_320]);
  });

  it('is refused while somebody records, who is named', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: Date.now });
    await expect(bring(rows(3))).rejects.toThrow(`process ${process.pid} on`);
    await writer.close();
  });

  it('goes into a day that is being recorded', async () => {
    await writeDays(folder, { first: FIRST, days: 1, lastMinutes: 60 });
    const before = takeAway('csv')
      .split('\r\n')
      .filter(line => line.includes(',reading,'));
    const text = `${iso(SPAN.from + 40_000)},flow,61.5\n`;
    expect(await bring(text)).toMatchObject({ fresh: 1 });
    const after = takeAway('csv')
      .split('\r\n')
      .filter(line => line.includes(',reading,'));
    expect(after.filter(line => !before.includes(line))).toHaveLength(1);
    expect(after).toHaveLength(before.length + 1);
  });
});
