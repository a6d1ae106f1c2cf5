import { describe, expect, it } from 'vitest';
import { openTestConsole } from '../helpers/ui-console.ts';
import { richHome } from '../helpers/ui-home.ts';

/** Each screen by the keys that lead to it. */
const SCREENS: Readonly<Record<string, string>> = {
  overview: '',
  'detail-sensor': '<enter>',
  'detail-sensor-1h': '<enter>+',
  'detail-switch': 'jjj<enter>',
  'detail-derived': 'jj<enter>',
  clients: 'c',
  denials: 'd',
  log: 'l',
  help: '?',
  themes: 't',
  confirm: 'b',
  notice: 'x',
};

const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;

describe('every screen at every size', () => {
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(SCREENS)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const console = await openTestConsole({ home: richHome(), columns, rows });
        await console.press(keys);
        const screen = await console.screen();
        expect(screen.split('\n')).toHaveLength(rows + 1);
        await expect(screen).toMatchFileSnapshot(`../frames/${name}-${columns}x${rows}.txt`);
        await console.press('<escape><escape><escape>q');
        expect(await console.ended).toBe(0);
      });
    }
  }
});
