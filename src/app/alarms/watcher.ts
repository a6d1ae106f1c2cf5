import type { AlarmAct } from '../../core/alarms/acts.ts';
import { openAlarmWatch } from '../../core/alarms/alarm-watch.ts';
import type { AlarmDefinition } from '../../core/alarms/condition.ts';
import type { AlarmNews } from '../../core/alarms/ledger.ts';
import { type AlarmReply, keptText, readKept } from '../../core/daemon/packed-alarms.ts';
import type { KnownAlarms } from '../../core/daemon/protocol.ts';
import type { AlarmBook, AlarmChange } from '../../core/home/alarms/alarm.ts';
import type { House } from '../../core/house/house.ts';
import type { AlarmFile } from '../../io/alarms/alarm-file.ts';
import { type Clock, eventTimeOf, wallTimeOf } from '../../io/clock.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import type { HomeStore } from '../store.ts';

/** What is watched. */
export interface AlarmWatcherSetup {
  readonly store: HomeStore;
  readonly clock: Clock;
  /** The alarms of a house; asked again when the house file was changed. */
  readonly definitionsOf: (house: House) => readonly AlarmDefinition[];
  /** Where they are kept from one run to the next; `null` where there is no place for it. */
  readonly file: AlarmFile | null;
  /** Whether they may be written there now: another process may record. Always unless given. */
  readonly mayKeep?: () => boolean;
  /**
   * Called with each change when it is kept: who tells others of them. After a restart the last ones are given again, with
   * their numbers: whether they were told, only who tells knows.
   */
  readonly onChanges?: (changes: readonly AlarmChange[], book: AlarmBook) => void;
}

/** Judges the alarms of a session until it is closed. */
export interface AlarmWatcher {
  /** Does to these alarms what a person wants. */
  readonly act: (ids: readonly string[], act: AlarmAct) => void;
  /** What is new to somebody who knows this much. */
  readonly replyTo: (known: KnownAlarms) => AlarmReply;
  readonly close: () => void;
}

/** So many changes are remembered for those who ask each few seconds. */
const MOST_CHANGES = 100;

/** Judges the alarms with each step of the house, and brings what comes of it into its state. */
export function openAlarmWatcher(setup: AlarmWatcherSetup): AlarmWatcher {
  const { store, clock, definitionsOf, onChanges } = setup;
  const kept = readKept(setup.file?.read() ?? '', eventTimeOf(clock, 0));
  const watch = openAlarmWatch(definitionsOf(store.getState().house), store.getState(), kept);
  const keeping = createKeeping(setup);
  let recent: readonly AlarmChange[] = [];
  const tell = (news: AlarmNews | null): void => {
    if (news === null) return;
    const { book, changes } = news;
    recent = [...recent, ...changes].slice(-MOST_CHANGES);
    if (changes.length > 0) keeping({ ...watch.keep(), last: changes });
    store.dispatch({ type: 'alarms-changed', at: clock.now(), book, changes });
    if (changes.length > 0) onChanges?.(changes, book);
  };
  tell({ book: watch.book(), changes: [] });
  if (kept !== null && kept.last.length > 0) onChanges?.(kept.last, watch.book());
  const release = store.observe(step => {
    const { before, after } = step;
    tell(before.house === after.house ? watch.see(step) : watch.redefine(definitionsOf(after.house), after));
  });
  return {
    act: (ids, act) => tell(watch.act(ids, act, clock.now())),
    replyTo: ({ change, revision }) => {
      const book = watch.book();
      return {
        book: book.revision === revision ? null : book,
        change: watch.keep().number,
        changes: change === null ? [] : recent.filter(({ number }) => number > change),
      };
    },
    close: release,
  };
}

/** Puts what is known of the alarms on the disk, and says once where that cannot be. */
function createKeeping({ store, clock, file, mayKeep = () => true }: AlarmWatcherSetup) {
  let hasTold = false;
  return (kept: Parameters<typeof keptText>[0]): void => {
    if (file === null || !mayKeep()) return;
    try {
      file.write(keptText(kept, wallTimeOf(clock, 0)));
      hasTold = false;
    } catch (error) {
      if (hasTold) return;
      hasTold = true;
      const message = `the alarms cannot be kept for the next start: ${fileFaultOf(error).why}`;
      const issue = {
        severity: 'warning',
        message,
        cure: 'Make room on the disk, or look whose the folder is.',
      } as const;
      store.dispatch({ type: 'issue-found', at: clock.now(), issue });
    }
  };
}
