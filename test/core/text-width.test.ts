import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { graphemesOf, isSimpleText, textWidth } from '../../src/core/text-width.ts';

describe('the width of characters', () => {
  it('is the one the layout counts, for every code point', () => {
    const wrong: string[] = [];
    for (let point = 0x20; point < 0x30000; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const character = String.fromCodePoint(point);
      // Controls never get here: the frame parser drops them.
      if (/\p{Control}/u.test(character)) continue;
      const expected = stringWidth(character);
      if (textWidth(character) !== expected)
        wrong.push(`U+${point.toString(16)}: ${textWidth(character)}, not ${expected}`);
    }
    expect(wrong).toEqual([]);
  });

  const TEXTS = [
    'e\u0301',
    '👨‍👩‍👧',
    '⚠\ufe0f',
    '1\ufe0f\u20e3',
    '🇩🇪',
    '漢字',
    '한국',
    'ｱﾞ',
    'क्षि',
    'Wärme',
    'שלום',
    '✓ ok',
  ];
  it.each(TEXTS)('is the one the layout counts for %s', text => {
    expect(textWidth(text)).toBe(stringWidth(text));
  });

  it('belongs to what a reader takes for one character', () => {
    expect(graphemesOf('e\u0301tage')).toEqual(['e\u0301', 't', 'a', 'g', 'e']);
    expect(graphemesOf('14 °C')).toEqual(['1', '4', ' ', '°', 'C']);
    expect(graphemesOf('')).toEqual([]);
  });

  it('knows the characters of the house as simple text', () => {
    expect(isSimpleText('Flow 54.3 °C ▁▂▃▄▅▆▇█ ╭─╮│╰╯├┤┬┴┼ ●○▲▼△▶►■×√✓✗ ↗→↘↑↓ …•░▒▓ ⠿')).toBe(true);
    expect(isSimpleText('漢')).toBe(false);
    expect(isSimpleText('e\u0301')).toBe(false);
  });
});
