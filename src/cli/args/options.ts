import { brokerFileOptions } from './broker-file-options.ts';
import { type CommandName, commandEntries } from './commands.ts';
import type { OptionSpec } from './option-spec.ts';

export { longForm, type OptionSpec } from './option-spec.ts';

const linked = ['console', 'status', 'get', 'set', 'watch', 'daemon', 'history', 'simulate', 'acl', 'config'] as const;
const housed = ['console', 'status', 'get', 'set', 'watch', 'daemon', 'history', 'simulate', 'acl', 'config'] as const;
const drawn = ['console', 'demo', 'terminal'] as const;
const listening = ['console', 'status', 'set', 'watch', 'daemon', 'config'] as const;
const everywhere: readonly CommandName[] = commandEntries.map(([name]) => name);

/** All options by their names in code; names and short forms are mosquitto_sub's where that has them. */
export const options = {
  host: {
    short: 'h',
    value: 'HOST',
    fallback: 'localhost',
    help: "the broker's name or address",
    group: 'connection',
    commands: linked,
  },
  port: {
    short: 'p',
    value: 'PORT',
    number: { min: 1, max: 65_535, isWhole: true },
    fallback: '1883, with TLS 8883',
    help: "the broker's port",
    group: 'connection',
    commands: linked,
  },
  url: {
    short: 'L',
    value: 'URL',
    env: 'HOMETUI_URL',
    help: 'mqtt://, mqtts://, ws:// or wss:// URL in place of --host and --port',
    group: 'connection',
    commands: linked,
  },
  user: {
    short: 'u',
    value: 'NAME',
    env: 'HOMETUI_USER',
    help: 'the user to log in as',
    group: 'connection',
    commands: [...linked, 'demo'],
  },
  password: {
    short: 'P',
    value: 'PASSWORD',
    env: 'HOMETUI_PASSWORD',
    help: 'its password; others on this machine can read it here: prefer --password-file',
    group: 'connection',
    commands: linked,
  },
  passwordFile: {
    value: 'FILE',
    help: 'a file whose first line is the password',
    group: 'connection',
    commands: [...linked, 'users'],
    completes: 'file',
  },
  cafile: {
    value: 'FILE',
    help: 'PEM file of the authorities to trust; turns TLS on',
    group: 'connection',
    commands: linked,
    completes: 'file',
  },
  cert: {
    value: 'FILE',
    help: 'PEM file of our own certificate',
    group: 'connection',
    commands: linked,
    completes: 'file',
  },
  key: {
    value: 'FILE',
    help: 'PEM file of its private key',
    group: 'connection',
    commands: linked,
    completes: 'file',
  },
  insecure: {
    help: "TLS without checking the name in the broker's certificate",
    group: 'connection',
    commands: linked,
  },
  protocolVersion: {
    short: 'V',
    value: 'VERSION',
    choices: ['5', '311', 'auto'],
    fallback: 'auto: 5, then 3.1.1',
    help: 'the MQTT version',
    group: 'connection',
    commands: linked,
  },
  id: {
    short: 'i',
    value: 'ID',
    fallback: 'random for each start',
    help: 'our MQTT client identifier',
    group: 'connection',
    commands: linked,
  },
  keepalive: {
    short: 'k',
    value: 'SECONDS',
    number: { min: 5, max: 65_535, isWhole: true },
    fallback: '15',
    help: 'seconds between signs of life to the broker',
    group: 'connection',
    commands: linked,
  },
  profile: {
    value: 'NAME',
    help: 'a broker profile of the settings',
    group: 'connection',
    commands: linked,
  },
  house: {
    value: 'FILE|PRESET',
    env: 'HOMETUI_HOUSE',
    fallback: 'article',
    help: 'house file, or one of the presets article and article-de',
    group: 'house',
    commands: housed,
    completes: 'file',
  },
  brokerLog: {
    value: 'FILE|journal',
    help: "the broker's log: shows what was denied to others",
    group: 'house',
    commands: listening,
    completes: 'file',
  },
  acl: {
    value: 'FILE',
    help: "the broker's ACL file: tells beforehand what is allowed, and which line is missing",
    group: 'house',
    commands: [...listening, 'users'],
    completes: 'file',
  },
  theme: {
    value: 'NAME',
    env: 'HOMETUI_THEME',
    fallback: 'dark',
    help: 'the colours',
    group: 'display',
    commands: ['console', 'demo', 'config'],
  },
  ascii: { help: 'only ASCII characters', group: 'display', commands: drawn },
  colors: {
    value: 'BITS',
    choices: ['1', '4', '8', '24'],
    fallback: 'what the terminal can; NO_COLOR is obeyed',
    help: 'colour depth in bits',
    group: 'display',
    commands: drawn,
  },
  glyphs: {
    value: 'NAME',
    choices: ['full', 'wgl4', 'linux', 'ascii'],
    fallback: 'what the terminal can',
    help: 'which symbols and lines are drawn',
    group: 'display',
    commands: drawn,
  },
  format: {
    short: 'F',
    value: 'FORMAT',
    choices: ['text', 'json', 'nagios', 'prometheus', 'csv', 'jsonl', 'openmetrics', 'line-protocol'],
    fallback: 'text',
    help: 'the form of the output',
    group: 'command',
    commands: ['status', 'get', 'set', 'watch', 'history', 'acl', 'users', 'config'],
  },
  timeout: {
    short: 't',
    value: 'SECONDS',
    number: { min: 0.1, max: 86_400, isWhole: false },
    fallback: '12',
    help: 'how long to wait: status and get for the values, set for the connection',
    group: 'command',
    commands: ['status', 'get', 'set'],
  },
  only: {
    value: 'ID,…',
    isList: true,
    help: 'only these sensors, switches and clients count (watch, history: are shown)',
    group: 'command',
    commands: ['status', 'watch', 'history'],
  },
  output: {
    short: 'o',
    value: 'FILE',
    help: 'write to FILE at once and whole, in place of standard output',
    group: 'command',
    commands: ['status', 'config'],
    completes: 'file',
  },
  any: { help: 'a retained value is as good as a live one: exit code 0', group: 'command', commands: ['get'] },
  yes: { short: 'y', help: 'do not ask, also for switches that ask first', group: 'command', commands: ['set', 'acl'] },
  dryRun: {
    short: 'n',
    help: 'say what would be done and do nothing',
    group: 'command',
    commands: ['set', 'acl', 'users', 'config'],
  },
  savePassword: { help: 'save: the password too, in a file of mode 0600', group: 'command', commands: ['config'] },
  count: {
    short: 'C',
    value: 'N',
    number: { min: 1, max: 1e9, isWhole: true },
    help: 'end after N lines',
    group: 'command',
    commands: ['watch'],
  },
  for: {
    short: 'W',
    value: 'SECONDS',
    number: { min: 0.1, max: 31_536_000, isWhole: false },
    help: 'end after so many seconds',
    group: 'command',
    commands: ['watch'],
  },
  untilOk: { help: 'end as soon as all is well', group: 'command', commands: ['watch'] },
  last: {
    value: 'DURATION',
    fallback: '24h',
    help: 'so far back from now: 90s, 10min, 24h, 7d, 4w, 1y',
    group: 'command',
    commands: ['history'],
  },
  from: {
    value: 'TIME',
    help: 'the first moment: 2026-11-29, "2026-11-29 14:00", 14:00, yesterday, "yesterday 03:00", "2 h ago"',
    group: 'command',
    commands: ['history'],
  },
  to: {
    value: 'TIME',
    fallback: 'now',
    help: 'the moment before which it ends, written like --from',
    group: 'command',
    commands: ['history'],
  },
  every: {
    value: 'DURATION',
    help: 'by stretches of so long, with lowest, highest, mean and last value; 1d and more are days of here',
    group: 'command',
    commands: ['history'],
  },
  speed: {
    value: 'FACTOR',
    number: { min: 0.1, max: 1_000, isWhole: false },
    fallback: '1',
    help: 'how much faster than the real one the simulated house lives',
    group: 'command',
    commands: ['simulate', 'demo'],
  },
  seed: {
    value: 'N',
    number: { min: 0, max: 4_294_967_295, isWhole: true },
    fallback: '1',
    help: 'the same number gives the same weather',
    group: 'command',
    commands: ['simulate', 'demo'],
  },
  fault: {
    value: 'KIND[:SECONDS]',
    isList: true,
    help: 'silent, stuck, garbage or slow, from so many seconds on',
    group: 'command',
    commands: ['simulate'],
  },
  ...brokerFileOptions,
  help: { help: 'this help', group: 'general', commands: everywhere },
  version: { help: 'the version', group: 'general', commands: everywhere },
} as const satisfies Record<string, OptionSpec>;

/** The name of an option in code. */
export type OptionName = keyof typeof options;

type ValueOf<Spec> = Spec extends { isList: true }
  ? readonly string[]
  : Spec extends { number: object }
    ? number
    : Spec extends { choices: readonly (infer Choice)[] }
      ? Choice
      : Spec extends { value: string }
        ? string
        : true;

/** What was given on the command line: an option that was not given is absent. */
export type Flags = { readonly [Name in OptionName]?: ValueOf<(typeof options)[Name]> };

/** All options with their names in code, in the order of the help. */
export const optionEntries = Object.entries(options) as readonly (readonly [OptionName, OptionSpec])[];
