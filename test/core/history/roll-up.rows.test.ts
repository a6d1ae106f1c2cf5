import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/core/history/bytes/varint.ts';
import { type RollUp, RollUpRows } from '../../../src/core/history/roll-up.ts';
import { rollUpRows } from '../../helpers/history/samples.ts';

const ROWS: readonly RollUp[] = [
  { index: 490_000, n: 720, min: -15, max: 20, mean: 3, last: -4 },
  { index: 490_001, n: 1, min: 2 ** 40, max: 2 ** 40, mean: 2 ** 40, last: 2 ** 40 },
  { index: 490_004, n: 200, min: -(2 ** 50), max: 7, mean: -1, last: 7 },
];

describe('rows of a roll-up', () => {
  it('are what was written, with the index of each', () => {
    const rows = rollUpRows(ROWS);
    expect(rows.all()).toEqual(ROWS);
    expect(ROWS.map((_, place) => rows.indexAt(place))).toEqual([490_000, 490_001, 490_004]);
    expect([rows.length, rollUpRows([]).length, rollUpRows([]).all()]).toEqual([3, 0, []]);
  });

  it.each([0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, 2 ** 50, -(2 ** 50)])(
    'have their signs around %d',
    mean => {
      const rows = [-1, 0, 1].map((step, index) => ({
        ...{ index, n: 1, min: mean + step - 5, max: mean + step + 5 },
        ...{ mean: mean + step, last: mean - step },
      }));
      expect(rollUpRows(rows).all()).toEqual(rows);
    },
  );

  it('are those from one index on and below another, which need be no whole numbers', () => {
    const within = (first?: number, until?: number) => {
      const rows = rollUpRows(ROWS, first, until);
      expect(rows.all()).toHaveLength(rows.length);
      return rows.all();
    };
    const [one, other, last] = ROWS;
    expect(within()).toEqual(ROWS);
    expect(within(490_001)).toEqual([other, last]);
    expect(within(490_000.5, 490_003.5)).toEqual([other]);
    expect(within(0, 490_004)).toEqual([one, other]);
    expect(within(490_002, 490_004)).toEqual([]);
    expect(within(0, 490_004.1)).toEqual(ROWS);
    expect(within(490_004, 490_005)).toEqual([last]);
  });

  it('have in common what is said of those from one on and below an index, of one at least', () => {
    const rows = rollUpRows([
      { index: 5, n: 2, min: 3, max: 9, mean: 4, last: 8 },
      { index: 6, n: 1, min: -7, max: 1, mean: -2, last: 0 },
      { index: 8, n: 3, min: 2, max: 30, mean: 10, last: 11 },
    ]);
    expect(rows.sumUntil(0, 8)).toEqual({ n: 3, sum: 6, min: -7, max: 9, last: 0, lastIndex: 6, next: 2 });
    expect(rows.sumUntil(0, 9)).toEqual({ n: 6, sum: 36, min: -7, max: 30, last: 11, lastIndex: 8, next: 3 });
    expect(rows.sumUntil(1, 6)).toEqual({ n: 1, sum: -2, min: -7, max: 1, last: 0, lastIndex: 6, next: 2 });
    expect(rows.sumUntil(2, 100)).toEqual({ n: 3, sum: 30, min: 2, max: 30, last: 11, lastIndex: 8, next: 3 });
  });

  it('end where they end, whatever the list held before', () => {
    const into = Array.from({ length: 30 }, () => 6);
    const writer = new ByteWriter();
    for (const number of [1, 5, 2, 8, 1, 2, 1]) writer.whole(number);
    const rows = new RollUpRows(new ByteReader(writer.take()), into);
    expect(rows.all()).toEqual([{ index: 5, n: 2, min: 3, max: 6, mean: 4, last: 3 }]);
    expect(rows.sumUntil(0, 100)).toEqual({ n: 2, sum: 8, min: 3, max: 6, last: 3, lastIndex: 5, next: 1 });
  });

  it('throw where they lie about how many they are', () => {
    const read = (...bytes: readonly number[]) => new RollUpRows(new ByteReader(Uint8Array.from(bytes)), []);
    expect(read(1, 5, 1, 0, 0, 0, 0).length).toBe(1);
    expect(() => read(2, 5, 1, 0, 0, 0, 0, 6, 1)).toThrow(RangeError);
    expect(() => read()).toThrow(RangeError);
  });
});
