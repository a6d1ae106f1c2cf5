import type { CommandSpec } from './command-spec.ts';

/** The commands about what is watched while nobody looks. */
export const watchingCommands = {
  alarms: {
    usage: [
      'alarms [list] [OPTION]…',
      'alarms ack ALARM…|--all [OPTION]…',
      'alarms shelve ALARM… [OPTION]…',
      'alarms unshelve ALARM…|--all [OPTION]…',
    ],
    summary: 'the alarms of the house: told, acknowledged, put aside',
    words: ['list', 'ack', 'shelve', 'unshelve'],
    mayLackWord: true,
    examples: [
      ['hometui alarms', 'what is raised, since when, and what to do'],
      ['hometui alarms --format json', 'all that is known of them, with their ids, for a script'],
      ['hometui alarms ack --all -u master', 'seen, by master'],
      ['hometui alarms shelve heating-silent --for 7200 --reason "the board is on my desk"', 'for two hours'],
    ],
    exitCodes:
      'list: 0 nothing but notes, 1 a warning, 2 an alarm, 3 nobody watches; 75 no daemon answers: nothing was done, ' +
      '78 house file or settings broken',
  },
  events: {
    usage: ['events [OPTION]…'],
    summary: 'who rang and what moved, by day, and how often',
    examples: [
      ['hometui events', 'the last seven days'],
      ['hometui events --since yesterday', 'from the midnight before the last one on'],
      ['hometui events --since 2026-11-01 --until 2026-12-01 --format csv > november.csv', 'for a spreadsheet'],
    ],
    exitCodes: '0 told, 3 nothing was recorded, or nothing happened; 78 house file, settings or history broken',
  },
  notify: {
    usage: ['notify list [OPTION]…', 'notify test NAME [OPTION]…'],
    summary: 'how the daemon tells alarms: each channel tried, and what waits',
    words: ['list', 'test'],
    examples: [
      ['hometui notify list', 'what waits for each channel, and what it last answered'],
      ['hometui notify test phone', 'sends a notice by the channel "phone", now'],
    ],
    exitCodes:
      'list: 0 well, 1 something is not delivered, 3 no channel is set up; test: 0 delivered, 75 not delivered; ' +
      '66 a secret cannot be read, 78 house file or settings broken',
  },
} as const satisfies Record<string, CommandSpec>;
