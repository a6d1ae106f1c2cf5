import type { AlarmAct } from '../../core/alarms/acts.ts';
import { openAlarmWatch } from '../../core/alarms/alarm-watch.ts';
import type { AlarmDefinition } from '../../core/alarms/condition.ts';
import type { AlarmNews } from '../../core/alarms/ledger.ts';
import type { AlarmBook, AlarmChange } from '../../core/home/alarms/alarm.ts';
import type { House } from '../../core/house/house.ts';
import type { Clock } from '../../io/clock.ts';
import type { HomeStore } from '../store.ts';

/** What is watched. */
export interface AlarmWatcherSetup {
  readonly store: HomeStore;
  readonly clock: Clock;
  /** The alarms of a house; asked again when the house file was changed. */
  readonly definitionsOf: (house: House) => readonly AlarmDefinition[];
  /** Called with each change as soon as it is kept: who tells others of them. */
  readonly onChanges?: (changes: readonly AlarmChange[], book: AlarmBook) => void;
}

/** Judges the alarms of a session until it is closed. */
export interface AlarmWatcher {
  /** Does to these alarms what a person wants. */
  readonly act: (ids: readonly string[], act: AlarmAct) => void;
  readonly close: () => void;
}

/** Judges the alarms with each step of the house, and brings what comes of it into its state. */
export function openAlarmWatcher({ store, clock, definitionsOf, onChanges }: AlarmWatcherSetup): AlarmWatcher {
  const watch = openAlarmWatch(definitionsOf(store.getState().house), store.getState(), null);
  const tell = (news: AlarmNews | null): void => {
    if (news === null) return;
    const { book, changes } = news;
    store.dispatch({ type: 'alarms-changed', at: clock.now(), book, changes });
    if (changes.length > 0) onChanges?.(changes, book);
  };
  tell({ book: watch.book(), changes: [] });
  const release = store.observe(step => {
    const { before, after } = step;
    tell(before.house === after.house ? watch.see(step) : watch.redefine(definitionsOf(after.house), after));
  });
  return { act: (ids, act) => tell(watch.act(ids, act, clock.now())), close: release };
}
