import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state.ts';
import { glyphsFor } from '../../../src/terminal/glyphs.ts';
import { barOf, sparkline } from '../../../src/ui/lines/sparkline.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from '../../helpers/ui-home.ts';

const glyphs = glyphsFor({ glyphs: 'full' });

const text = (home: HomeState, id: string, width: number): string =>
  sparkline({ home, glyphs }, id, width)
    .map(part => part.text)
    .join('');

describe('a sparkline', () => {
  it('stands still within ten seconds and then moves by one column', () => {
    let home = livingHome(600);
    const before = text(home, 'flow', 20);
    for (let second = 601; second < 610; second += 1) {
      home = withEvents(
        home,
        message(START + second * 1_000, 'heating/flow', '54.0'),
        tick(START + second * 1_000 + 1),
      );
      expect(text(home, 'flow', 20)).toBe(before);
    }
    home = withEvents(home, message(START + 610_000, 'heating/flow', '54.0'));
    expect(text(home, 'flow', 20)).toBe(`${before.slice(1)}▄`);
  });

  it('has the scale of the configured range, and its ends beyond it', () => {
    expect([-1, 0, 0.1249, 0.125, 0.99, 1, 7].map(share => barOf(glyphs.sparkline, share)).join('')).toBe('▁▁▁▂███');
  });

  it('draws dots where nothing was heard, and blanks where a dot is a level', () => {
    let home = withEvents(emptyHome(), connected(START), message(START + 1_000, 'heating/flow', '90'));
    expect(text(home, 'flow', 6)).toBe('·····█');
    home = withEvents(home, message(START + 61_000, 'heating/flow', '20'));
    expect(text(home, 'flow', 8)).toBe('·██····▁');
    const ascii = sparkline({ home, glyphs: glyphsFor({ glyphs: 'ascii' }) }, 'flow', 8);
    expect(ascii.map(part => part.text).join('')).toBe(' ##    _');
    expect(text(home, 'nothing', 3)).toBe('   ');
    expect(text(home, 'flow', 0)).toBe('');
  });
});
