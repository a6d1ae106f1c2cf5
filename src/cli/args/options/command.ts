import type { OptionSpec } from './spec.ts';

/** What several commands share, and what is of one alone and has no file of its own. */
export const commandOptions = {
  format: {
    short: 'F',
    value: 'FORMAT',
    choices: ['text', 'json', 'nagios', 'prometheus', 'csv', 'jsonl', 'openmetrics', 'line-protocol'],
    fallback: 'text',
    help: 'the form of the output',
    group: 'command',
    commands: ['status', 'get', 'set', 'watch', 'topics', 'history', 'house', 'acl', 'users', 'doctor', 'config'],
  },
  timeout: {
    short: 't',
    value: 'SECONDS',
    number: { min: 0.1, max: 86_400, isWhole: false },
    fallback: '12',
    help: 'how long to wait: status and get for the values, set for the connection',
    group: 'command',
    commands: ['status', 'get', 'set', 'doctor'],
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
    help: 'write to FILE at once and whole, in place of standard output; keys: the key for the device',
    group: 'command',
    commands: ['status', 'config', 'import', 'export', 'keys'],
    completes: 'file',
  },
  direct: {
    help: 'ask the broker itself, also where a daemon has listened',
    group: 'command',
    commands: ['console', 'status', 'get', 'watch'],
  },
  any: { help: 'a retained value is as good as a live one: exit code 0', group: 'command', commands: ['get'] },
  yes: {
    short: 'y',
    help: 'do not ask',
    group: 'command',
    commands: ['set', 'acl', 'setup', 'daemon', 'import', 'keys'],
  },
  dryRun: {
    short: 'n',
    help: 'say what would be done and do nothing',
    group: 'command',
    commands: ['set', 'acl', 'users', 'config', 'setup', 'daemon', 'import'],
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
    help: 'end after so many seconds; keys: how long the old key is taken, 7 days if absent',
    group: 'command',
    commands: ['watch', 'topics', 'keys'],
  },
  untilOk: { help: 'end as soon as all is well', group: 'command', commands: ['watch'] },
} as const satisfies Record<string, OptionSpec>;
