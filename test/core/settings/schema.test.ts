import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, it } from 'vitest';
import { preferencesSchema } from '../../../src/core/settings/schema.ts';

it('the schema of the settings that is published is the one that is checked', () => {
  const file = new URL('../../../src/core/settings/settings.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(toJsonSchema(preferencesSchema, { errorMode: 'ignore' }));
});
