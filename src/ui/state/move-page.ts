import { type HouseTopic, knownUsers, topicsOfHouse } from '../../core/home/access/users.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { helpRows } from '../keys/help-table.ts';
import type { Intent } from '../keys/intent.ts';
import type { Arrangement } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';
import { type AppContext, type AppState, type Page, topPage } from './app-state.ts';
import { withTop } from './app-step.ts';
import { chooseRow, foldRow, logFocus, logRows } from './log-rows.ts';
import { clamp, moveItem, target } from './move-item.ts';
import { moveOverview } from './overview-focus.ts';
import { shownBelow } from './sight.ts';

type Direction = Extract<Intent, { type: 'move' }>['to'];

/** The console with the focus of the page on top moved. The list of themes is its own preview. */
export function moveTop(state: AppState, to: Direction, context: AppContext): AppState {
  const page = movePage(topPage(state), to, context, shownBelow(state, context.home));
  const moved = withTop(state, page);
  return page.screen === 'themes' ? { ...moved, theme: context.themeNames[page.focus] ?? state.theme } : moved;
}

/** The page with the focus moved, among the items that are `shown`; at an end it stays there. */
function movePage(page: Page, to: Direction, context: AppContext, shown: Arrangement): Page {
  if (page.screen === 'overview') return moveOverview(page, to, context, shown);
  if (page.screen === 'detail') {
    const { screen, window, chart } = page;
    const focus = moveItem(page.focus, to, context, shown);
    const id = itemsOf(context.home.house).ids[focus] ?? page.id;
    return { screen, focus, id, window, ...(chart === undefined ? {} : { chart }) };
  }
  if (page.screen === 'log') {
    if (to === 'left' || to === 'right') return foldRow(page, to === 'right', context.home);
    const last = logRows(context.home, page).length - 1;
    return chooseRow(
      page,
      clamp(target(logFocus(page, context.home), to, context), 0, Math.max(0, last)),
      context.home,
    );
  }
  if (page.screen === 'users' && (to === 'right' || to === 'left')) {
    return { screen: page.screen, focus: page.focus, access: page.access === 'read' ? 'write' : 'read' };
  }
  const focus = clamp(target(page.focus, to, context), 0, lastFocus(page, context));
  if (page.screen === 'clients' || page.screen === 'denials') return { screen: page.screen, focus };
  if (page.screen === 'users') return { screen: page.screen, focus, access: page.access };
  return { ...page, focus };
}

/** Pages whose rows have no items. */
type ListPage = Exclude<Page, { screen: 'overview' | 'detail' | 'log' }>;

/** The last place that the focus can go to. */
function lastFocus(page: ListPage, context: AppContext): number {
  const { home } = context;
  switch (page.screen) {
    case 'clients':
      return home.clients.ids.length - 1;
    case 'denials':
      return home.denials.length - 1;
    case 'users':
      return knownUsers(home).length * (1 + topicsOfHouse(home.house).length) - 1;
    case 'help':
      return Math.max(0, helpRows(context.keymap, context.columns) - context.pageRows);
    case 'explorer':
    case 'alarms':
    case 'visitors':
      return 0;
    case 'themes':
      return context.themeNames.length - 1;
  }
}

/** What a row of the list of users is about: a user, and a topic of the house where it is not the user's own row. */
export function userAt(
  focus: number,
  home: HomeState,
): { readonly user: string | null; readonly topic: HouseTopic | null; readonly row: number } {
  const users = knownUsers(home);
  const topics = topicsOfHouse(home.house);
  const row = clamp(focus, 0, users.length * (1 + topics.length) - 1);
  const place = row % (1 + topics.length);
  const user = users[Math.floor(row / (1 + topics.length))] ?? null;
  return { user, topic: topics[place - 1] ?? null, row };
}
