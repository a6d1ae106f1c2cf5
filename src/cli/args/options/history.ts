import type { OptionSpec } from './spec.ts';

/** Which part of the past is asked for, and how finely. */
export const historyOptions = {
  at: {
    value: 'TIME',
    fallback: '1 h ago',
    help: 'where it begins: "yesterday 03:00", 03:00, "2 h ago", 2026-11-28T03:00Z',
    group: 'command',
    commands: ['replay'],
  },
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
  since: {
    value: 'TIME',
    fallback: '7d',
    help: 'the first moment, written like --from of history, or so far back as 24h, 7d',
    group: 'command',
    commands: ['events'],
  },
  until: {
    value: 'TIME',
    fallback: 'now',
    help: 'the moment before which it ends',
    group: 'command',
    commands: ['events'],
  },
  to: {
    value: 'TIME',
    fallback: 'now',
    help: 'the moment before which it ends, written like --from',
    group: 'command',
    commands: ['history', 'export'],
  },
  every: {
    value: 'DURATION',
    help: 'by stretches of so long, with lowest, highest, mean and last value; 1d and more are days of here',
    group: 'command',
    commands: ['history'],
  },
  engine: {
    value: 'URL',
    help: 'a database on another machine that gets the history: http://HOST:8086/write?db=hometui and the like',
    group: 'house',
    commands: ['daemon', 'history', 'config'],
  },
  engineLogin: {
    value: 'FILE',
    help: 'a file whose first line is the login there: USER:PASSWORD, or a token',
    group: 'house',
    commands: ['daemon', 'history', 'config'],
    completes: 'file',
  },
  metrics: {
    value: 'ADDRESS',
    help: 'where a Prometheus may fetch how the house is: 9834 on this machine, 192.168.1.7:9834 for others',
    group: 'command',
    commands: ['daemon'],
  },
  fromEngine: {
    help: 'what that database knows, in place of what was recorded on this machine',
    group: 'command',
    commands: ['history'],
  },
  map: {
    value: 'NAME=ID,…',
    isList: true,
    help: 'import: what the file calls NAME is the sensor ID',
    group: 'command',
    commands: ['history'],
  },
} as const satisfies Record<string, OptionSpec>;
