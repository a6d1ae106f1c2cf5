import { describe, expect, it } from 'vitest';
import { applyEdits, decodeText, diffOf, type LineEdit } from '../../../../src/core/mosquitto/edit/line-edit.ts';

const apply = (text: string, ...edits: LineEdit[]): string =>
  Buffer.from(applyEdits(Buffer.from(text, 'latin1'), edits)).toString('latin1');

describe('applyEdits', () => {
  it.each<[string, string, LineEdit, string]>([
    ['replaces a line', 'a\nb\nc\n', { kind: 'replace', line: 2, text: 'x' }, 'a\nx\nc\n'],
    ['keeps the end that it had', 'a\nb\r\nc', { kind: 'replace', line: 2, text: 'x' }, 'a\nx\r\nc'],
    ['keeps the end that was missing', 'a\nb', { kind: 'replace', line: 2, text: 'x' }, 'a\nx'],
    ['deletes a line with its end', 'a\r\nb\r\nc', { kind: 'delete', line: 2 }, 'a\r\nc'],
    ['deletes the last one', 'a\nb', { kind: 'delete', line: 2 }, 'a\n'],
    ['inserts before a line', 'a\r\nb\n', { kind: 'insert', before: 2, text: 'x' }, 'a\r\nx\r\nb\n'],
    ['adds at the end', 'a\n', { kind: 'insert', before: 2, text: 'x' }, 'a\nx\n'],
    ['adds where no line feed ends the file', 'a\r\nb', { kind: 'insert', before: 3, text: 'x' }, 'a\r\nb\r\nx'],
    ['adds behind a lone CR', 'a\r', { kind: 'insert', before: 2, text: 'x' }, 'a\r\nx'],
    ['adds to an empty file', '', { kind: 'insert', before: 1, text: 'x' }, 'x\n'],
    ['leaves bytes that are no UTF-8', '\xff\n\xfe', { kind: 'insert', before: 2, text: 'x' }, '\xff\nx\n\xfe'],
    ['keeps a byte-order mark', '\xef\xbb\xbfa\n', { kind: 'insert', before: 2, text: 'x' }, '\xef\xbb\xbfa\nx\n'],
  ])('%s', (_, text, edit, expected) => {
    expect(apply(text, edit)).toBe(expected);
  });

  it('makes several edits, all by the lines as they were', () => {
    const edits: LineEdit[] = [
      { kind: 'delete', line: 1 },
      { kind: 'insert', before: 4, text: 'd' },
      { kind: 'insert', before: 4, text: 'e' },
      { kind: 'replace', line: 3, text: 'C' },
    ];
    expect(apply('a\nb\nc', ...edits)).toBe('b\nC\nd\ne');
  });

  it('ends a line that mosquitto would lose: one that fills its buffer of 256 bytes', () => {
    const text = 'x'.repeat(255);
    expect(apply('a', { kind: 'insert', before: 2, text })).toBe(`a\n${text}\n`);
    expect(apply('a', { kind: 'insert', before: 2, text: text.slice(1) })).toBe(`a\n${text.slice(1)}`);
  });
});

describe('diffOf', () => {
  const lines = ['a', 'b', 'c'];
  it.each<[string, readonly LineEdit[], readonly string[]]>([
    ['nothing', [], []],
    ['a line that goes', [{ kind: 'delete', line: 2 }], ['2 - b']],
    ['a line in place of another', [{ kind: 'replace', line: 2, text: 'x' }], ['2 - b', '2 + x']],
    ['a line before the first', [{ kind: 'insert', before: 1, text: 'x' }], ['1 + x']],
    ['a line behind the last', [{ kind: 'insert', before: 4, text: 'x \r' }], ['4 + x']],
    [
      'what comes by its new number, and what goes by its old one',
      [
        { kind: 'delete', line: 1 },
        { kind: 'insert', before: 3, text: 'x' },
        { kind: 'insert', before: 3, text: 'y' },
        { kind: 'replace', line: 3, text: 'z' },
        { kind: 'insert', before: 4, text: 'end' },
      ],
      ['1 - a', '2 + x', '3 + y', '3 - c', '4 + z', '5 + end'],
    ],
  ])('tells of %s', (_, edits, told) => {
    expect(diffOf(lines, edits)).toEqual(told);
  });

  it('tells of each change what is on both sides of it: the numbers are those of the file that comes of it', () => {
    for (let seed = 0; seed < 200; seed++) {
      const edits: LineEdit[] = lines.flatMap((_, index): LineEdit[] => {
        const line = index + 1;
        const how = Math.floor(seed / 4 ** index) % 4;
        if (how === 0) return [];
        if (how === 1) return [{ kind: 'delete', line }];
        return how === 2
          ? [{ kind: 'replace', line, text: `r${line}` }]
          : [{ kind: 'insert', before: line, text: `i${line}` }];
      });
      const after = apply('a\nb\nc\n', ...edits).split('\n');
      for (const row of diffOf(lines, edits)) {
        const [number, sign, text] = row.split(' ');
        expect((sign === '+' ? after : lines)[Number(number) - 1]).toBe(text);
      }
      const came = diffOf(lines, edits).filter(row => row.includes(' + ')).length;
      const went = diffOf(lines, edits).filter(row => row.includes(' - ')).length;
      expect(after.length - 1 - lines.length).toBe(came - went);
    }
  });
});

it('a text keeps its byte-order mark, and what is no UTF-8 is shown as that', () => {
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff))).toBe('\ufeffa\ufffd');
});
