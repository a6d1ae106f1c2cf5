import * as v from 'valibot';

/** One thing in a JSON value that its schema does not take. */
export interface SchemaFault {
  /** The keys that lead to it; none for the value as a whole. */
  readonly path: readonly string[];
  readonly kind: 'unknown' | 'missing' | 'wrong';
  /** What the schema says of it: its own message where it has one. */
  readonly message: string;
  /** What stands there; `undefined` where it is missing. */
  readonly value: unknown;
}

/** What was found of a value. */
export interface Sifted<Output> {
  readonly faults: readonly SchemaFault[];
  /** The value without what is wrong in it; `null` where nothing of it can be used. */
  readonly rest: Output | null;
}

/** Finds all that a schema does not take of a JSON value, which has no lists in it, and what is left without that. */
export function siftBySchema<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown): Sifted<Output> {
  const faults: SchemaFault[] = [];
  let rest: unknown = withoutLists(value);
  for (;;) {
    const checked = v.safeParse(schema, rest);
    if (checked.success) return { faults, rest: checked.output };
    const found = checked.issues.map(issue => faultOf(issue, value));
    faults.push(...found);
    // Of the fields of an object that it does not know, the library names one: the others are found without that.
    for (const { path } of found) rest = without(rest, path);
    if (found.some(({ path, kind }) => path.length === 0 || kind === 'missing')) return { faults, rest: null };
  }
}

/** In which way something is wrong, as the library tells it. */
export function faultKindOf({ type, expected, received, input }: v.BaseIssue<unknown>): SchemaFault['kind'] {
  if (type === 'strict_object' && expected === 'never') return 'unknown';
  return received === 'undefined' || (type === 'strict_object' && input === undefined) ? 'missing' : 'wrong';
}

function faultOf(issue: v.BaseIssue<unknown>, value: unknown): SchemaFault {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const found = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
  return { path, kind: faultKindOf(issue), message: issue.message, value: found };
}

/** The library takes a list for an object. */
function withoutLists(value: unknown): unknown {
  if (Array.isArray(value)) return null;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutLists(inner)]));
}

function without(value: unknown, [key, ...others]: readonly string[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (others.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? without(inner, others) : inner]));
}
