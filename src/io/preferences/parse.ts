import type { Issue } from '../../core/issue.ts';

/** A broker and who we are there, as it is saved. Names and units as those of the options. */
export interface BrokerProfile {
  readonly url?: string;
  readonly user?: string;
  /** Only where the user said so. */
  readonly password?: string;
  readonly passwordFile?: string;
  readonly cafile?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly protocolVersion?: '5' | '311' | 'auto';
  readonly keepalive?: number;
  readonly house?: string;
  readonly acl?: string;
  readonly brokerLog?: string;
  /** Whether the console records what it hears while it is open; it does where this is absent. */
  readonly history?: boolean;
  /** The address of a database on another machine that the daemon sends the history to. */
  readonly engine?: string;
  /** A file with who we are there: `user:password`, or a token. */
  readonly engineLogin?: string;
}

/** What a user has settled: the broker that is meant where none is named, the theme, and brokers by name. */
export interface Preferences extends BrokerProfile {
  readonly theme?: string;
  /** Where the console was last connected to, and as whom. */
  readonly last?: { readonly url?: string; readonly user?: string };
  readonly profiles?: Readonly<Record<string, BrokerProfile>>;
}

type Check = (value: unknown) => string | null;

const text: Check = value => (typeof value === 'string' && value !== '' ? null : 'a text');
const flag: Check = value => (typeof value === 'boolean' ? null : 'true or false');
const version: Check = value => (['5', '311', 'auto'].includes(String(value)) ? null : '"5", "311" or "auto"');
const keepalive: Check = value =>
  Number.isInteger(value) && Number(value) >= 5 && Number(value) <= 65_535 ? null : 'a whole number from 5 to 65535';

/** The fields of a profile with what each must be; `null` means fine. */
const profileFields: Readonly<Record<keyof BrokerProfile, Check>> = {
  url: text,
  user: text,
  password: value => (typeof value === 'string' ? null : 'a text'),
  passwordFile: text,
  cafile: text,
  cert: text,
  key: text,
  insecure: flag,
  protocolVersion: version,
  keepalive,
  house: text,
  acl: text,
  brokerLog: text,
  history: flag,
  engine: text,
  engineLogin: text,
};

/**
 * Reads the text of a settings file; `file` is its name for messages. A field that is wrong is left out and named; a
 * text that is no JSON object gives empty preferences and an error with its line.
 */
export function parsePreferences(
  source: string,
  file: string,
): { readonly preferences: Preferences; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  let root: unknown;
  try {
    root = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { preferences: {}, issues: [brokenJson(source, file, error)] };
  }
  if (!isObject(root)) return { preferences: {}, issues: [wrong(file, 'the settings', 'an object in braces')] };
  const report = (name: string, expected: string): void => void issues.push(wrong(file, name, expected));
  const preferences: Record<string, unknown> = checkFields(root, '', profileFields, report, ROOT_FIELDS);
  if (root.theme !== undefined) {
    if (text(root.theme) === null) preferences.theme = root.theme;
    else report('theme', 'a text');
  }
  if (root.last !== undefined) {
    if (isObject(root.last)) preferences.last = checkFields(root.last, 'last.', { url: text, user: text }, report);
    else report('last', 'an object with url and user');
  }
  if (root.profiles !== undefined) preferences.profiles = checkProfiles(root.profiles, report);
  return { preferences, issues };
}

const ROOT_FIELDS = ['theme', 'last', 'profiles', '$schema'];

type ReportField = (name: string, expected: string) => void;

function checkProfiles(value: unknown, report: ReportField): Record<string, BrokerProfile> {
  const profiles: Record<string, BrokerProfile> = {};
  if (!isObject(value)) {
    report('profiles', 'an object with one profile for each name');
    return profiles;
  }
  for (const [name, profile] of Object.entries(value)) {
    if (isObject(profile)) profiles[name] = checkFields(profile, `profiles.${name}.`, profileFields, report);
    else report(`profiles.${name}`, 'an object');
  }
  return profiles;
}

function checkFields(
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  fields: Readonly<Record<string, Check>>,
  report: ReportField,
  others: readonly string[] = [],
): Record<string, unknown> {
  const good: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    if (others.includes(name)) continue;
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const expected = check === undefined ? `one of ${Object.keys(fields).join(', ')}` : check(value);
    if (expected === null) good[name] = value;
    else report(`${prefix}${name}`, expected);
  }
  return good;
}

function wrong(file: string, name: string, expected: string): Issue {
  const message = expected.startsWith('one of ') ? `${name} is no setting` : `${name} must be ${expected}`;
  const cure = expected.startsWith('one of ')
    ? `Remove it; the settings are ${expected.slice(7)}.`
    : 'Mend or remove it.';
  return { severity: 'error', message, place: { file }, cure };
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
