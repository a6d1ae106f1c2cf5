import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { skeletonFrame } from '../../../src/ui/picture/skeleton.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';
import { readSource } from '../../helpers/rules/read-source.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

const look = { theme: themeOf('no-color').theme, glyphs: glyphsFor({ glyphs: 'full' }), isUnicode: true };
const plain = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');

describe('the first frame', () => {
  it('is what the console draws first, without the time, so that the picture does not jump', async () => {
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
      [40, 15],
      [20, 5],
    ] as const) {
      const first = plain(skeletonFrame(emptyHome(), { columns, rows }, look));
      const console = await openTestConsole({ home: emptyHome(), columns, rows });
      const drawn = await console.screen();
      expect(`${first}\n`).toBe(drawn.replace('14:22:00', '        '));
      expect(drawn.includes('14:22:00')).toBe(columns > 20);
      await console.press('q');
    }
  });

  it('shows all labels and no value', () => {
    const frame = plain(skeletonFrame(emptyHome(), { columns: 80, rows: 24 }, look));
    for (const label of ['Flow', 'Return', 'Spread', 'Pump', 'Burner', 'Temperature', 'Humidity', 'Dew point', 'Fan']) {
      expect(frame).toContain(label);
    }
    expect(frame).not.toMatch(/\d °C|● /);
  });

  it('needs neither React nor Ink', () => {
    const root = new URL('../../../', import.meta.url).pathname;
    const seen = new Set<string>();
    const packages = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path) || !existsSync(join(root, path)) || path.endsWith('.json')) return;
      seen.add(path);
      for (const { specifier, kind } of readSource(readFileSync(join(root, path), 'utf8'), path).imports) {
        if (kind === 'types') continue;
        if (specifier.startsWith('.')) visit(join(dirname(path), specifier));
        else packages.add(specifier);
      }
    };
    visit('src/ui/picture/skeleton.ts');
    expect(seen.size).toBeGreaterThan(20);
    expect([...packages].filter(name => name !== 'asciichart')).toEqual([]);
  });
});
