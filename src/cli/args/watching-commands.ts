import type { CommandSpec } from './command-spec.ts';

/** The commands about what is watched while nobody looks. */
export const watchingCommands = {
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
} as const satisfies Record<string, CommandSpec>;
