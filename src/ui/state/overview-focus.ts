import { groupJournal, type JournalGroup } from '../../core/home/journal-groups.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Intent } from '../keys/intent.ts';
import { type Arrangement, chosenIn } from '../layout/arrangement.ts';
import type { AppContext, OverviewPage } from './app-state.ts';
import { headlineTarget } from './headline.ts';
import { moveItem } from './move-item.ts';

type Direction = Extract<Intent, { type: 'move' }>['to'];

/** So far back the arrow keys go through the events of the overview; the log has all of them. */
const EVENTS = 20;

/** What happened last, newest first, as the overview has it: without denials, which have a section of their own there. */
export function newestEvents({ journal }: HomeState, count: number): readonly JournalGroup[] {
  const found: JournalGroup[] = [];
  for (const group of groupJournal(journal)) {
    if (found.length >= count) break;
    if (group.entries[0]?.kind !== 'denial') found.push(group);
  }
  return found;
}

/** The place of the chosen event among the newest ones; -1 where none is chosen, 0 where it is gone. */
export function chosenEvent(events: readonly JournalGroup[], { on }: OverviewPage): number {
  if (on === undefined || on === 'headline') return -1;
  return Math.max(
    0,
    events.findIndex(({ entries }) => entries.some(({ id }) => id === on.event)),
  );
}

/** The overview with the choice moved: above its first item is the headline, below its last one the events. */
export function moveOverview(page: OverviewPage, to: Direction, context: AppContext, shown: Arrangement): OverviewPage {
  const { on, ...others } = page;
  const { home } = context;
  const events = newestEvents(home, EVENTS);
  const place = chosenEvent(events, page);
  const onEvent = (next: number): OverviewPage => {
    const [entry] = events[Math.min(next, events.length - 1)]?.entries ?? [];
    return entry === undefined ? others : { ...others, on: { event: entry.id } };
  };
  if (on === 'headline') {
    if (to === 'up') return page;
    return to === 'down' ? others : { ...others, focus: moveItem(page.focus, to, context, shown) };
  }
  if (place > 0 && to === 'up') return onEvent(place - 1);
  if (place === 0 && to === 'up') return others;
  if (place >= 0 && to === 'down') return onEvent(place + 1);
  const chosen = chosenIn(shown, page.focus);
  if (on === undefined && to === 'up' && chosen === (shown.places[0] ?? -1) && headlineTarget(home) !== null)
    return { ...others, on: 'headline' };
  if (on === undefined && to === 'down' && chosen === (shown.places.at(-1) ?? -1)) return onEvent(0);
  return { ...others, focus: moveItem(page.focus, to, context, shown) };
}
