import type { Issue } from '../issue.ts';
import { fieldsBeside, type SchemaFault, siftBySchema } from '../schema/schema-faults.ts';
import { type Preferences, preferencesSchema } from './schema.ts';

/** What a settings file says, and what is wrong with it. */
export interface PreferencesRead {
  readonly preferences: Preferences;
  /** What could not be used, with place and cure; the rest holds. */
  readonly issues: readonly Issue[];
}

/**
 * Reads the text of a settings file by its schema; `file` is its name for messages. A field that is wrong is left out and
 * named; a text that is no JSON object gives empty preferences and an error with its line.
 */
export function parsePreferences(source: string, file: string): PreferencesRead {
  let root: unknown;
  try {
    root = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { preferences: {}, issues: [brokenJson(source, file, error)] };
  }
  const { faults, rest } = siftBySchema(preferencesSchema, root);
  return { preferences: bareOf(rest), issues: faults.map(fault => issueOf(fault, root, file)) };
}

/** Without the address of its schema, which is for the editor that the file was written with. */
function bareOf(rest: (Preferences & { readonly $schema?: string }) | null): Preferences {
  const { $schema, ...preferences } = rest ?? {};
  return preferences;
}

function issueOf({ path, kind, message }: SchemaFault, root: unknown, file: string): Issue {
  const name = path.length === 0 ? 'the settings' : path.join('.');
  const isUnknown = kind === 'unknown';
  const known = fieldsBeside(preferencesSchema, root, path).filter(field => field !== '$schema');
  return {
    severity: 'error',
    message: isUnknown ? `${name} is no setting` : `${name} must be ${message}`,
    place: { file },
    cure: isUnknown ? `Remove it; the settings are ${known.join(', ')}.` : 'Mend or remove it.',
  };
}

function brokenJson(source: string, file: string, error: unknown): Issue {
  const words = error instanceof Error ? error.message : String(error);
  const offset = /position (\d+)/.exec(words)?.[1];
  const before = source.slice(0, offset === undefined ? source.length : Number(offset));
  // The engine's words quote the file, which may hold a password: only the place is told.
  return {
    severity: 'error',
    message: 'the settings are not JSON',
    place: { file, line: before.split('\n').length },
    cure: 'Mend the comma, quote or bracket at or just before this line, or remove the file.',
  };
}
