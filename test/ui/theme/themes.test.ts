import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTheme } from '../../../src/ui/theme/parse-theme.ts';
import { colorNames, styleNames } from '../../../src/ui/theme/theme.ts';
import { themeNames, themeOf } from '../../../src/ui/theme/themes.ts';
import { findSchemaBreaches } from '../../helpers/formats/json-schema.ts';

const folder = new URL('../../../themes/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const files = readdirSync(folder).filter(name => name !== 'theme.schema.json');

describe('themes/', () => {
  it('are all in the list, and the list is all there is', () => {
    expect(files.sort()).toEqual(themeNames.map(name => `${name}.json`).sort());
  });

  for (const file of files) {
    it(`${file} keeps to its schema and is accepted`, () => {
      expect(findSchemaBreaches(read('theme.schema.json'), read(file))).toEqual([]);
      expect(parseTheme(read(file), file)).toMatchObject({ theme: { name: file.replace('.json', '') }, issues: [] });
    });

    it(`${file} gives each meaning a look`, () => {
      const { styles } = read(file) as { styles: Record<string, unknown> };
      expect(Object.keys(styles).sort()).toEqual([...styleNames].sort());
    });
  }

  it('no-color has no colour', () => {
    expect(readFileSync(new URL('no-color.json', folder), 'utf8')).not.toMatch(/"[fb]g"/);
  });

  it('ansi-16 has the sixteen names only', () => {
    const { theme } = themeOf('ansi-16');
    for (const { fg, bg } of Object.values(theme.styles)) {
      for (const color of [fg, bg]) if (color !== undefined) expect(colorNames).toContain(color);
    }
  });

  it('tell what is not live, wrong or dangerous apart from the rest by more than nothing', () => {
    for (const name of themeNames) {
      const { styles } = themeOf(name).theme;
      expect(styles.bannerCritical, name).not.toEqual({});
      expect(styles.critical, name).not.toEqual(styles.text);
    }
  });
});

describe('a theme that is unknown or broken', () => {
  it('falls back and says so', () => {
    expect(themeOf('drak')).toMatchObject({
      theme: { name: 'dark' },
      issues: [{ message: expect.stringContaining('"drak"') }],
    });
    expect(themeOf('toString').issues).toHaveLength(1);
    const { theme, issues } = parseTheme(
      { name: 'mine', description: '', styles: { ok: { fg: 'grün' } } },
      'mine.json',
    );
    expect(theme.styles.critical).toEqual({});
    expect(issues).toMatchObject([{ message: 'styles.ok.fg is no colour: "grün"', place: { file: 'mine.json' } }]);
  });
});
