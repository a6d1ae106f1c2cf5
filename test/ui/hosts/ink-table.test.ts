import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { drawInkTable } from '../../../src/ui/hosts/ink-table.tsx';
import { plainTable, tableRows, tableWidth } from '../../../src/ui/panels/table.ts';
import { type Line, lineWidth, span } from '../../../src/ui/text/line.ts';

const table = {
  heading: ['Client', '7'],
  rows: [
    [span('dht │ x'), span('● live', 'live')],
    [span('heating'), span('', 'late')],
  ],
};
const { frame } = glyphsFor({ glyphs: 'ascii' });
const textOf = (line: Line): string => line.map(({ text }) => text).join('');

describe('the table of ink-table', () => {
  it('is framed in what the terminal has, its cells as they are', () => {
    expect(drawInkTable(table, frame).map(textOf)).toEqual([
      '+---------+--------+',
      '| Client  | 7      |',
      '+---------+--------+',
      '| dht │ x | ● live |',
      '+---------+--------+',
      '| heating |        |',
      '+---------+--------+',
    ]);
  });

  it('has headings, cells and rules in their styles', () => {
    const lines = drawInkTable(table, frame);
    expect(lines[1]?.map(({ style }) => style)).toEqual(['frame', 'title', 'frame', 'title', 'frame']);
    expect(lines[3]?.map(({ style }) => style)).toEqual(['frame', 'text', 'frame', 'live', 'frame']);
    expect(lines[3]?.[3]).toEqual(span(' ● live ', 'live'));
    expect(lines[4]?.map(({ style }) => style)).toEqual(['frame']);
  });

  it('lies where the plain table has lain, so that nothing moves when Ink comes', () => {
    const drawn = drawInkTable(table, frame);
    const plain = plainTable(table, frame);
    expect([plain.length, drawn.length]).toEqual([tableRows(table), tableRows(table)]);
    for (const [place, line] of plain.entries()) {
      expect([lineWidth(line), lineWidth(drawn[place] ?? [])]).toEqual([tableWidth(table), tableWidth(table)]);
      for (const [column, sign] of [...textOf(line)].entries()) {
        if (sign !== ' ') expect([...textOf(drawn[place] ?? [])][column]).toBe(sign);
      }
    }
  });
});
