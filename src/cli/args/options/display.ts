import type { OptionSpec } from './spec.ts';

const drawn = ['console', 'demo', 'replay', 'terminal'] as const;

/** What the screen looks like. */
export const displayOptions = {
  theme: {
    value: 'NAME',
    env: 'HOMETUI_THEME',
    fallback: 'dark',
    help: 'the colours',
    group: 'display',
    commands: ['console', 'demo', 'replay', 'config'],
  },
  mouse: {
    help: 'a click chooses, the wheel scrolls; it never switches anything',
    group: 'display',
    commands: ['console', 'demo', 'replay'],
  },
  bell: {
    help: "an alarm that comes rings the terminal's bell, once",
    group: 'display',
    commands: ['console', 'demo'],
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
} as const satisfies Record<string, OptionSpec>;
