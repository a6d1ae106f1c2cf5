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

/** Finds all that a schema does not take of a JSON value, and what is left without that. */
export function siftBySchema<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown): Sifted<Output> {
  const faults: SchemaFault[] = [];
  let rest: unknown = withoutLists(value, schema);
  for (;;) {
    const checked = v.safeParse(schema, rest);
    if (checked.success) return { faults, rest: checked.output };
    const found = checked.issues.map(issue => faultOf(issue, value));
    faults.push(...found.filter(fault => !faults.some(other => isSameFault(fault, other))));
    // Of the fields of an object that it does not know, the library names one: the others are found without that.
    for (const { path } of found) rest = without(rest, path);
    if (found.some(({ path, kind }) => path.length === 0 || kind === 'missing')) return { faults, rest: null };
  }
}

/** What is left out because it is wrong is missing then, and that is nothing new. */
function isSameFault(one: SchemaFault, other: SchemaFault): boolean {
  return one.message === other.message && one.path.join('\n') === other.path.join('\n');
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

/** What is looked at of a schema to find those of its parts. */
interface SchemaParts {
  readonly type?: string;
  readonly wrapped?: SchemaParts;
  readonly entries?: Readonly<Record<string, SchemaParts>>;
  /** Of what has keys that it does not name. */
  readonly value?: SchemaParts;
  /** Of one that is made when it is needed. */
  readonly getter?: (input: unknown) => SchemaParts;
  /** Of several kinds: the field that tells them apart, and what each of them has there. */
  readonly key?: string;
  readonly options?: readonly SchemaParts[];
  readonly literal?: unknown;
}

/** The fields that a schema knows beside the one at a path of a value: of several kinds those of the kind that is there. */
export function fieldsBeside(schema: v.GenericSchema, value: unknown, path: readonly string[]): readonly string[] {
  return fieldsAt(schema, value, path);
}

function fieldsAt(schema: SchemaParts, value: unknown, [key = '', ...others]: readonly string[]): readonly string[] {
  const { entries, value: any } = innerSchema(schema, value);
  if (others.length === 0) return Object.keys(entries ?? {});
  const next = entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : any;
  return next === undefined ? [] : fieldsAt(next, memberOf(value, key), others);
}

function innerSchema(schema: SchemaParts, value: unknown): SchemaParts {
  const { wrapped, getter, key, options } = schema;
  if (wrapped !== undefined) return innerSchema(wrapped, value);
  if (getter !== undefined) return innerSchema(getter(value), value);
  if (key === undefined || options === undefined) return schema;
  return options.find(({ entries }) => entries?.[key]?.literal === memberOf(value, key)) ?? {};
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** The library takes a list for an object: where the schema wants one of those there is none. */
function withoutLists(value: unknown, schema: SchemaParts | undefined): unknown {
  if (schema?.wrapped !== undefined) return withoutLists(value, schema.wrapped);
  if (schema?.getter !== undefined) return withoutLists(value, schema.getter(value));
  const isObject = schema?.entries !== undefined || schema?.type === 'record';
  if (Array.isArray(value)) return isObject ? null : value;
  if (!isObject || typeof value !== 'object' || value === null) return value;
  const part = (key: string): SchemaParts | undefined =>
    schema.entries === undefined || !Object.hasOwn(schema.entries, key) ? schema.value : schema.entries[key];
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutLists(inner, part(key))]));
}

function without(value: unknown, [key, ...others]: readonly string[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const place = Number(key);
    return value.flatMap((inner, at) => (at !== place ? [inner] : others.length === 0 ? [] : [without(inner, others)]));
  }
  const entries = Object.entries(value);
  if (others.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? without(inner, others) : inner]));
}
