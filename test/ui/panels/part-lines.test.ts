import { describe, expect, it } from 'vitest';
import { partOfLines, partsOf } from '../../../src/ui/panels/part-lines.ts';
import { type Line, span } from '../../../src/ui/text/line.ts';

const rows = (texts: readonly string[]): readonly Line[] => texts.map(text => [span(text)]);
const texts = (lines: readonly Line[]): readonly string[] =>
  lines.map(line =>
    line
      .map(part => part.text)
      .join('')
      .trimEnd(),
  );
const numbered = rows(Array.from({ length: 10 }, (_, row) => `row ${row}`));
const room = { width: 30, rows: 5 };

describe('lines in parts', () => {
  it('are one part where they fit', () => {
    expect(texts(partOfLines(numbered.slice(0, 5), room, 3))).toEqual(['row 0', 'row 1', 'row 2', 'row 3', 'row 4']);
  });

  it('follow each other in a circle, and each says how to go on', () => {
    const part = (place: number): readonly string[] => texts(partOfLines(numbered, room, place));
    expect(part(0)).toEqual(['row 0', 'row 1', 'row 2', 'row 3', '   ↓ 6 more rows: Enter']);
    expect(part(1).at(-1)).toBe('   ↓ 2 more rows: Enter');
    expect(part(2)).toEqual(['row 8', 'row 9', '', '', '   ↑ back to the top: Enter']);
    expect(part(3)).toEqual(part(0));
  });

  it('hold a sentence of several rows together where they can', () => {
    const fact = ['Topic     a', 'Limits    one', '          two', '          three', 'Client    b', 'Key       c'];
    expect(partsOf(rows(fact), 5).map(texts)).toEqual([fact.slice(0, 4), fact.slice(4)]);
    expect(partsOf(rows(fact), 4).map(texts)).toEqual([fact.slice(0, 3), fact.slice(3)]);
    const long = Array.from({ length: 9 }, (_, row) => (row === 0 ? 'Why       a' : '          b'));
    expect(partsOf(rows(long), 5).map(part => part.length)).toEqual([4, 4, 1]);
  });

  it('lose no line, whatever the room', () => {
    for (let height = 1; height < 14; height += 1) {
      expect(partsOf(numbered, height).flatMap(texts)).toEqual(texts(numbered));
    }
  });
});
