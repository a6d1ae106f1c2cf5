import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { calmLines, watchedText } from '../../../src/ui/alarms/watched-lines.ts';
import type { HouseView } from '../../../src/ui/text/house-view.ts';
import { alarmsHome, bookOf } from '../../helpers/ui/alarms-home.ts';

const home = alarmsHome();
const REPLAY: HouseView['replay'] = { at: home.at, speed: 60, isPaused: true } as HouseView['replay'];
const viewOf = (replay: HouseView['replay'] = null): HouseView => ({
  home,
  glyphs: glyphsFor({ glyphs: 'full' }),
  replay,
});
const book = { ...bookOf([]), total: 3, unwatched: [{ why: 'no link', ids: ['a', 'b'] }] };
const textOf = (replay: HouseView['replay'], one = book): string =>
  calmLines(viewOf(replay), { columns: 100, rows: 20 }, one, { part: 0, watched: [], labelOf: id => id })
    .map(line => line.map(({ text }) => text).join(''))
    .join('\n');

describe('who watches', () => {
  it('is told as it is now, and of the past as it was', () => {
    expect(watchedText(viewOf(), { ...book, source: 'own' })).toBe(
      '3 alarms watched by this console; 2 of them cannot be judged now',
    );
    expect(watchedText(viewOf(), { ...book, source: 'daemon', unwatched: [] })).toBe('3 alarms watched by the daemon');
    expect(watchedText(viewOf(REPLAY), { ...book, source: 'own' })).toBe(
      '3 alarms watched at this time; 2 of them could not be judged',
    );
    expect(watchedText(viewOf(REPLAY), { ...book, source: 'daemon', unwatched: [] })).toBe(
      '3 alarms watched at this time',
    );
  });

  it('says of the past nothing of who watches now', () => {
    const past = textOf(REPLAY);
    expect(past).toContain('Nothing was known to be wrong.');
    expect(past).toContain('These are the alarms of this time, as they were judged then.');
    expect(past).toContain('Could not be judged then: a; b (no link).');
    expect(past).not.toMatch(/watches|\bnow\b/);
    expect(textOf(REPLAY, { ...book, unwatched: [] })).toContain('Nothing that was watched was wrong.');
    expect(textOf(null, { ...book, unwatched: [] })).toContain('Nothing that is watched is wrong.');
    expect(textOf(null)).toContain('Cannot be judged now: a; b (no link).');
  });
});
