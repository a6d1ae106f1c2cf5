import { describe, expect, it } from 'vitest';
import { setNonBlocking, sizeOf } from '../../../src/terminal/device/tty-output.ts';

describe('the size of a terminal', () => {
  it.each([
    [120, 40, 120, 40],
    [undefined, undefined, 80, 24],
    [0, 0, 80, 24],
    [Number.NaN, -1, 80, 24],
    [1, 1, 1, 1],
    [100_000, 5000, 1000, 1000],
  ])('of %s by %s is taken as %i by %i', (columns, rows, expectedColumns, expectedRows) => {
    expect(sizeOf({ columns, rows })).toEqual({ columns: expectedColumns, rows: expectedRows });
  });
});

describe('writing in the background', () => {
  it('is asked of the handle where there is one', () => {
    const asked: boolean[] = [];
    const handle = { setBlocking: (isBlocking: boolean) => asked.push(isBlocking) - 1 };
    expect(setNonBlocking({ _handle: handle })).toBe(true);
    expect(asked).toEqual([false]);
  });

  it.each([[{}], [{ _handle: null }], [{ _handle: {} }], [{ _handle: { setBlocking: () => -22 } }]])(
    'fails quietly with %j',
    output => {
      expect(setNonBlocking(output)).toBe(false);
    },
  );

  it('fails quietly where the handle throws', () => {
    const setBlocking = () => {
      throw new Error('closed');
    };
    expect(setNonBlocking({ _handle: { setBlocking } })).toBe(false);
  });
});
