import type { Binding } from './binding.ts';

const HELP = 'Set the chosen set-point higher or lower; Enter sends it, and a value can be typed';

/** The keys of a house that has set-points; on a chart the same keys have another meaning. */
export const settingBindings: readonly Binding[] = [
  { keys: ['+'], intent: { type: 'adjust', by: 1 }, places: ['overview'], shown: '+', label: null, help: HELP },
  { keys: ['-'], intent: { type: 'adjust', by: -1 }, places: ['overview'], shown: '-', label: null, help: HELP },
];

/** What the key of an item does, in words. */
export const KEY_HELP = {
  switch: (label: string) => `Switch ${label} on or off`,
  number: (label: string) => `Set ${label}: + and - step, or a number is typed`,
  select: (label: string) => `Set ${label}: choose from a list`,
  button: (label: string) => `Press ${label}`,
} as const;
