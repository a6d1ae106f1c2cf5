import { spanOf } from '../../core/history/batch.ts';
import { dayOf } from '../../core/history/calendar.ts';
import type { Span } from '../../core/history/spans.ts';
import type { Issue } from '../../core/issue.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';
import { type HistoryWriter, openHistoryWriter } from '../../io/history-store/writer.ts';
import type { LockRole } from '../../io/history-store/writer-lock.ts';
import type { HomeStore } from '../store.ts';
import type { EventQueue } from './event-queue.ts';
import type { Pending } from './pending.ts';

/** What is written, and where. */
export interface ScribeSetup {
  readonly store: HomeStore;
  readonly folder: string;
  readonly clock: Clock;
  readonly pending: Pending;
  readonly events: EventQueue;
  readonly role: LockRole;
  /** Called when the history was opened, before anything is written to it. */
  readonly onOpened: () => void;
  /** Called when what was heard in a stretch is on the disk. */
  readonly onCommitted?: ((span: Span) => void) | undefined;
}

/**
 * Writes what waits, one thing after the other. What stands in the way is told by the house itself, once. Nothing here
 * rejects.
 */
export interface Scribe {
  /** Writes all that waits; opens the history where that was not possible before. */
  readonly flush: () => Promise<void>;
  /** Writes the events within half a second. */
  readonly writeEventsSoon: () => void;
  /** Seals the days that are over, in pieces, once a day. */
  readonly seal: () => Promise<void>;
  /** Whether the history is open: nobody else writes into it. */
  readonly isOpen: () => Promise<boolean>;
  /** Breaks the sealing off, writes what waits, and gives the history back. */
  readonly close: () => Promise<void>;
}

const EVENTS_MS = 500;
/** Between two parts of a day that are sealed, ms: keys and pictures come first. */
const PAUSE_MS = 50;

/** Makes the scribe; nothing is opened before the first `flush`. */
export function createScribe(setup: ScribeSetup): Scribe {
  const { clock, folder, pending, events } = setup;
  const trouble = createTrouble(setup, error => historyTrouble(folder, error, 'written'));
  const sealTrouble = createTrouble(setup, error => sealingTrouble(folder, error));
  let writer: HistoryWriter | null = null;
  let sealedBefore = Number.NEGATIVE_INFINITY;
  let isSealing = false;
  let isClosing = false;
  let soon: Timer | null = null;
  let working: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    working = working.then(work).then(trouble.settle, error => {
      if (trouble.tell(error)) return;
      // Somebody else has recorded the same.
      pending.clear();
      events.drop(events.all().length);
    });
    return working;
  };
  const write = async (): Promise<void> => {
    if (writer === null) {
      writer = await openHistoryWriter(folder, { wallNow: clock.wallNow, role: setup.role });
      setup.onOpened();
    }
    await writeAll(writer, setup);
  };
  const pause = (): Promise<void> =>
    new Promise((resolve, reject) => {
      clock.after(PAUSE_MS, () => (isClosing ? reject(new BrokenOff()) : resolve()));
    });
  return {
    flush: () => inTurn(write),
    writeEventsSoon: () => {
      soon ??= clock.after(
        EVENTS_MS,
        () => {
          soon = null;
          const to = writer;
          if (to !== null) void inTurn(() => writeEvents(to, events));
        },
        { isBackground: true },
      );
    },
    seal: async () => {
      const today = dayOf(clock.wallNow() / 1_000);
      // Two at once would each take the other's half for its own: a slow card takes longer than a minute.
      if (writer === null || today <= sealedBefore || isSealing) return;
      isSealing = true;
      try {
        await writer.seal(today, pause);
        sealedBefore = today;
        sealTrouble.settle();
      } catch (error) {
        sealTrouble.tell(error);
      } finally {
        isSealing = false;
      }
    },
    isOpen: async () => {
      await working;
      return writer !== null;
    },
    close: async () => {
      isClosing = true;
      soon?.cancel();
      await inTurn(write);
      await writer?.close();
    },
  };
}

async function writeAll(writer: HistoryWriter, { pending, events, onCommitted }: ScribeSetup): Promise<void> {
  for (let waiting = pending.next(); waiting !== null; waiting = pending.next()) {
    const batch = waiting.toBatch(writer.numberOf);
    await writer.commit(waiting.day, batch);
    pending.done(waiting);
    const span = spanOf(batch);
    if (span !== null) onCommitted?.(span);
  }
  await writeEvents(writer, events);
}

async function writeEvents(writer: HistoryWriter, events: EventQueue): Promise<void> {
  for (let waiting = events.all(); waiting.length > 0; waiting = events.all()) {
    await writer.commitEvents(waiting);
    events.drop(waiting.length);
  }
}

/** Sealing was broken off because the recording ends: it goes on with the next one. */
class BrokenOff extends Error {}

/** What stands in the way, told once as long as it is so. */
function createTrouble({ store, clock, folder }: ScribeSetup, inWords: (error: unknown) => Issue) {
  let told: Issue | null = null;
  return {
    /** Whether it is any trouble: that somebody else records, or that the end came, is none. */
    tell: (error: unknown): boolean => {
      if (error instanceof BrokenOff) return false;
      const issue = inWords(error);
      if (issue.severity === 'info') return false;
      const at = clock.now();
      if (told !== null && told.message !== issue.message) {
        store.dispatch({ type: 'issue-settled', at, issue: told, news: null });
      }
      if (told?.message !== issue.message) store.dispatch({ type: 'issue-found', at, issue });
      told = issue;
      return true;
    },
    settle: (): void => {
      if (told === null) return;
      const news = `the history is written again to ${folder}`;
      store.dispatch({ type: 'issue-settled', at: clock.now(), issue: told, news });
      told = null;
    },
  };
}

/** The day stays readable as it is: only its size and its roll-ups wait. */
function sealingTrouble(folder: string, error: unknown): Issue {
  const { message, ...others } = historyTrouble(folder, error, 'written');
  return { ...others, message: `a day of the history was not made small: ${message}` };
}
