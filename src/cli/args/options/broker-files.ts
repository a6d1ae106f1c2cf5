import type { OptionSpec } from './spec.ts';

/** The options of the commands that read and change mosquitto's own files. */
export const brokerFileOptions = {
  passwords: {
    value: 'FILE',
    help: "check: the broker's password file",
    group: 'command',
    commands: ['acl', 'setup', 'doctor'],
    completes: 'file',
  },
  conf: {
    value: 'FILE',
    help: "check: the broker's mosquitto.conf",
    group: 'command',
    commands: ['acl', 'doctor'],
    completes: 'file',
  },
  brokerVersion: {
    value: 'VERSION',
    choices: ['2.0', '2.1'],
    fallback: 'what differs is said of both',
    help: 'check, explain: which mosquitto it is for',
    group: 'command',
    commands: ['acl', 'users', 'doctor'],
  },
  login: {
    value: 'USER=FILE,…',
    isList: true,
    help: 'more users to try, each with a file whose first line is the password',
    group: 'command',
    commands: ['doctor'],
  },
  clientId: { value: 'ID', help: "explain: the client's identifier", group: 'command', commands: ['acl'] },
  access: {
    value: 'ACCESS',
    choices: ['read', 'write', 'readwrite'],
    help: 'explain: read or write; allow, deny, revoke: readwrite for both',
    group: 'command',
    commands: ['acl'],
  },
  topic: {
    value: 'TOPIC',
    help: 'explain: the topic; allow, deny, revoke: a topic, or a filter such as heating/#',
    group: 'command',
    commands: ['acl'],
  },
  viewers: {
    value: 'USER,…',
    isList: true,
    fallback: 'nobody',
    help: 'write: who sees every value',
    group: 'command',
    commands: ['acl', 'setup'],
  },
  operators: {
    value: 'USER,…',
    isList: true,
    fallback: 'monitor, unless it is named elsewhere',
    help: 'write: who sees every value and switches',
    group: 'command',
    commands: ['acl', 'setup'],
  },
  masters: {
    value: 'USER,…',
    isList: true,
    fallback: 'master, unless it is named elsewhere',
    help: 'write: who may do everything',
    group: 'command',
    commands: ['acl', 'setup'],
  },
  stdin: { help: 'explain: one JSON question a line from standard input', group: 'command', commands: ['acl'] },
  generate: {
    help: 'add, passwd: make the password, 20 digits for a keypad, and say it once',
    group: 'command',
    commands: ['users', 'setup'],
  },
} as const satisfies Record<string, OptionSpec>;
