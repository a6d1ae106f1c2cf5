import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { nameOfKey } from '../keys/keymap.ts';
import { itemsOf } from '../layout/items.ts';
import type { AppContext, AppState, AppStep } from '../state/app-state.ts';
import { notice, stay } from '../state/app-step.ts';
import { clamp } from '../state/move-item.ts';
import { chosenPlace, findItems, type Search } from '../state/search.ts';
import { typeText } from '../state/typed-text.ts';
import { openItem } from './go-reducer.ts';

/** Longer than any label or topic that a person types. */
const LONGEST = 60;

/** Begins to look for an item. */
export function openSearch(state: AppState): AppStep {
  return stay({ ...state, search: { text: '', chosen: null } });
}

/** What a key does while something is looked for. */
export function editSearch(state: AppState, search: Search, key: KeyEvent, context: AppContext): AppStep {
  const made = typeText(search.text, key, LONGEST);
  switch (made.type) {
    case 'text':
      return stay({ ...state, search: { text: made.text, chosen: null } });
    case 'escape':
      return stay({ ...state, search: null });
    case 'enter':
      return openFound(state, search, context);
    case 'key':
      return stay({ ...state, search: moved(search, key, context) });
  }
}

function openFound(state: AppState, search: Search, context: AppContext): AppStep {
  const { home } = context;
  const found = findItems(home, search.text);
  const place = found[chosenPlace(found, search)];
  const id = place === undefined ? undefined : itemsOf(home.house).ids[place];
  if (place === undefined || id === undefined) return notice(state, context, 'Nothing is found by that');
  return openItem({ ...state, search: null }, id, place);
}

function moved(search: Search, key: KeyEvent, { home, pageRows }: AppContext): Search {
  const steps: Readonly<Record<string, number>> = {
    ...{ up: -1, down: 1, tab: 1, 'shift+tab': -1, pageUp: -pageRows, pageDown: pageRows },
    ...{ home: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY },
  };
  const by = key.type === 'key' ? steps[nameOfKey(key)] : undefined;
  const found = findItems(home, search.text);
  if (by === undefined || found.length === 0) return search;
  return { ...search, chosen: found[clamp(chosenPlace(found, search) + by, 0, found.length - 1)] ?? null };
}
