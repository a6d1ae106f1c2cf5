import { wrapText } from '../../core/fit-text.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { labelOf } from '../../core/house/house.ts';
import { chosenIn } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';
import type { AppContext, AppState, AppStep, OverviewPage, Page } from '../state/app-state.ts';
import { notice, stay, withTop } from '../state/app-step.ts';
import { entryTarget, headlineTarget, type Target } from '../state/headline.ts';
import { filterByLevel, filterBySubject, foldRow, type LogPage, logFocus, logRows } from '../state/log-rows.ts';
import { chosenEvent, newestEvents } from '../state/overview-focus.ts';
import { shownBelow } from '../state/sight.ts';

/** An item in full; below it the overview, on the tab of the item. `place` is that among all items, -1 where it has none. */
export function openItem(state: AppState, id: string, place: number): AppStep {
  const [below, ...rest] = state.stack;
  const focus = place < 0 ? below.focus : place;
  const overview: Page = place < 0 ? below : { screen: 'overview', focus };
  const isBelow = rest.length === 0 && below.screen === 'overview' && below.on === undefined;
  const first = isBelow && (below.focus === place || below.sight !== undefined) ? below : overview;
  return stay({ ...state, stack: [first, { screen: 'detail', focus, id, window: state.window }] });
}

/** What is chosen on the overview: an item, or what the headline or an event speaks of. */
export function openChosen(state: AppState, page: OverviewPage, context: AppContext): AppStep {
  const { home } = context;
  if (page.on === 'headline') return goTo(state, headlineTarget(home), context);
  if (page.on !== undefined) {
    const events = newestEvents(home, Number.POSITIVE_INFINITY);
    const [entry] = events[chosenEvent(events, page)]?.entries ?? [];
    return goTo(state, entry === undefined ? null : entryTarget(entry, home), context);
  }
  const focus = chosenIn(shownBelow(state, home), page.focus);
  const id = itemsOf(home.house).ids[focus];
  return id === undefined ? notice(state, context, 'There is nothing to show') : openItem(state, id, focus);
}

/** Enter in the log: unfolds, shows the rest of what is higher than the screen, or goes to what the entry speaks of. */
export function openEntry(state: AppState, page: LogPage, context: AppContext): AppStep {
  const { home, columns, pageRows } = context;
  const row = logRows(home, page)[logFocus(page, home)];
  if (row === undefined) return notice(state, context, 'There is nothing to show');
  if (row.group !== null && !row.isUnfolded) return stay(withTop(state, foldRow(page, true, home)));
  const isHigh = wrapText(row.entry.text, columns - BESIDE_TEXT).length > pageRows + 1;
  if (isHigh) return stay(withTop(state, { ...page, part: (page.part ?? 0) + 1 }));
  return goTo(state, entryTarget(row.entry, home), context);
}

/** Columns of the log beside the text of an entry. */
const BESIDE_TEXT = 16;

function goTo(state: AppState, target: Target | null, context: AppContext): AppStep {
  const { home } = context;
  const [below] = state.stack;
  const settled: OverviewPage = { screen: 'overview', focus: below.focus };
  if (target === null) return notice(state, context, 'It speaks of no item of the house');
  if (target.kind === 'item') return openItem(state, target.id, itemsOf(home.house).ids.indexOf(target.id));
  return stay({ ...state, stack: [settled, pageOf(target, home)] });
}

function pageOf(target: Exclude<Target, { kind: 'item' }>, { clients }: HomeState): Page {
  if (target.kind === 'client') return { screen: 'clients', focus: Math.max(0, clients.ids.indexOf(target.id)) };
  const { screen } = target;
  return screen === 'log' ? { screen, focus: 0, anchor: null } : { screen, focus: 0 };
}

/** Only what is worse in the log, or all again. */
export function filterLog(state: AppState, page: LogPage, context: AppContext): AppStep {
  const next = filterByLevel(page, context.home);
  const least = next.filter?.least;
  const told =
    least === undefined ? 'All is shown again' : least === 'warning' ? 'Warnings and worse' : 'Critical entries only';
  return notice(withTop(state, next), context, told);
}

/** Only what is about one item in the log, or all again. */
export function filterLogBySubject(state: AppState, page: LogPage, context: AppContext): AppStep {
  const next = filterBySubject(page, context.home);
  if (next === page) return notice(state, context, 'This entry speaks of no item of the house');
  const { subject } = next.filter ?? {};
  const told =
    subject === undefined ? 'All is shown again' : `Only what is about ${labelOf(context.home.house, subject)}`;
  return notice(withTop(state, next), context, told);
}
