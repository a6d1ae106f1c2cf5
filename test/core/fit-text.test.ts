import { describe, expect, it } from 'vitest';
import { cutText, fitText, tailText, wrapText, wrapTextTo } from '../../src/core/fit-text.ts';
import { textWidth } from '../../src/core/text-width.ts';
import { createRandom } from '../helpers/random/random.ts';

const PIECES = ['a', 'Z', ' ', '°', '…', '客', '厅', 'é', 'e\u0301', '●', '▁', '한', '-', 'Flow'];

describe('a text in so many columns', () => {
  it('comes out exactly as wide as asked, whatever is in it', () => {
    const random = createRandom(7);
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: random.below(12) }, () => random.pick(PIECES)).join('');
      const width = random.below(20);
      expect(textWidth(fitText(text, width)), `${text}|${width}`).toBe(width);
      expect(textWidth(cutText(text, width))).toBeLessThanOrEqual(width);
      expect(textWidth(tailText(text, width))).toBeLessThanOrEqual(width);
      for (const row of wrapText(text, 3)) expect(textWidth(row)).toBeLessThanOrEqual(3);
      const most = 1 + random.below(3);
      const rows = wrapTextTo(text, 2 + width, most);
      expect(rows.length).toBeLessThanOrEqual(most);
      for (const row of rows) expect(textWidth(row)).toBeLessThanOrEqual(2 + width);
    }
  });

  it('shows with … that something was cut, and never half a wide character', () => {
    expect(cutText('temperature', 6)).toBe('tempe…');
    expect(cutText('flow', 4)).toBe('flow');
    expect(fitText('客厅', 3)).toBe('客…');
    expect(cutText("in the broker's acl_file", 17)).toBe("in the broker's…");
  });

  it('shows the end of what is typed, by columns, and that something is before it', () => {
    expect(tailText('temperature', 6)).toBe('…ature');
    expect(tailText('flow', 4)).toBe('flow');
    expect(tailText('客厅客厅', 4)).toBe('…厅');
    expect(tailText('客厅客厅', 5)).toBe('…客厅');
    expect(tailText('aé', 1)).toBe('…');
    expect(tailText('flow', 0)).toBe('');
  });

  it('breaks at blanks, and in a word where that is too long', () => {
    expect(wrapText('the broker refused it', 10)).toEqual(['the broker', 'refused it']);
    expect(wrapText('temperature', 5)).toEqual(['tempe', 'ratur', 'e']);
    expect(wrapText('home/second-floor/south-wall', 20)).toEqual(['home/second-floor/', 'south-wall']);
    expect(wrapText('a/thermometer', 8)).toEqual(['a/thermo', 'meter']);
    expect(wrapText('', 5)).toEqual(['']);
  });

  it('takes no more lines than it is given, and says that there is more', () => {
    expect(wrapTextTo('the broker refused it all', 10, 3)).toEqual(['the broker', 'refused it', 'all']);
    expect(wrapTextTo('the broker refused it all', 10, 2)).toEqual(['the broker', 'refused i…']);
    expect(wrapTextTo('the broker refused it all', 10, 1)).toEqual(['the broke…']);
  });
});
