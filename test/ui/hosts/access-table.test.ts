import { describe, expect, it } from 'vitest';
import { plainStyle } from '../../../src/core/format/style.ts';
import type { TableTexts } from '../../../src/core/mosquitto/access-table.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { drawAccessTable } from '../../../src/ui/hosts/access-table.ts';

const texts: TableTexts = {
  heading: ['topic', 'b', '7'],
  rows: [
    ['heating/#', 'rw', '(r)'],
    ['x', '-', 'w'],
  ],
  legend: 'a legend',
};
const look = { columns: 80, frame: glyphsFor({ glyphs: 'wgl4' }).frame, style: plainStyle };

describe('drawAccessTable', () => {
  it('draws a frame around the table, its columns in their order', () => {
    expect(drawAccessTable(texts, look)).toEqual([
      '┌───────────┬────┬─────┐',
      '│ topic     │ b  │ 7   │',
      '├───────────┼────┼─────┤',
      '│ heating/# │ rw │ (r) │',
      '├───────────┼────┼─────┤',
      '│ x         │ -  │ w   │',
      '└───────────┴────┴─────┘',
      'a legend',
    ]);
  });

  it('has the lines that the terminal can draw', () => {
    const lines = drawAccessTable({ ...texts, legend: null }, { ...look, frame: glyphsFor({ glyphs: 'ascii' }).frame });
    expect(lines?.join('')).toMatch(/^[ -~]+$/);
    expect(lines).toHaveLength(7);
  });

  it('is not drawn where it does not fit to the column, or could not be told from another', () => {
    expect(drawAccessTable(texts, { ...look, columns: 24 })).not.toBeNull();
    expect(drawAccessTable(texts, { ...look, columns: 23 })).toBeNull();
    expect(drawAccessTable({ ...texts, heading: ['topic', 'b', 'b'] }, look)).toBeNull();
    expect(drawAccessTable({ ...texts, heading: ['topic', 'b', '家'] }, look)).toBeNull();
    expect(drawAccessTable({ ...texts, rows: [] }, look)).toBeNull();
  });
});
