import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/core/history/bytes/crc32.ts';
import {
  mendSeriesTable,
  parseSeriesTable,
  scaleValue,
  seriesLine,
  tableHeader,
  unscaleValue,
} from '../../../src/core/history/series.ts';
import { createRandom } from '../../helpers/random/random.ts';

const series = [
  { n: 0, id: 'flow', unit: '°C', scale: 2 },
  { n: 1, id: 'humidity', unit: '%', scale: 2 },
  { n: 2, id: 'power', unit: 'W', scale: 1 },
];
const table = tableHeader() + series.map(seriesLine).join('');

describe('the table of series', () => {
  it('gives back what was written, and the next number', () => {
    const { series: read, version, next, damagedLines } = parseSeriesTable(table);
    expect({ read, version, damagedLines }).toEqual({ read: series, version: 1, damagedLines: 0 });
    expect(next).toBe(4);
  });

  it('gives no number out twice, whatever was lost of its lines', () => {
    const far = seriesLine({ n: 41, id: 'far', unit: '', scale: 1 });
    expect(parseSeriesTable(tableHeader() + far).next).toBe(42);
    expect(parseSeriesTable(`${table}rubbish\n`).next).toBe(5);
    expect(parseSeriesTable('')).toEqual({ series: [], version: null, next: 0, damagedLines: 0 });
  });

  it('reads the version of its first line, and no series that lacks a thing', () => {
    const line = (fields: unknown) => {
      const json = JSON.stringify(fields);
      return `${json}\t${crc32(new TextEncoder().encode(json)).toString(16).padStart(8, '0')}\n`;
    };
    expect(parseSeriesTable(line({ version: 7 })).version).toBe(7);
    for (const other of [{ version: '7' }, { format: 'x' }, null, 7])
      expect(parseSeriesTable(line(other)).version).toBeNull();
    const whole = { n: 0, id: 'flow', unit: '°C', scale: 2 };
    expect(parseSeriesTable(line(whole)).series).toEqual([whole]);
    for (const change of [{ n: 0.5 }, { n: null }, { id: 7 }, { unit: null }, { scale: '2' }])
      expect(parseSeriesTable(line({ ...whole, ...change })).series).toEqual([]);
    // What is whole by its CRC is not damaged, also where this program has no use for it.
    expect(parseSeriesTable(line({ lost: true })).damagedLines).toBe(0);
    expect(parseSeriesTable('{"n":0}\n').damagedLines).toBe(1);
  });

  it('is mended without giving a lost number to another, and a second time not at all', () => {
    const lines = table.split('\n');
    const damaged = [lines[0], lines[1], `${lines[2]}x`, lines[3], ''].join('\n');
    const { text, nameless } = mendSeriesTable(damaged);
    expect(nameless).toBe(1);
    expect(parseSeriesTable(text)).toEqual({
      ...{ series: [series[0], series[2]], version: 1, next: 4, damagedLines: 0 },
    });
    expect(mendSeriesTable(text)).toEqual({ text, nameless: 0 });
    expect(mendSeriesTable(table)).toEqual({ text: table, nameless: 0 });
  });

  it('gets a new head where that is damaged, which named no series', () => {
    expect(mendSeriesTable(`x${table}`)).toEqual({ text: table, nameless: 0 });
    expect(mendSeriesTable('')).toEqual({ text: tableHeader(), nameless: -1 });
    expect(mendSeriesTable(`x${table}rubbish\n`)).toMatchObject({ nameless: 1 });
  });

  it('names nothing wrongly for a wrong byte, and gives no number out again', () => {
    const bytes = new TextEncoder().encode(table);
    for (let place = 0; place < bytes.length; place++) {
      const damaged = bytes.slice();
      damaged[place] = (damaged[place] ?? 0) ^ 1;
      const { series: read, next } = parseSeriesTable(new TextDecoder().decode(damaged));
      for (const one of read) expect(series).toContainEqual(one);
      expect(next).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('scaleValue', () => {
  it('keeps what is shown, and refuses what no number can stand for', () => {
    const random = createRandom(9);
    for (let round = 0; round < 1_000; round++) {
      const value = Number(((random.next() - 0.5) * 10 ** random.below(8)).toFixed(2));
      expect(unscaleValue(scaleValue(value, 2) ?? Number.NaN, 2)).toBe(value + 0);
    }
    expect(scaleValue(1e300, 2)).toBeNull();
    expect(scaleValue(Number.NaN, 2)).toBeNull();
  });

  it('keeps the largest number that has whole steps, and nothing beyond', () => {
    expect(scaleValue(2 ** 51, 0)).toBe(2 ** 51);
    expect(scaleValue(-(2 ** 51), 0)).toBe(-(2 ** 51));
    expect(scaleValue(2 ** 51 + 1, 0)).toBeNull();
    expect(Object.is(scaleValue(-0.001, 2), 0)).toBe(true);
  });
});
