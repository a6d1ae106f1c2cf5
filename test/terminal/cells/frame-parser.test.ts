import { describe, expect, it } from 'vitest';
import { rgb } from '../../../src/terminal/cells/color.ts';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { BOLD, createStyleTable, DIM, INVERSE, PLAIN } from '../../../src/terminal/cells/style.ts';
import type { ColorDepth } from '../../../src/terminal/identity/evidence.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';

function parse(text: string, columns: number, rows: number, depth: ColorDepth = 24) {
  const styles = createStyleTable();
  const frame = createFrameParser(styles, depth).parse(text, columns, rows);
  const styleAt = (x: number, y: number) => styles.get(frame.lines[y]?.styles[x] ?? 0);
  return { frame, styleAt, lines: frame.lines.map(row => row.characters.join('|')) };
}

describe('the frame parser', () => {
  it('cuts and fills to the size', () => {
    expect(parse('abcdef\ng\nh', 3, 2).lines).toEqual(['a|b|c', 'g| | ']);
    expect(parse('', 2, 2).lines).toEqual([' | ', ' | ']);
  });

  it('gives a wide character two columns and never half of one', () => {
    expect(parse('漢a', 4, 1).lines).toEqual(['漢||a| ']);
    expect(parse('a漢', 2, 1).lines).toEqual(['a| ']);
  });

  it('keeps combining marks with their letter and says that terminals disagree', () => {
    const { frame, lines } = parse('xe\u0301y', 4, 1);
    expect(lines).toEqual(['x|e\u0301|y| ']);
    expect(frame.lines[0]?.doubtful).toEqual([1]);
  });

  it('reads colours and attributes, and carries them over the end of a line', () => {
    const { styleAt } = parse('\u001b[1;31ma\u001b[22;2mb\u001b[38;5;208mc\n\u001b[48;2;1;2;3md\u001b[0;7me', 5, 2);
    expect(styleAt(0, 0)).toEqual({ ...PLAIN, foreground: 1, attributes: BOLD });
    expect(styleAt(1, 0)).toEqual({ ...PLAIN, foreground: 1, attributes: DIM });
    expect(styleAt(2, 0)).toEqual({ ...PLAIN, foreground: 208, attributes: DIM });
    expect(styleAt(0, 1)).toEqual({ foreground: 208, background: rgb(1, 2, 3), attributes: DIM });
    expect(styleAt(1, 1)).toEqual({ ...PLAIN, attributes: INVERSE });
  });

  it('leaves on a blank only what is seen of it', () => {
    const { styleAt } = parse('\u001b[1;31;44m \u001b[0;31m \u001b[7m ', 3, 1);
    expect(styleAt(0, 0)).toEqual({ ...PLAIN, background: 4 });
    expect(styleAt(1, 0)).toEqual(PLAIN);
    expect(styleAt(2, 0)).toEqual({ ...PLAIN, foreground: 1, attributes: INVERSE });
  });

  const HARMFUL = [
    '\u001b[2J',
    '\u001b[10;10H',
    '\u001b[?25h',
    '\u001b[>4;1m',
    '\u001b]0;title\u0007',
    '\u001b]8;;http://x\u001b\\',
    '\u001bP+q\u001b\\',
    '\u001b_x\u001b\\',
    '\u001bc',
    '\u001b(0',
    '\u001b%@',
    '\u0007',
    '\b',
    '\t',
    '\r',
    '\u007f',
    '\u009b2J',
    '\u0085',
    '\u000e',
    '\u0005',
  ];
  it.each(HARMFUL)('drops %j', sequence => {
    expect(parse(`a${sequence}b`, 3, 1).lines).toEqual(['a|b| ']);
  });

  it('brings colours down to what the terminal has', () => {
    const text = '\u001b[38;2;255;0;0ma\u001b[38;5;196mb\u001b[91mc';
    const colors = (depth: ColorDepth) => [0, 1, 2].map(x => parse(text, 3, 1, depth).styleAt(x, 0).foreground);
    expect(colors(24)).toEqual([rgb(255, 0, 0), 196, 9]);
    expect(colors(8)).toEqual([196, 196, 9]);
    expect(colors(4)).toEqual([9, 9, 9]);
    expect(colors(1)).toEqual([-1, -1, -1]);
  });

  it('gives an unchanged line as the same row, which the diff passes over', () => {
    const parser = createFrameParser(createStyleTable(), 24);
    const first = parser.parse('same\n\u001b[31mred\u001b[39m 1', 20, 3);
    const second = parser.parse('same\n\u001b[31mred\u001b[39m 2', 20, 3);
    expect(second.lines[0]).toBe(first.lines[0]);
    expect(second.lines[2]).toBe(first.lines[2]);
    expect(second.lines[1]).not.toBe(first.lines[1]);
  });

  it('keeps the row of a line that stays, whatever comes and goes around it', () => {
    const parser = createFrameParser(createStyleTable(), 24);
    const first = parser.parse('stays\n0', 20, 2).lines[0];
    for (let frame = 1; frame < 2_000; frame += 1) expect(parser.parse(`stays\n${frame}`, 20, 2).lines[0]).toBe(first);
  });

  it('forgets rows of another width', () => {
    const parser = createFrameParser(createStyleTable(), 24);
    parser.parse('same', 20, 1);
    expect(parser.parse('same', 5, 1).lines[0]?.characters).toHaveLength(5);
  });

  it('bears with any text', () => {
    const random = createRandom(3);
    const pieces = [
      '\u001b[',
      '31',
      ';',
      'm',
      '\n',
      '漢',
      '\u0301',
      '\u200d',
      '😀',
      '\ud83d',
      '\udc00',
      'a',
      ' ',
      '\u001b]',
      '\u009c',
      '\u202e',
    ];
    for (let step = 0; step < 500; step += 1) {
      const text = Array.from({ length: random.below(60) }, () => random.pick(pieces)).join('');
      const columns = 1 + random.below(20);
      const { frame } = parse(text, columns, 4);
      for (const row of frame.lines) {
        expect(row.characters).toHaveLength(columns);
        expect(row.styles).toHaveLength(columns);
        expect(row.characters.join('')).not.toMatch(/\p{Control}/u);
      }
    }
  });
});
