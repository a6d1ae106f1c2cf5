import { describe, expect, it } from 'vitest';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { sparkline } from '../../../src/ui/charts/sparkline.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const glyphs = glyphsFor({ glyphs: 'full' });

const text = (home: HomeState, id: string, width: number): string =>
  sparkline({ home, glyphs }, id, width)
    .map(part => part.text)
    .join('');

const flowAt = (home: HomeState, second: number, value: string): HomeState =>
  withEvents(home, message(START + second * 1_000, 'heating/flow', value), tick(START + second * 1_000 + 1));

describe('a sparkline', () => {
  it('moves by one column each ten seconds, two seconds after they began', () => {
    let home = livingHome(602);
    const before = text(home, 'flow', 20);
    for (let second = 603; second < 610; second += 1) {
      home = flowAt(home, second, '54.0');
      expect(text(home, 'flow', 20)).toBe(before);
    }
    home = flowAt(home, 610, '54.0');
    expect(text(home, 'flow', 20)).toBe(before);
    home = flowAt(home, 612, '54.0');
    expect(text(home, 'flow', 20)).toBe(`${before.slice(1)}▄`);
  });

  it('shows the newest value on the right at once, and keeps the one that it hides for a while', () => {
    let home = flowAt(livingHome(609), 609, '54.0');
    const before = text(home, 'flow', 20);
    expect(before.at(-1)).toBe('▄');
    home = flowAt(home, 610, '68.0');
    expect(text(home, 'flow', 20)).toBe(`${before.slice(0, -1)}▆`);
    home = flowAt(home, 612, '68.0');
    expect(text(home, 'flow', 20)).toBe(`${before.slice(1)}▆`);
  });

  it('moves in a second of its own', () => {
    const ids = ['flow', 'return', 'temperature', 'humidity'];
    let home = livingHome(600);
    for (let second = 601; second <= 610; second += 1) {
      const moved = ids.filter(id => {
        const later = withEvents(home, tick(home.at + 1_000));
        return text(home, id, 12) !== text(later, id, 12);
      });
      expect(moved.length).toBeLessThanOrEqual(1);
      home = withEvents(home, tick(START + second * 1_000 + 500));
    }
  });

  it('has the scale of the configured range, and its ends beyond it', () => {
    const barAt = (value: string): string =>
      text(withEvents(emptyHome(), connected(START), message(START + 1_000, 'heating/flow', value)), 'flow', 1);
    expect(['-50', '20', '28.7', '28.75', '89.3', '90', '124'].map(barAt).join('')).toBe('▁▁▁▂███');
  });

  it('draws dots where nothing was heard, and blanks where a dot is a level', () => {
    let home = withEvents(emptyHome(), connected(START), message(START + 1_000, 'heating/flow', '90'));
    expect(text(home, 'flow', 6)).toBe('·····█');
    home = withEvents(home, message(START + 63_000, 'heating/flow', '20'));
    expect(text(home, 'flow', 8)).toBe('·██····▁');
    const ascii = sparkline({ home, glyphs: glyphsFor({ glyphs: 'ascii' }) }, 'flow', 8);
    expect(ascii.map(part => part.text).join('')).toBe(' ##    _');
    expect(text(home, 'nothing', 3)).toBe('   ');
    expect(text(home, 'flow', 0)).toBe('');
  });

  it('shows where nobody listened, unlike a silence', () => {
    const closed: HomeEvent = { type: 'link-changed', at: START + 40_000, link: { phase: 'closed' } };
    let home = withEvents(emptyHome(), connected(START), message(START + 1_000, 'heating/flow', '90'));
    home = withEvents(home, closed, connected(START + 80_000));
    home = withEvents(home, message(START + 93_000, 'heating/flow', '20'));
    // Two columns for the value, a silence of two, forty seconds without a link, a silence.
    expect(text(home, 'flow', 11)).toBe('·██··░░░░·▁'.slice(-11));
    const ascii = sparkline({ home, glyphs: glyphsFor({ glyphs: 'ascii' }) }, 'flow', 11);
    expect(ascii.map(part => part.text).join('')).toBe(' ##  //// _');
    expect(ascii.map(part => part.style)).toEqual(['frame', 'chart', 'frame', 'chart']);
  });
});
