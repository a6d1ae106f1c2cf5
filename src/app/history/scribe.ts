import { type Batch, spanOf } from '../../core/history/batch.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import type { Span } from '../../core/history/spans.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import type { DiskFacts } from '../../io/files/disk-facts.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';
import { type HistoryWriter, openHistoryWriter } from '../../io/history-store/writer.ts';
import { type LockRole, readLockOwner } from '../../io/history-store/writer-lock.ts';
import type { HomeStore } from '../store.ts';
import type { EventQueue } from './event-queue.ts';
import type { HistoryLimits } from './limits.ts';
import type { Pending, Waiting } from './pending.ts';
import { asIssue, clockUnset, lackOfRoom, tellNetwork } from './room.ts';
import { createSealing } from './sealing.ts';
import type { StepQueue } from './steps/step-queue.ts';
import { forgetWritten, keepUnwritten } from './takeover/unwritten.ts';
import { createTrouble } from './trouble.ts';

/** What is written, and where. */
export interface ScribeSetup {
  readonly store: HomeStore;
  readonly folder: string;
  readonly clock: Clock;
  readonly pending: Pending;
  readonly events: EventQueue;
  readonly steps: StepQueue;
  readonly role: LockRole;
  readonly limits: HistoryLimits;
  readonly readDiskFacts: (folder: string) => DiskFacts | null;
  /** Tells the history of itself. */
  readonly say: (text: string) => void;
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
  /** Says that the clock of the machine was never set, so that nothing can be written, and when that is over. */
  readonly tellClock: (isUnset: boolean) => void;
  /** Writes the events within half a second. */
  readonly writeEventsSoon: () => void;
  /** Seals the days that are over, and removes what need not be kept, in pieces, once a day. */
  readonly seal: () => Promise<void>;
  /** Whether the history is open: nobody else writes into it. */
  readonly isOpen: () => Promise<boolean>;
  /** Whether somebody else was recording when it was last tried, and does so no longer. */
  readonly isFreed: () => boolean;
  /** Breaks the sealing off, writes what waits if that may be, and gives the history back. */
  readonly close: (mayWrite: boolean) => Promise<void>;
}

const EVENTS_MS = 500;

/** Makes the scribe; nothing is opened before the first `flush`. */
export function createScribe(setup: ScribeSetup): Scribe {
  const { clock, folder, pending, events, steps } = setup;
  const trouble = createTrouble(setup, error => historyTrouble(folder, error, 'written'));
  const clockTrouble = createTrouble(setup, asIssue, 'the clock of this machine is set: what was heard is recorded');
  const roomTrouble = createTrouble(setup, asIssue, `values are recorded into ${folder} again`);
  const sealing = createSealing(setup);
  let writer: HistoryWriter | null = null;
  /** What of a batch is to be written, where somebody else has written a part of it. */
  let rests = new WeakMap<Waiting, Batch>();
  let isBeside = false;
  let working: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    working = working.then(work).then(trouble.settle, async error => {
      isBeside = !trouble.tell(error);
      if (isBeside) await stepAside();
    });
    return working;
  };
  /** Somebody else records the same, or will let us do so. */
  const stepAside = async (): Promise<void> => {
    const closing = writer;
    writer = null;
    forgetWritten(setup, clock.wallNow() / 1_000);
    steps.clear();
    await closing?.close().catch(() => {});
  };
  const soon = createSoon(clock, () => {
    // When it comes to it somebody else may have the history.
    void inTurn(async () => {
      if (writer !== null) await writeEvents(writer, events, events.all());
    });
  });
  const write = async (wanted: readonly HistoryEvent[] | null): Promise<void> => {
    const isFirst = writer === null;
    if (writer === null) {
      ({ writer, rests } = await takeOver(setup));
      isBeside = false;
      setup.onOpened();
      tellNetwork(setup, createTrouble(setup, asIssue));
    }
    const hasWork = pending.next() !== null || steps.next() !== null;
    const lack = hasWork ? lackOfRoom(setup) : null;
    if (lack !== null) roomTrouble.tell(lack);
    else {
      roomTrouble.settle();
      await writeValues(writer, setup, rests);
    }
    await writeEvents(writer, events, isFirst || wanted === null ? events.all() : wanted);
  };
  return {
    flush: () => {
      // What comes meanwhile waits its own time: a note may say who did it.
      const waiting = events.all();
      return inTurn(() => write(waiting));
    },
    tellClock: isUnset => {
      if (isUnset) clockTrouble.tell(clockUnset);
      else clockTrouble.settle();
    },
    writeEventsSoon: soon.ask,
    seal: async () => {
      if (writer !== null) await sealing.seal(writer);
    },
    isOpen: async () => {
      await working;
      return writer !== null;
    },
    isFreed: () => isBeside && isFree(folder, clock.wallNow()),
    close: async mayWrite => {
      sealing.breakOff();
      soon.cancel();
      if (mayWrite) await inTurn(() => write(null));
      await writer?.close();
    },
  };
}

/** Does it within half a second, once for all who ask meanwhile. */
function createSoon(clock: Clock, work: () => void): { readonly ask: () => void; readonly cancel: () => void } {
  let timer: Timer | null = null;
  const call = (): void => {
    timer = null;
    work();
  };
  return {
    ask: () => {
      timer ??= clock.after(EVENTS_MS, call, { isBackground: true });
    },
    cancel: () => timer?.cancel(),
  };
}

/** Opens the history. Whoever wrote before may have ended, or have been killed, with a part of what waits on the disk. */
async function takeOver(setup: ScribeSetup): Promise<{ writer: HistoryWriter; rests: WeakMap<Waiting, Batch> }> {
  const { clock, folder, role } = setup;
  const writer = await openHistoryWriter(folder, { wallNow: clock.wallNow, role });
  try {
    return { writer, rests: keepUnwritten(setup, writer.numberOf, clock.wallNow() / 1_000) };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/** Whether nobody writes into a history; what cannot be seen is tried with the next values. */
function isFree(folder: string, wallNow: number): boolean {
  try {
    return readLockOwner(folder, wallNow) === null;
  } catch {
    return false;
  }
}

async function writeValues(
  writer: HistoryWriter,
  { pending, steps, onCommitted }: ScribeSetup,
  rests: WeakMap<Waiting, Batch>,
): Promise<void> {
  for (let waiting = pending.next(); waiting !== null; waiting = pending.next()) {
    const batch = rests.get(waiting) ?? waiting.toBatch(writer.numberOf);
    await writer.commit(waiting.day, batch);
    pending.done(waiting);
    const span = spanOf(batch);
    if (span !== null) onCommitted?.(span);
  }
  for (let waiting = steps.next(); waiting !== null; waiting = steps.next()) {
    await writer.commitSteps(waiting.day, waiting.payloads);
    steps.done(waiting);
  }
}

async function writeEvents(writer: HistoryWriter, events: EventQueue, wanted: readonly HistoryEvent[]): Promise<void> {
  // Some may be written by now, or told in another way.
  const waiting = events.all().filter(event => wanted.includes(event));
  if (waiting.length === 0) return;
  await writer.commitEvents(waiting);
  events.drop(waiting);
}
