import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { nameOfKey } from '../keys/keymap.ts';

/** A house that is saved in the settings. */
export interface HouseEntry {
  /** What the list calls it. */
  readonly name: string;
  /** The profile; `null` for what the settings say without one. */
  readonly profile: string | null;
  /** The address of its broker, without a password. */
  readonly address: string;
  readonly user: string | null;
  /** Whether the console was last connected there. */
  readonly isLast: boolean;
}

/** What was found out about a house: a clause, and whether it stands in the way. */
export interface HouseFacts {
  readonly text: string;
  readonly isTrouble: boolean;
}

/** The list of houses with what is chosen on it. */
export interface HouseList {
  readonly entries: readonly HouseEntry[];
  /** Of each entry, in their order; `null` for what is not known yet. */
  readonly facts: readonly (HouseFacts | null)[];
  readonly focus: number;
  /** Why the last choice came to nothing, or the last key did; `null` for nothing to say. */
  readonly notice: string | null;
}

/** What the list wants done. */
export type HouseListCommand = 'open' | 'leave' | 'repaint' | 'suspend';

/** The list as it begins: on the house of last time. */
export function createHouseList(entries: readonly HouseEntry[], notice: string | null): HouseList {
  const last = entries.findIndex(({ isLast }) => isLast);
  return { entries, facts: entries.map(() => null), focus: Math.max(0, last), notice };
}

/** The list with what was found out about one house. */
export function withFacts(list: HouseList, place: number, facts: HouseFacts): HouseList {
  return { ...list, facts: list.facts.map((old, at) => (at === place ? facts : old)) };
}

/** What a key does to the list, and what it wants done. Total. */
export function reduceHouseList(
  list: HouseList,
  key: KeyEvent,
): { readonly list: HouseList; readonly command: HouseListCommand | null } {
  const calm = { ...list, notice: null };
  const stay = (focus: number) => {
    const last = Math.max(0, list.entries.length - 1);
    return { list: { ...calm, focus: Math.max(0, Math.min(last, focus)) }, command: null };
  };
  if (key.type === 'paste') return { list: { ...list, notice: 'Pasted text is not taken for keys' }, command: null };
  const name = nameOfKey(key);
  if (/^[1-9]$/.test(name)) {
    const focus = Number(name) - 1;
    if (list.entries[focus] !== undefined) return { list: { ...calm, focus }, command: 'open' };
    return { list: { ...list, notice: `There is no house ${name}` }, command: null };
  }
  const move = MOVES[name];
  if (move !== undefined) return stay(move(list.focus));
  const command = COMMANDS[name] ?? COMMANDS[name.toLowerCase()];
  if (command === 'open' && list.entries.length === 0) return { list: calm, command: null };
  if (command !== undefined) return { list: calm, command };
  return { list: { ...list, notice: 'Enter opens the chosen house, q leaves hometui' }, command: null };
}

/** More than a screen has. */
const PAGE = 10;

const MOVES: Readonly<Record<string, (focus: number) => number>> = {
  ...{ down: focus => focus + 1, j: focus => focus + 1, tab: focus => focus + 1 },
  ...{ up: focus => focus - 1, k: focus => focus - 1, 'shift+tab': focus => focus - 1 },
  ...{ pageDown: focus => focus + PAGE, pageUp: focus => focus - PAGE },
  ...{ home: () => 0, end: () => Number.MAX_SAFE_INTEGER },
};

const COMMANDS: Readonly<Record<string, HouseListCommand>> = {
  ...{ enter: 'open', ' ': 'open' },
  ...{ q: 'leave', escape: 'leave', 'ctrl+c': 'leave', 'ctrl+d': 'leave' },
  ...{ 'ctrl+l': 'repaint', 'ctrl+z': 'suspend' },
};
