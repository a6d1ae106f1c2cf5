import type { Binding } from './binding.ts';

const inLog = (key: string, intent: Binding['intent'], shown: string, label: string | null, help: string): Binding => ({
  ...{ keys: [key], intent, shown, label, help },
  places: ['log'],
});

const FOLD = 'In the log: unfold what is alike, or fold it together';

/** The keys of the log. */
export const logBindings: readonly Binding[] = [
  inLog('enter', { type: 'open' }, 'Enter', null, 'In the log: go to what the entry speaks of, or unfold it'),
  inLog('right', { type: 'move', to: 'right' }, '→', null, FOLD),
  inLog('left', { type: 'move', to: 'left' }, '←', null, FOLD),
  inLog('/', { type: 'search' }, '/', 'filter', 'In the log: only entries with the words that you type, or all again'),
  inLog('=', { type: 'same-subject' }, '=', null, 'In the log: only what is about the same item, or all again'),
];
