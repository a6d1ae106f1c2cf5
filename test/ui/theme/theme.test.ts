import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { parseTheme } from '../../../src/ui/theme/parse-theme.ts';
import { colorSchema, styleSchema, themeSchema } from '../../../src/ui/theme/theme-schema.ts';
import { findSchemaBreaches } from '../../helpers/formats/json-schema.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../../themes/theme.schema.json', import.meta.url), 'utf8'));
const good = { name: 'mine', description: 'Mine', styles: { text: { fg: 250 }, ok: { fg: '#00ff00', bold: true } } };

const BROKEN: readonly (readonly [string, unknown, string])[] = [
  ['is no object', 'dark', 'a theme is a JSON object'],
  ['has no name', { ...good, name: undefined }, '"name" is not a name'],
  ['has a strange name', { ...good, name: '../x' }, '"name" is not a name'],
  ['has no description', { ...good, description: 3 }, '"description" is not a text'],
  ['has a field of its own', { ...good, author: 'me' }, '"author" is unknown'],
  ['has no styles', { ...good, styles: [] }, '"styles" is not an object'],
  ['has an unknown style', { ...good, styles: { colour: {} } }, 'styles.colour is unknown'],
  ['has a style that is a text', { ...good, styles: { ok: 'green' } }, 'styles.ok is not an object'],
  ['has a colour too many', { ...good, styles: { ok: { fg: 256 } } }, 'styles.ok.fg is no colour: 256'],
  ['has a short colour', { ...good, styles: { ok: { bg: '#fff' } } }, 'styles.ok.bg is no colour: "#fff"'],
  ['has an unknown attribute', { ...good, styles: { ok: { blink: true } } }, 'styles.ok.blink is unknown'],
  [
    'has a word for an attribute',
    { ...good, styles: { ok: { bold: 'yes' } } },
    'styles.ok.bold is neither true nor false',
  ],
];

describe('parseTheme', () => {
  it('checks by the schema that is published', () => {
    const made = toJsonSchema(themeSchema, {
      errorMode: 'ignore',
      target: 'draft-2020-12',
      definitions: { color: colorSchema, style: styleSchema },
    });
    expect(schema).toEqual(made);
  });

  it('names each field that is wrong', () => {
    const { issues } = parseTheme(
      { ...good, author: 'me', mail: 'x', styles: { ok: { fg: [1], dim: 1 }, text: [] } },
      'mine.json',
    );
    expect(issues.map(({ message }) => message).sort()).toEqual([
      '"author" is unknown',
      '"mail" is unknown',
      'styles.ok.dim is neither true nor false',
      'styles.ok.fg is no colour: [1]',
      'styles.text is not an object',
    ]);
  });

  it('takes names, numbers and hex; what is left out looks like text', () => {
    const parsed = parseTheme(good, 'mine.json');
    expect(parsed).toMatchObject({ theme: { styles: { ok: { fg: '#00ff00' }, warning: { fg: 250 } } }, issues: [] });
    expect(findSchemaBreaches(schema, good)).toEqual([]);
  });

  for (const [what, json, message] of BROKEN) {
    it(`refuses one that ${what}, as its schema does`, () => {
      const parsed = parseTheme(json, 'mine.json');
      expect(parsed.theme.styles.critical).toEqual({});
      expect(parsed.issues.map(issue => issue.message).join('\n')).toContain(message);
      for (const issue of parsed.issues) expect(issue.cure).toBeTruthy();
      const written: unknown = JSON.parse(JSON.stringify(json));
      expect(findSchemaBreaches(schema, written).length).toBeGreaterThan(0);
    });
  }
});
