import type { AlarmChange, Priority } from './alarms/alarm.ts';
import type { HomeEvent } from './state/event.ts';
import { addToJournal, type JournalEntry } from './state/journal.ts';
import type { HomeState } from './state/state.ts';

/** Takes what was judged of the alarms, and tells of each change that a person should know. */
export function takeAlarms(state: HomeState, { book, changes }: HomeEvent & { type: 'alarms-changed' }): HomeState {
  const next = { ...state, alarms: book };
  // What an alarm is about that is about nothing in the house, a line of its own has told when it happened.
  const isTwice = ({ id, kind }: AlarmChange): boolean =>
    (kind === 'raised' || kind === 'repeated') && book.alarms.get(id)?.about.length === 0;
  const told = changes.filter(change => !change.isQuiet && !isTwice(change));
  return told.reduce(
    (at, change) =>
      addToJournal(at, { level: levelOfChange(change), kind: 'alarm', subject: change.id, text: change.text }),
    next,
  );
}

const LEVELS: Readonly<Record<Priority, JournalEntry['level']>> = {
  note: 'info',
  warning: 'warning',
  alarm: 'critical',
};

/** How bad a change is: as bad as its alarm where that comes, good where it goes. */
export function levelOfChange({ kind, priority }: Pick<AlarmChange, 'kind' | 'priority'>): JournalEntry['level'] {
  switch (kind) {
    case 'raised':
    case 'repeated':
      return LEVELS[priority];
    case 'flooded':
      return 'critical';
    case 'returned':
    case 'cleared':
      return 'good';
    case 'acknowledged':
    case 'shelved':
    case 'unshelved':
      return 'info';
  }
}
