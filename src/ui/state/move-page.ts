import { type HouseTopic, knownUsers, topicsOfHouse } from '../../core/home/access/users.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { helpRows } from '../keys/help-table.ts';
import type { Intent } from '../keys/key-bindings.ts';
import { type Arrangement, chosenIn } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';
import type { AppContext, Page } from './app-state.ts';

type Direction = Extract<Intent, { type: 'move' }>['to'];

/** The page with the focus moved, among the items that are `shown`; at an end it stays there. */
export function movePage(page: Page, to: Direction, context: AppContext, shown: Arrangement): Page {
  if (page.screen === 'overview') return { ...page, focus: moveItem(page.focus, to, context, shown) };
  if (page.screen === 'detail') {
    const { screen, window, chart } = page;
    const focus = moveItem(page.focus, to, context, shown);
    const id = itemsOf(context.home.house).ids[focus] ?? page.id;
    return { screen, focus, id, window, ...(chart === undefined ? {} : { chart }) };
  }
  const from = page.screen === 'log' ? { ...page, focus: logFocus(page.anchor, context.home) } : page;
  if (page.screen === 'users' && (to === 'right' || to === 'left')) {
    return { screen: page.screen, focus: page.focus, access: page.access === 'read' ? 'write' : 'read' };
  }
  const focus = clamp(target(from.focus, to, context), 0, lastFocus(from, context));
  if (page.screen === 'log')
    return { screen: page.screen, focus, anchor: focus === 0 ? null : anchorAt(focus, context.home) };
  if (page.screen === 'clients' || page.screen === 'denials') return { screen: page.screen, focus };
  if (page.screen === 'users') return { screen: page.screen, focus, access: page.access };
  return { ...page, focus };
}

/** Pages whose rows have no items. */
type ListPage = Exclude<Page, { screen: 'overview' | 'detail' }>;

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
    case 'log':
      return home.journal.length - 1;
    case 'help':
      return Math.max(0, helpRows(context.keymap, context.columns) - context.pageRows);
    case 'explorer':
      return 0;
    case 'themes':
      return context.themeNames.length - 1;
  }
}

function target(focus: number, to: Direction, { pageRows }: AppContext): number {
  switch (to) {
    case 'up':
      return focus - 1;
    case 'down':
      return focus + 1;
    case 'page-up':
      return focus - pageRows;
    case 'page-down':
      return focus + pageRows;
    case 'first':
      return 0;
    case 'last':
      return Number.MAX_SAFE_INTEGER;
    case 'left':
    case 'right':
      return focus;
  }
}

/** The item that is chosen next, by its place among all of the house. */
function moveItem(focus: number, to: Direction, context: AppContext, shown: Arrangement): number {
  const { places } = shown;
  const from = places.indexOf(chosenIn(shown, focus));
  if (from < 0) return focus;
  const next =
    to === 'left' || to === 'right' ? neighbourPanel(from, to === 'left' ? -1 : 1, shown) : target(from, to, context);
  return places[clamp(next, 0, places.length - 1)] ?? focus;
}

/** The item as far down in the next panel as this one is in its own; both by their places among what is shown. */
function neighbourPanel(from: number, by: 1 | -1, { panels }: Arrangement): number {
  const starts = panels.map((_, panel) => panels.slice(0, panel).reduce((sum, { places }) => sum + places.length, 0));
  const panel = starts.findLastIndex(start => start <= from);
  const to = (panel + by + panels.length) % panels.length;
  const depth = from - (starts[panel] ?? 0);
  return (starts[to] ?? 0) + Math.min(depth, (panels[to]?.places.length ?? 1) - 1);
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

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** The place of the chosen entry of the log, counted from the newest; the oldest where it is gone. */
export function logFocus(anchor: number | null, { journal }: HomeState): number {
  if (anchor === null) return 0;
  const place = journal.findIndex(entry => entry.id === anchor);
  return place < 0 ? Math.max(0, journal.length - 1) : journal.length - 1 - place;
}

function anchorAt(focus: number, { journal }: HomeState): number | null {
  return journal[journal.length - 1 - focus]?.id ?? null;
}
