import { describe, expect, it } from 'vitest';
import { rollUp } from '../../../src/core/history/roll-up.ts';
import { randomReadings, rollUpRows } from '../../helpers/history/samples.ts';
import { createRandom } from '../../helpers/random/random.ts';

const FROM = 1_795_910_400;

describe('rollUp', () => {
  it('sums up as a plain count of each stretch does, and is read back the same', () => {
    const random = createRandom(7);
    for (let round = 0; round < 50; round++) {
      const readings = randomReadings(random, FROM, FROM + 20_000);
      const rows = rollUp(readings, 300);
      const byIndex = new Map<number, number[]>();
      for (let place = 0; place < readings.length; place += 2) {
        const index = Math.floor((readings[place] ?? 0) / 300);
        byIndex.set(index, [...(byIndex.get(index) ?? []), readings[place + 1] ?? 0]);
      }
      expect(rows.map(({ index }) => index)).toEqual([...byIndex.keys()]);
      for (const row of rows) {
        const values = byIndex.get(row.index) ?? [];
        const { n, min, max, last } = row;
        expect({ n, min, max, last }).toEqual({
          ...{ n: values.length, min: Math.min(...values), max: Math.max(...values) },
          last: values.at(-1),
        });
        const mean = values.reduce((sum, value) => sum + value, 0) / n;
        expect(Math.abs(row.mean - mean)).toBeLessThanOrEqual(0.5 + Math.abs(mean) * 1e-12);
      }
      expect(rollUpRows(rows).all()).toEqual(rows);
    }
  });
});
