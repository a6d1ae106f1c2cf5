import type { OptionSpec } from './spec.ts';

/** The options of `hometui setup` that no other command takes. */
export const setupOptions = {
  dir: {
    value: 'FOLDER',
    fallback: '/etc/mosquitto as root, else ./mosquitto',
    help: 'where the files are written',
    group: 'command',
    commands: ['setup'],
    completes: 'file',
  },
  brokerDir: {
    value: 'FOLDER',
    fallback: 'that of --dir; where that was left out, /etc/mosquitto',
    help: 'where the broker will find the files',
    group: 'command',
    commands: ['setup'],
    completes: 'file',
  },
  bind: {
    value: 'ADDRESS',
    fallback: 'all addresses of the machine',
    help: 'the address that the broker listens at',
    group: 'command',
    commands: ['setup'],
  },
  tls: {
    help: 'a second listener with TLS on 8883, with an authority of your own',
    group: 'command',
    commands: ['setup'],
  },
  mosquitto: {
    value: 'PROGRAM',
    fallback: 'the one that is installed',
    help: "the broker's program for the rehearsal",
    group: 'command',
    commands: ['setup'],
    completes: 'file',
  },
  withoutRehearsal: {
    help: 'write files that were tried on no broker',
    group: 'command',
    commands: ['setup'],
  },
  undo: { help: 'take the last set-up of the folder back', group: 'command', commands: ['setup'] },
} as const satisfies Record<string, OptionSpec>;
