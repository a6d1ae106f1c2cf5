import { describe, expect, test } from 'vitest';
import { createTable, getRow, mapRows, rowsOf, setRow } from '../../../../src/core/home/state/table.ts';

const ids = [...Array(100).keys()].map(number => `s${number}`);

describe('a table', () => {
  test('keeps rows by id and in order', () => {
    const table = createTable(ids, id => id.toUpperCase());
    expect(rowsOf(table)).toEqual(ids.map(id => id.toUpperCase()));
    expect(getRow(table, 's64')).toBe('S64');
    expect(getRow(table, 'unknown')).toBeUndefined();
  });

  test('changes one row and shares the rest', () => {
    const table = createTable(ids, () => 0);
    const next = setRow(table, 's40', 7);
    expect(getRow(next, 's40')).toBe(7);
    expect(getRow(table, 's40')).toBe(0);
    expect(next.chunks.filter((chunk, index) => chunk !== table.chunks[index])).toHaveLength(1);
    expect(setRow(table, 's40', 0)).toBe(table);
    expect(setRow(table, 'unknown', 1)).toBe(table);
  });

  test('a map that changes nothing is the same table', () => {
    const table = createTable(ids, () => 1);
    expect(mapRows(table, row => row)).toBe(table);
    expect(rowsOf(mapRows(table, row => row + 1)).every(row => row === 2)).toBe(true);
  });
});
