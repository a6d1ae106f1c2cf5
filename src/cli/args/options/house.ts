import type { OptionSpec } from './spec.ts';

const housed = [
  'console',
  'status',
  'get',
  'set',
  'watch',
  'daemon',
  'history',
  'events',
  'notify',
  'alarms',
  'replay',
  'simulate',
  'acl',
  'config',
] as const;
const listening = ['console', 'status', 'set', 'watch', 'daemon', 'config'] as const;

/** What the house is, and where its broker tells of itself. */
export const houseOptions = {
  house: {
    value: 'FILE|PRESET',
    env: 'HOMETUI_HOUSE',
    fallback: 'article',
    help: 'house file, or one of the presets article and article-de',
    group: 'house',
    commands: [...housed, 'discover', 'house', 'setup', 'doctor', 'export'],
    completes: 'file',
  },
  brokerLog: {
    value: 'FILE|journal',
    help: "the broker's log: shows what was denied to others",
    group: 'house',
    commands: [...listening, 'discover', 'doctor'],
    completes: 'file',
  },
  acl: {
    value: 'FILE',
    help: "the broker's ACL file: tells beforehand what is allowed, and which line is missing",
    group: 'house',
    commands: [...listening, 'house', 'users', 'doctor'],
    completes: 'file',
  },
} as const satisfies Record<string, OptionSpec>;
