import { describe, expect, it } from 'vitest';
import { isSameCell, type Row } from '../../../src/terminal/cells/cell.ts';
import { findShifts, type Shift } from '../../../src/terminal/output/row-shift.ts';
import { createRandom, type Random } from '../../helpers/random/terminal-random.ts';

/** What pays by as many changed cells as it takes, found column by column. */
function shiftsOneByOne(before: Row, after: Row, distance: number): readonly Shift[] {
  const columns = after.characters.length;
  const found: Shift[] = [];
  for (let x = 0; x + distance < columns; ) {
    let end = x;
    while (end + distance < columns && isSameCell(after, end, before, end + distance)) end += 1;
    const changed = Array.from({ length: end - x }, (_, index) => x + index).filter(
      column => !isSameCell(before, column, after, column),
    );
    const [start = 0] = changed;
    if (changed.length >= 5) found.push({ start, end: end + distance, distance });
    x = changed.length >= 5 ? end + distance : end + 1;
  }
  return found;
}

function rowOf(text: string, styles: readonly number[] = []): Row {
  const characters = [...text];
  return { characters, styles: characters.map((_, x) => styles[x] ?? 0), doubtful: [] };
}

/** A row, and another one in which stretches of it have moved left, with cells of others in between. */
function movedRow(random: Random, columns: number): readonly [Row, Row] {
  const cell = (): readonly [string, number] => [random.oneIn(3) ? '▁' : '▂', random.oneIn(6) ? 1 : 0];
  const before = Array.from({ length: columns }, cell);
  const distance = 1 + random.below(6);
  const after = before.map((own, x) =>
    random.oneIn(15) ? cell() : (before[x + (random.oneIn(9) ? 0 : distance)] ?? own),
  );
  const toRow = (cells: readonly (readonly [string, number])[]): Row =>
    rowOf(
      cells.map(([character]) => character).join(''),
      cells.map(([, style]) => style),
    );
  return [toRow(before), toRow(after)];
}

describe('findShifts', () => {
  it('finds what moved left by that many columns', () => {
    expect(findShifts(rowOf('a12345678b'), rowOf('a2345678xb'), 1)).toEqual([{ start: 1, end: 9, distance: 1 }]);
    expect(findShifts(rowOf('a12345678b'), rowOf('a2345678xb'), 2)).toEqual([]);
  });

  it('takes five changed cells for worth it, and four not', () => {
    expect(findShifts(rowOf('123456'), rowOf('23456x'), 1)).toEqual([{ start: 0, end: 6, distance: 1 }]);
    expect(findShifts(rowOf('12345'), rowOf('2345x'), 1)).toEqual([]);
    expect(findShifts(rowOf('112345'), rowOf('12345x'), 1)).toEqual([]);
  });

  it('does not take a cell of another style for the same one', () => {
    expect(findShifts(rowOf('1234567', [0, 0, 0, 1]), rowOf('234567x'), 1)).toEqual([]);
  });

  it('leaves out none of the shifts that are found column by column', () => {
    const random = createRandom(7);
    let shifts = 0;
    for (let round = 0; round < 2_000; round += 1) {
      const [before, after] = movedRow(random, 1 + random.below(60));
      for (let distance = 1; distance <= 8; distance += 1) {
        const found = findShifts(before, after, distance);
        expect(found).toEqual(shiftsOneByOne(before, after, distance));
        shifts += found.length;
      }
    }
    expect(shifts).toBeGreaterThan(1_000);
  });
});
