import type { HomeState } from '../../core/home/state/state.ts';
import { unwellOf } from '../../core/home/summary.ts';
import { labelOf } from '../../core/house/house.ts';
import { type Arrangement, arrangementsOf, choiceOf, chosenIn, tabOfItem, wholeOf } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';
import { type AppContext, type AppState, type AppStep, type OverviewPage, topPage } from './app-state.ts';
import { notice, stay, withTop } from './app-step.ts';

/** What the overview shows: a tab of the house, the favourites, or what is not well. */
export type Sight = number | 'favourites' | 'unwell';

/** Which tab a page of the overview is on. */
export function sightOf({ sight, focus }: OverviewPage, { house }: HomeState): Sight {
  return sight ?? tabOfItem(house, focus);
}

/** The items that a page of the overview shows. */
export function shownOn(page: OverviewPage, home: HomeState, favourites: ReadonlySet<string>): Arrangement {
  return arrangementOf(sightOf(page, home), home, favourites);
}

function arrangementOf(sight: Sight, home: HomeState, favourites: ReadonlySet<string>): Arrangement {
  if (sight === 'favourites') return choiceOf(home.house, favourites);
  if (sight === 'unwell') return choiceOf(home.house, unwellOf(home));
  return arrangementsOf(home.house)[sight] ?? wholeOf(home.house);
}

/** The items among which the arrow keys move on the page on top: of an item in full, those of all tabs. */
export function shownBelow(state: AppState, home: HomeState): Arrangement {
  const [below] = state.stack;
  const page = topPage(state);
  const overview = page.screen === 'overview' ? page : below.screen === 'overview' ? below : null;
  if (overview === null) return wholeOf(home.house);
  const isTab = overview.sight === undefined;
  return page.screen === 'detail' && isTab ? wholeOf(home.house) : shownOn(overview, home, state.favourites);
}

/** The id of the item that is chosen; `undefined` where that is the headline, an event or nothing. */
export function chosenId(state: AppState, home: HomeState): string | undefined {
  const page = topPage(state);
  if (page.screen === 'detail') return page.id;
  if (page.screen === 'overview' && page.on !== undefined) return undefined;
  return itemsOf(home.house).ids[chosenIn(shownBelow(state, home), page.focus)];
}

/** Another tab: the next one, the one before, or one by its number from 0 on; behind the last one come the favourites. */
export function changeTab(state: AppState, to: 'next' | 'previous' | number, context: AppContext): AppStep {
  const page = topPage(state);
  const { home } = context;
  if (page.screen !== 'overview') return stay(state);
  const tabs: readonly Sight[] = [
    ...arrangementsOf(home.house).keys(),
    ...(state.favourites.size > 0 ? (['favourites'] as const) : []),
  ];
  if (typeof to === 'number' && tabs[to] === undefined) return notice(state, context, `There is no tab ${to + 1}`);
  if (tabs.length === 1)
    return notice(state, context, 'There is one tab only; * marks favourites, which have their own');
  const from = page.sight === 'unwell' ? -1 : tabs.indexOf(sightOf(page, home));
  const by = to === 'next' ? 1 : -1;
  const place = typeof to === 'number' ? to : from < 0 ? (by > 0 ? 0 : tabs.length - 1) : from + by;
  return stay(withTop(state, pageOn(tabs[(place + tabs.length) % tabs.length] ?? 0, state, home)));
}

/** A tab with its first item chosen. */
function pageOn(sight: Sight, state: AppState, home: HomeState): OverviewPage {
  const focus = arrangementOf(sight, home, state.favourites).places[0] ?? 0;
  return { screen: 'overview', focus, ...(typeof sight === 'number' ? {} : { sight }) };
}

/** Marks the chosen item as a favourite, or takes the mark off. */
export function toggleFavourite(state: AppState, context: AppContext): AppStep {
  const { home } = context;
  const id = chosenId(state, home);
  if (id === undefined) return notice(state, context, 'There is nothing to mark');
  const favourites = new Set(state.favourites);
  const isMarked = !favourites.delete(id);
  if (isMarked) favourites.add(id);
  const told = isMarked
    ? `${labelOf(home.house, id)} is a favourite now${wayToTabs(context)}`
    : `${labelOf(home.house, id)} is no favourite any more`;
  const place = itemsOf(home.house).ids.indexOf(id);
  const step = notice(leaveEmptyTab({ ...state, favourites }, place), context, told);
  return { ...step, commands: [{ type: 'keep-favourites', favourites: [...favourites] }] };
}

/** How one comes to their tab, where a key leads there. */
function wayToTabs({ keymap }: AppContext): string {
  const others = keymap.bindings.filter(({ intent }) => intent.type === 'tab' && typeof intent.to === 'string');
  const keys = others.map(({ shown }) => shown.split(' ')[0]).reverse();
  return keys.length === 0 ? '' : `; ${keys.join(' and ')} go to their tab`;
}

/** Without favourites they have no tab: that of the last one is shown. */
function leaveEmptyTab(state: AppState, focus: number): AppState {
  const [first, ...rest] = state.stack;
  if (state.favourites.size > 0 || first.screen !== 'overview' || first.sight !== 'favourites') return state;
  return { ...state, stack: [{ screen: 'overview', focus }, ...rest] };
}

/** Nothing but what is not well, on all tabs; the same again shows the tab of what is chosen. */
export function toggleUnwell(state: AppState, { home }: AppContext): AppStep {
  const page = topPage(state);
  const [below] = state.stack;
  if (page.screen === 'overview' && page.sight === 'unwell') {
    const chosen = chosenIn(shownOn(page, home, state.favourites), page.focus);
    // Where nothing was not well, what had been chosen before is so again.
    const focus = chosen < 0 ? page.focus : chosen;
    return stay(withTop(state, { screen: 'overview', focus }));
  }
  const focus = page.screen === 'overview' || page.screen === 'detail' ? page.focus : below.focus;
  return stay({ ...state, stack: [{ screen: 'overview', focus, sight: 'unwell' }] });
}
