interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'number' | 'null';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
  readonly items?: Schema;
  readonly const?: unknown;
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The words of JSON Schema that `findSchemaBreaches` knows: another one in a schema is an error of the test. */
const KNOWN = new Set([
  '$schema',
  '$ref',
  '$defs',
  'title',
  'description',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'const',
  'format',
  // Of a record: its names are texts, as all names in JSON are.
  'propertyNames',
  'anyOf',
  'enum',
  'pattern',
  'minimum',
  'maximum',
]);

type Check = (rule: Schema, at: unknown, path: string) => readonly string[];

/** Where a JSON value breaks a schema, as paths with a reason; the part of JSON Schema that our schemas use. */
export function findSchemaBreaches(schema: unknown, value: unknown): readonly string[] {
  const { $defs: parts = {} } = schema as { readonly $defs?: Readonly<Record<string, Schema>> };
  const check: Check = (rule, at, path) => {
    for (const word of Object.keys(rule)) if (!KNOWN.has(word)) throw new Error(`${word} is not known here`);
    if (rule.$ref === undefined) return checkRule(rule, at, path, check);
    const target = parts[rule.$ref.replace('#/$defs/', '')];
    if (target === undefined) throw new Error(`${rule.$ref} leads nowhere`);
    return check(target, at, path);
  };
  return check(schema as Schema, value, '$');
}

function checkRule(rule: Schema, at: unknown, path: string, check: Check): readonly string[] {
  if (rule.anyOf !== undefined) {
    return rule.anyOf.some(one => check(one, at, path).length === 0) ? [] : [`${path} fits none`];
  }
  if ('const' in rule && rule.const !== at) return [`${path} is not ${rule.const}`];
  if (rule.enum !== undefined && !rule.enum.includes(at)) return [`${path} is none of the words`];
  if (rule.type !== undefined && !isOfType(rule.type, at)) return [`${path} is no ${rule.type}`];
  if (rule.format === 'date-time' && !isDateTime(at)) return [`${path} is no time`];
  if (typeof at === 'string') return new RegExp(rule.pattern ?? '').test(at) ? [] : [`${path} has another form`];
  if (typeof at === 'number') return isInside(rule, at) ? [] : [`${path} is out of bounds`];
  if (Array.isArray(at)) return at.flatMap((one, index) => check(rule.items ?? {}, one, `${path}[${index}]`));
  return isObject(at) ? checkObject(rule, at, path, check) : [];
}

/** A time of RFC 3339. */
function isDateTime(at: unknown): boolean {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  return typeof at === 'string' && form.test(at) && !Number.isNaN(Date.parse(at));
}

function isInside({ minimum, maximum }: Schema, at: number): boolean {
  return at >= (minimum ?? at) && at <= (maximum ?? at);
}

function checkObject(
  rule: Schema,
  at: Readonly<Record<string, unknown>>,
  path: string,
  check: Check,
): readonly string[] {
  const missing = (rule.required ?? []).filter(name => !(name in at)).map(name => `${path}.${name} is missing`);
  const inner = Object.entries(at).flatMap(([name, one]) => {
    const known = rule.properties?.[name];
    if (known !== undefined) return check(known, one, `${path}.${name}`);
    if (rule.additionalProperties === false) return [`${path}.${name} is unknown`];
    return check(rule.additionalProperties ?? {}, one, `${path}.${name}`);
  });
  return [...missing, ...inner];
}

function isOfType(type: NonNullable<Schema['type']>, value: unknown): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
