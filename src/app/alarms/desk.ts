import type { AlarmAct } from '../../core/alarms/acts.ts';
import type { AlarmReply } from '../../core/daemon/packed-alarms.ts';
import type { KnownAlarms } from '../../core/daemon/protocol.ts';
import type { House } from '../../core/house/house.ts';
import type { Clock } from '../../io/clock.ts';
import { readLockOwner } from '../../io/history-store/writer-lock.ts';
import type { HomeStore } from '../store.ts';
import { openHouseAlarms } from './house-alarms.ts';
import type { AlarmWatcher } from './watcher.ts';

/** The daemon of a house as far as its alarms go; both give `null` where there is none that has this house. */
export interface AlarmDoor {
  readonly ask: (known: KnownAlarms, house: House) => Promise<AlarmReply | null>;
  readonly act: (ids: readonly string[], act: AlarmAct, house: House) => Promise<AlarmReply | null>;
}

/** Where a console has its alarms from, and what it does to them. */
export interface AlarmDesk {
  /** Does something to these alarms; gives why not, a sentence without a full stop, or `null` where it is done. */
  readonly act: (ids: readonly string[], act: AlarmAct) => Promise<string | null>;
  readonly close: () => void;
}

/** Of which console. */
export interface DeskSetup {
  readonly store: HomeStore;
  readonly clock: Clock;
  /** Of the history; `null` where nothing is recorded. */
  readonly folder: string | null;
  /** `null` where there can be no daemon. */
  readonly door: AlarmDoor | null;
}

/** How often the daemon is asked, ms, and how often it is looked whether one has come. */
const ASK_MS = 2_000;
const LOOK_MS = 10_000;
/** It may be started anew: only when it has not answered so often in a row we judge ourselves. */
const MOST_MISSES = 3;
const NOTHING: KnownAlarms = { change: null, revision: null };

/** Opens the desk: the alarms are the daemon's where one runs, else they are judged here. */
export function openAlarmDesk({ store, clock, folder, door }: DeskSetup): AlarmDesk {
  let own: AlarmWatcher | null = null;
  let known = NOTHING;
  let misses = MOST_MISSES;
  let isOver = false;
  let timer = clock.after(0, () => void look(), { isBackground: true });
  const takeReply = ({ book, change, changes }: AlarmReply): void => {
    misses = 0;
    own?.close();
    own = null;
    known = { change, revision: book?.revision ?? known.revision };
    if (book === null && changes.length === 0) return;
    const shown = book ?? store.getState().alarms;
    if (shown !== null) store.dispatch({ type: 'alarms-changed', at: clock.now(), book: shown, changes });
  };
  const judgeHere = (): AlarmWatcher => {
    known = NOTHING;
    const mayKeep = (): boolean => folder !== null && readLockOwner(folder, clock.wallNow())?.pid === process.pid;
    own ??= openHouseAlarms({ store, clock, folder, mayKeep });
    return own;
  };
  async function look(): Promise<void> {
    const reply = (await door?.ask(known, store.getState().house)) ?? null;
    if (isOver) return;
    if (reply === null) misses += 1;
    else takeReply(reply);
    if (misses >= MOST_MISSES) judgeHere();
    timer = clock.after(own === null ? ASK_MS : LOOK_MS, () => void look(), { isBackground: true });
  }
  return {
    act: async (ids, act) => {
      const reply = own === null ? ((await door?.act(ids, act, store.getState().house)) ?? null) : null;
      // What became of it is told with the next answer.
      if (reply !== null) takeReply({ ...reply, change: known.change ?? reply.change });
      else if (own === null && misses < MOST_MISSES) return 'the daemon does not answer: nothing was done';
      else judgeHere().act(ids, act);
      return null;
    },
    close: () => {
      isOver = true;
      timer.cancel();
      own?.close();
    },
  };
}
