import type { Issue } from '../../core/issue.ts';
import { type SchemaFault, siftBySchema } from '../../core/schema/schema-faults.ts';
import { attributeNames, colorNames, makeTheme, styleNames } from './theme.ts';
import { themeSchema } from './theme-schema.ts';
import type { LoadedTheme } from './themes.ts';

/**
 * A theme from JSON that was read from `file`. A broken one gives the terminal's own look, and issues that name the field
 * and what is allowed there.
 */
export function parseTheme(json: unknown, file: string): LoadedTheme {
  const { faults, rest } = siftBySchema(themeSchema, json);
  if (rest !== null && faults.length === 0) {
    return {
      theme: makeTheme(rest.name, rest.description, rest.styles as Parameters<typeof makeTheme>[2]),
      issues: [],
    };
  }
  return { theme: makeTheme('plain', 'The terminal as it is', {}), issues: faults.map(fault => issueOf(fault, file)) };
}

function issueOf(fault: SchemaFault, file: string): Issue {
  const { message, cure } = wordsOf(fault);
  return { severity: 'error', message, place: { file }, cure };
}

function wordsOf({ path, kind, message, value }: SchemaFault): { readonly message: string; readonly cure: string } {
  const [field = '', meaning, part] = path;
  const name = meaning === undefined ? `"${field}"` : path.join('.');
  if (path.length === 0) {
    const what = 'a theme is a JSON object, and this is none';
    return { message: what, cure: 'Begin from one of the themes that come with hometui.' };
  }
  if (kind === 'unknown') return { message: `${name} is unknown`, cure: unknownCure(path) };
  if (part === 'fg' || part === 'bg') {
    const cure = `Use #rrggbb, a number from 0 to 255, or one of: ${colorNames.join(', ')}.`;
    return { message: `${name} ${message}: ${JSON.stringify(value)}`, cure };
  }
  if (part !== undefined) return { message: `${name} ${message}`, cure: 'Write true, or leave it out.' };
  if (meaning !== undefined)
    return { message: `${name} ${message}`, cure: 'Write it as in {"fg": "cyan", "bold": true}.' };
  return { message: `${name} ${MISSING[field] ?? message}`, cure: CURES[field] ?? 'Mend it.' };
}

/** What is said of a field that is missing or wrong. */
const MISSING: Readonly<Record<string, string>> = {
  name: 'is not a name',
  description: 'is not a text',
  styles: 'is not an object',
};
const CURES: Readonly<Record<string, string>> = {
  name: 'Give it 1 to 30 characters of a-z, 0-9 and -.',
  description: 'Describe the theme in one line.',
  styles: 'Give it one entry for each meaning.',
};

function unknownCure({ length }: SchemaFault['path']): string {
  if (length === 1) return 'Remove it.';
  return length === 2 ? `Use one of: ${styleNames.join(', ')}.` : `Use fg, bg, ${attributeNames.join(', ')}.`;
}
