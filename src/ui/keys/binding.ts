import type { Intent, ScreenName } from './intent.ts';

/** Where a key may mean something: a screen, or the question before a switching. */
export type KeyPlace = ScreenName | 'dialog';

/** One row of the key table. */
export interface Binding {
  /** As `nameOfKey` gives them. */
  readonly keys: readonly string[];
  readonly intent: Intent;
  readonly places: readonly KeyPlace[];
  /** How help, footer and README write the keys. */
  readonly shown: string;
  /** One or two words for the footer; `null` where it would only take room there. */
  readonly label: string | null;
  /** A sentence without a full stop, for help and README. */
  readonly help: string;
  /** Whether it leaves a key to a switch of the house that has it: there is another key for it. */
  readonly givesWay?: boolean;
}

/** All screens. */
export const SCREENS: readonly ScreenName[] = [
  'overview',
  'detail',
  'clients',
  'denials',
  'users',
  'log',
  'help',
  'themes',
  'explorer',
  'alarms',
  'visitors',
];
/** Those on which the arrow keys go through rows. */
export const LISTS: readonly ScreenName[] = SCREENS.filter(screen => screen !== 'detail');
/** Where the effect of a switch can be seen. */
export const SWITCHING: readonly ScreenName[] = ['overview', 'detail'];

/** A key that leads to a screen from all of them. */
export const go = (
  key: string,
  screen: Extract<Intent, { type: 'go' }>['screen'],
  label: string,
  help: string,
): Binding => ({
  keys: [key],
  intent: { type: 'go', screen },
  places: SCREENS,
  shown: key,
  label,
  help,
});
