import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { shelveKeys } from '../../../src/ui/alarms/shelve-form.ts';
import { searchKeys } from '../../../src/ui/explorer/pane.ts';
import { keyHints, shownKey } from '../../../src/ui/keys/key-hints.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { footerLines } from '../../../src/ui/picture/footer-line.ts';
import { createAppState } from '../../../src/ui/state/app-state.ts';
import { createPainter } from '../../../src/ui/text/paint.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';
import { livingHome } from '../../helpers/ui/home.ts';
import { textsOf } from '../../helpers/ui/pages.ts';

const home = livingHome(30);
const ascii = { home, glyphs: glyphsFor({ glyphs: 'ascii' }) };
const full = { home, glyphs: glyphsFor({ glyphs: 'full' }) };

describe('the hints of keys', () => {
  it('name the arrows where the terminal has none: in ASCII they would be other keys', () => {
    expect(textsOf([keyHints([['← →', 'time']], full.glyphs)])).toEqual([' ← → time ']);
    expect(textsOf([keyHints([['← →', 'time']], ascii.glyphs)])).toEqual([' Left Right time ']);
    const painter = createPainter(themeOf('no-color').theme, false);
    const detail = createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' });
    const onDetail = { ...detail, stack: [{ screen: 'detail', focus: 0, id: 'flow', window: 0 }] as const };
    const rows = [
      ...footerLines(ascii, onDetail, createKeymap(home.house), 100),
      searchKeys(ascii, 100),
      shelveKeys(ascii, 100),
    ];
    for (const row of rows) expect(painter.paint(row)).not.toMatch(/ [<>^v] /);
    expect(textsOf(rows.slice(0, 1))[0]).toContain(' Left earlier ');
  });
});

describe('a key by its name', () => {
  it.each([
    [' ', 'Space'],
    ['pageDown', 'PgDn'],
    ['escape', 'Esc'],
    ['f5', 'F5'],
    ['ctrl+x', 'Ctrl-X'],
    ['ctrl+alt+up', 'Ctrl-Alt-Up'],
    ['shift+tab', 'Shift-Tab'],
    ['ctrl++', 'Ctrl-+'],
    ['+', '+'],
    ['q', 'q'],
    ['ä', 'That key'],
    ['alt+ä', 'That key'],
  ])('%j is %s', (name, shown) => expect(shownKey(name)).toBe(shown));
});
