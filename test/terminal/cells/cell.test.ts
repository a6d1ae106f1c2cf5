import { describe, expect, it } from 'vitest';
import { countChangedCells } from '../../../src/terminal/cells/cell.ts';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createStyleTable } from '../../../src/terminal/cells/style.ts';

describe('countChangedCells', () => {
  it('counts what any painter must at least change', () => {
    const parser = createFrameParser(createStyleTable(), 24);
    const count = (before: string, after: string) =>
      countChangedCells(parser.parse(before, 10, 3), parser.parse(after, 10, 3));
    expect(count('12:00\nsame', '12:01\nsame')).toBe(1);
    expect(count('a', '\u001b[31ma')).toBe(1);
    expect(count('same', 'same')).toBe(0);
  });
});
