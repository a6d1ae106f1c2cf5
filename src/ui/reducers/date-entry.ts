import { parsePast } from '../../core/history/query/when.ts';
import { momentText } from '../../core/moment-text.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { type AppContext, type AppState, type AppStep, topPage } from '../state/app-state.ts';
import { notice, stay, withTop } from '../state/app-step.ts';
import { placeOf, viewOf } from '../state/chart-place.ts';
import { typeText } from '../state/typed-text.ts';
import { earliest, endAround, withView } from './chart-reducer.ts';

/** Longer than any moment that a person writes. */
const LONGEST = 40;

/** The moment to go to as far as it is typed; `null` where none is asked for. */
export function entryOf(state: AppState): string | null {
  const page = topPage(state);
  return page.screen === 'detail' ? viewOf(page).entry : null;
}

/** What a key does while a moment is asked for. */
export function editEntry(state: AppState, entry: string, key: KeyEvent, context: AppContext): AppStep {
  const made = typeText(entry, key, LONGEST);
  switch (made.type) {
    case 'text':
      return typed(state, made.text);
    case 'enter':
      return entry.trim() === '' ? typed(state, null) : goTo(state, entry, context);
    case 'escape':
      return typed(state, null);
    case 'key':
      return stay(state);
  }
}

function typed(state: AppState, entry: string | null): AppStep {
  const page = topPage(state);
  return page.screen !== 'detail' ? stay(state) : stay(withTop(state, withView(page, { entry })));
}

/** Puts the moment in the middle of the page, with the cursor on it. */
function goTo(state: AppState, entry: string, context: AppContext): AppStep {
  const page = topPage(state);
  const { home, timeOfDay } = context;
  const now = timeOfDay(home.at);
  const moment = parsePast(entry, now);
  // What is wrong with it stands beside it.
  if (page.screen !== 'detail' || !moment.ok) return stay(state);
  const wanted = moment.value + (home.at - now);
  const since = earliest(state, page, home);
  const isKnown = !state.past.isKept || state.past.page !== null;
  const at = isKnown ? Math.max(wanted, since) : wanted;
  const place = placeOf(page, home, state.past);
  const next = withTop(state, withView(page, { entry: null, cursor: at, until: endAround(at, place) }));
  if (at === wanted) return stay(next);
  const day = momentText(timeOfDay(since), { hasYear: true });
  return notice(next, context, `Nothing is kept from before ${day}: that is what is shown`);
}
