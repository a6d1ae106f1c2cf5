import { describe, expect, it } from 'vitest';
import { createLineCells, type StyledLine } from '../../../src/terminal/cells/line-cells.ts';
import { BOLD, createStyleTable, PLAIN } from '../../../src/terminal/cells/style.ts';

const plain = (text: string): StyledLine => [{ text, look: '' }];

describe('cells of lines', () => {
  it('are cut and filled to the size', () => {
    const frame = createLineCells(createStyleTable(), 24).frameOf([plain('abcdef'), plain('g'), plain('h')], 3, 2);
    expect(frame.lines.map(row => row.characters.join('|'))).toEqual(['a|b|c', 'g| | ']);
    const empty = createLineCells(createStyleTable(), 24).frameOf([], 2, 2);
    expect(empty.lines.map(row => row.characters.join('|'))).toEqual([' | ', ' | ']);
  });

  it('have the looks of their pieces, in the colours that the terminal has', () => {
    const line: StyledLine = [
      { text: 'a', look: '1;38;2;255;0;0' },
      { text: '', look: '7' },
      { text: 'b', look: '' },
    ];
    const styles = createStyleTable();
    const [row] = createLineCells(styles, 4).frameOf([line], 3, 1).lines;
    expect(row?.styles.map(styles.get)).toEqual([{ ...PLAIN, foreground: 9, attributes: BOLD }, PLAIN, PLAIN]);
  });

  it('never hold what would move the cursor or change a mode', () => {
    const [row] = createLineCells(createStyleTable(), 24).frameOf(
      [plain('a\u001b[2J\u0007\u001b]0;t\u0007b')],
      4,
      1,
    ).lines;
    expect(row?.characters.join('')).toBe('ab  ');
  });

  it('are the same row again where a line looks the same, and another where only its look is another', () => {
    const cells = createLineCells(createStyleTable(), 24);
    const rowOf = (look: string, columns = 10) => cells.frameOf([[{ text: 'same', look }]], columns, 1).lines[0];
    const first = rowOf('1');
    expect(rowOf('1')).toBe(first);
    expect(rowOf('2')).not.toBe(first);
    expect(rowOf('1', 5)?.characters).toHaveLength(5);
  });
});
