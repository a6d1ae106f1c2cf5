import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/core/clean-text.ts';

describe('cleanText', () => {
  it('leaves letters of all scripts, emoji and symbols as they are', () => {
    for (const text of ['Vorlauf 54,3 °C', 'Ünïcödé', '湯温', '🏠 on', 'שלום', 'a\u0301'])
      expect(cleanText(text)).toBe(text);
  });

  it.each([
    ['an escape sequence', '\u001b[31mred', '\ufffd[31mred'],
    ['an 8-bit control sequence', '\u009b2J', '\ufffd2J'],
    ['line ends', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['a bidirectional override', 'a\u202eb', 'a\ufffdb'],
    ['isolates', '\u2066a\u2069', '\ufffda\ufffd'],
    ['a zero-width space', 'a\u200bb', 'a\ufffdb'],
    ['a byte-order mark', '\ufeffa', '\ufffda'],
    ['tag characters', 'a\u{e0041}', 'a\ufffd'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('takes out %s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('cuts by code points with an ellipsis, never through one', () => {
    expect(cleanText('abcdef', 4)).toBe('abc…');
    expect(cleanText('abcd', 4)).toBe('abcd');
    expect(cleanText('🏠🏠🏠🏠🏠', 4)).toBe('🏠🏠🏠…');
    expect(cleanText('🏠🏠🏠🏠', 4)).toBe('🏠🏠🏠🏠');
    expect(cleanText('a🏠🏠🏠🏠', 4)).toBe('a🏠🏠…');
  });

  it('is quick with a payload of many megabytes', () => {
    expect(cleanText('x'.repeat(50_000_000), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('replaces with what it is told', () => {
    expect(cleanText('a\u0007b', 200, '')).toBe('ab');
  });
});
