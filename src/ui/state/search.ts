import type { HomeState } from '../../core/home/state/state.ts';
import { STATE_WORDS, stateWordsOf } from '../../core/home/state-words.ts';
import { type House, labelOf } from '../../core/house/house.ts';
import { tabsOf } from '../../core/house/tabs.ts';
import { arrangementsOf, tabOfItem, wholeOf } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';

/** What is looked for among the items of a house. */
export interface Search {
  readonly text: string;
  /** The place of the chosen item among all of the house; `null` for the first that is found. */
  readonly chosen: number | null;
}

/** An item with all that it can be found by, in small letters. */
interface Indexed {
  readonly place: number;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

const indexes = new WeakMap<House, readonly Indexed[]>();

function indexOf(house: House): readonly Indexed[] {
  const known = indexes.get(house);
  if (known !== undefined) return known;
  const { ids } = itemsOf(house);
  const tabs = tabsOf(house.config);
  const hasTabs = arrangementsOf(house).length > 1;
  const made = wholeOf(house).panels.flatMap(panel =>
    panel.places.map((place): Indexed => {
      const id = ids[place] ?? '';
      const label = labelOf(house, id).toLowerCase();
      const tab = hasTabs ? (tabs[tabOfItem(house, place)]?.label ?? '') : '';
      const text = [label, id, ...topicsOf(house, id), panel.label, tab].join('\n').toLowerCase();
      return { place, id, label, text };
    }),
  );
  indexes.set(house, made);
  return made;
}

/** The topics that an item speaks and listens on. */
export function topicsOf(house: House, id: string): readonly string[] {
  const toggle = house.switches.get(id);
  const topics = [house.sensors.get(id)?.topic, house.words.get(id)?.topic, toggle?.command, toggle?.feedback];
  return topics.filter(topic => topic !== undefined);
}

/** A word of fewer letters is no word for a state: half of the house would be found by it. */
const SHORTEST_STATE = 3;

/**
 * The items in which each word stands: in their label, topic, panel or tab, or as the begin of a word for their state. By
 * their places; those whose label begins with it come first, then those that have it in their label.
 */
export function findItems(home: HomeState, text: string): readonly number[] {
  const words = text
    .toLowerCase()
    .split(' ')
    .filter(word => word !== '');
  const states = new Set(words.filter(mayBeState));
  const ranks: number[][] = [[], [], []];
  for (const item of indexOf(home.house)) {
    const isFound = words.every(
      word => item.text.includes(word) || (states.has(word) && isInState(home, item.id, word)),
    );
    if (isFound) ranks[rankOf(item, words[0] ?? '')]?.push(item.place);
  }
  return ranks.flat();
}

function rankOf({ label }: Indexed, word: string): number {
  const place = label.indexOf(word);
  return place === 0 ? 0 : place > 0 ? 1 : 2;
}

const mayBeState = (word: string): boolean =>
  STATE_WORDS.some(state => state === word || (word.length >= SHORTEST_STATE && state.startsWith(word)));

function isInState(home: HomeState, id: string, word: string): boolean {
  return stateWordsOf(home, id).some(
    state => state === word || (word.length >= SHORTEST_STATE && state.startsWith(word)),
  );
}

/** Where among those that are found the chosen one is; the first one where that is not among them; -1 for none. */
export function chosenPlace(found: readonly number[], { chosen }: Search): number {
  const place = chosen === null ? 0 : found.indexOf(chosen);
  return found.length === 0 ? -1 : Math.max(0, place);
}
