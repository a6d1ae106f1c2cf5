import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../../src/io/log-tail/line-splitter.ts';

function collect(): { readonly lines: string[]; readonly splitter: ReturnType<typeof createLineSplitter> } {
  const lines: string[] = [];
  return { lines, splitter: createLineSplitter(line => lines.push(line)) };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('createLineSplitter', () => {
  it('joins what comes in pieces, wherever it was cut', () => {
    const text = 'first line\r\n\nzweite Zeile: Größe 20 °C\nthird';
    const whole = bytes(`${text}\n`);
    for (let cut = 0; cut <= whole.length; cut++) {
      const { lines, splitter } = collect();
      splitter.push(whole.subarray(0, cut));
      splitter.push(whole.subarray(cut));
      expect(lines).toEqual(['first line', 'zweite Zeile: Größe 20 °C', 'third']);
    }
  });

  it('waits for the end of a line', () => {
    const { lines, splitter } = collect();
    splitter.push(bytes('half'));
    expect(lines).toEqual([]);
  });

  it('does not keep its hands on a buffer that is used again', () => {
    const { lines, splitter } = collect();
    const buffer = bytes('abc');
    splitter.push(buffer);
    buffer.fill(0x78);
    splitter.push(bytes('\n'));
    expect(lines).toEqual(['abc']);
  });

  it('bounds a line without an end', () => {
    const { lines, splitter } = collect();
    const piece = new Uint8Array(65_536).fill(0x61);
    for (let index = 0; index < 100; index++) splitter.push(piece);
    splitter.push(bytes('\nnext\n'));
    expect(lines.map(line => line.length)).toEqual([70_000, 4]);
  });

  it('forgets half a line, and skips one that it came into the middle of', () => {
    const { lines, splitter } = collect();
    splitter.push(bytes('old'));
    splitter.reset();
    splitter.push(bytes('new\n'));
    splitter.reset({ isMidLine: true });
    splitter.push(bytes('tail of one\nwhole\n'));
    expect(lines).toEqual(['new', 'whole']);
  });
});
