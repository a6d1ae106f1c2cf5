import { describe, expect, it } from 'vitest';
import { isLater, parseSealedText, sealedText } from '../../../src/core/sealed/sealed-text.ts';

describe('the text inside a sealed payload', () => {
  it.each([
    ['17 1042 0 64.31', { boot: 17, counter: 1042, id: '0', value: '64.31' }],
    ['17 1043 1795903200123 on', { boot: 17, counter: 1043, id: '1795903200123', value: 'on' }],
    ['1 0 0 ', { boot: 1, counter: 0, id: '0', value: '' }],
    ['1 2 3 two words\nand a line ', { boot: 1, counter: 2, id: '3', value: 'two words\nand a line ' }],
    ['999999999999999 999999999999999 1 x', { boot: 999999999999999, counter: 999999999999999, id: '1', value: 'x' }],
  ])('%j is read, and written again as it was', (text, read) => {
    expect(parseSealedText(text)).toEqual(read);
    expect(sealedText(read)).toBe(text);
  });

  it.each([
    '',
    '17',
    '17 1042 0',
    '017 1042 0 on',
    '17 -1 0 on',
    '17  1042 0 on',
    ' 17 1042 0 on',
    '1e3 1042 0 on',
    '17 1042 x on',
    '1000000000000000 1 0 on',
    '17 1042 00 on',
  ])('%j is none', text => {
    expect(parseSealedText(text)).toBeNull();
  });

  it('knows which of two was sent later', () => {
    const one = { boot: 17, counter: 1042 };
    expect(isLater({ boot: 17, counter: 1043 }, one)).toBe(true);
    expect(isLater(one, one)).toBe(false);
    expect(isLater({ boot: 17, counter: 1041 }, one)).toBe(false);
    expect(isLater({ boot: 18, counter: 0 }, one)).toBe(true);
    expect(isLater({ boot: 16, counter: 9999 }, one)).toBe(false);
  });
});
