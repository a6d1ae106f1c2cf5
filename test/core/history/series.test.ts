import { describe, expect, it } from 'vitest';
import {
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
    expect(next).toBeGreaterThanOrEqual(3);
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
});
