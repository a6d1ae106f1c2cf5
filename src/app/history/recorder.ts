import { dayOf } from '../../core/history/calendar.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import { getRow } from '../../core/home/table.ts';
import type { Issue } from '../../core/issue.ts';
import { type Clock, type Timer, wallTimeOf } from '../../io/clock.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';
import { type HistoryWriter, openHistoryWriter } from '../../io/history-store/writer.ts';
import type { HomeStore, Step } from '../store.ts';
import { createEventQueue } from './event-queue.ts';
import { createListeningWatch } from './listening-watch.ts';
import { createPending } from './pending.ts';

/** What is recorded, and where. */
export interface RecorderSetup {
  readonly store: HomeStore;
  readonly folder: string;
  readonly clock: Clock;
  /** The time between two signs of life to the broker, ms. */
  readonly keepaliveMs: number;
  /** Of hometui. */
  readonly version: string;
}

/** A recording that goes on until it is closed. */
export interface Recorder {
  /** Writes what waits, and gives the history back; resolves when it is on the disk. */
  readonly close: () => Promise<void>;
}

/** Values wait so long at the most, ms: each write wears a card. What a person would ask about waits less. */
const VALUES_MS = 60_000;
const EVENTS_MS = 500;
/** Between two hours that are sealed, ms: keys and pictures come first. */
const PAUSE_MS = 50;

/**
 * Records what is heard from now on: values that were not retained, and what happened. What stands in the way is told by
 * the house itself, once; it is tried again each minute, and goes on by itself. Where another process records, this one
 * waits until that ends.
 */
export function openRecorder(setup: RecorderSetup): Recorder {
  const { store, clock, folder } = setup;
  const { house } = store.getState();
  const pending = createPending(house);
  const events = createEventQueue(() => writeEventsSoon());
  const startedAt = clock.now();
  const watch = createListeningWatch({ at: startedAt, keepaliveMs: setup.keepaliveMs }, pending.addHeard);
  const trouble = createTrouble(setup, error => historyTrouble(folder, error, 'written'));
  const sealTrouble = createTrouble(setup, error => sealingTrouble(folder, error));
  let writer: HistoryWriter | null = null;
  let sealedBefore = Number.NEGATIVE_INFINITY;
  let isClosing = false;
  let soon: Timer | null = null;

  const say = (text: string): HistoryEvent => ({
    ...{ at: wallTimeOf(clock, clock.now()), type: 'recording', id: null, severity: 'info', text },
    detail: { version: setup.version },
  });
  const release = store.observe(step => {
    const wallAt = wallTimeOf(clock, step.event.at);
    watch.see(step, wallAt);
    for (const [id, value] of valuesOf(step)) pending.addReading(id, Math.floor(wallAt / 1_000), value);
    events.see(step, wallAt);
  });
  const write = async (): Promise<void> => {
    if (writer === null) {
      writer = await openHistoryWriter(folder);
      events.add(say(`hometui ${setup.version} began to record`));
    }
    for (let batch = pending.next(); batch !== null; batch = pending.next()) {
      await writer.commit(batch.day, batch.toBatch(writer.numberOf));
      pending.done(batch);
    }
    await writeEvents(writer);
  };
  const writeEvents = async (to: HistoryWriter): Promise<void> => {
    for (let waiting = events.all(); waiting.length > 0; waiting = events.all()) {
      await to.commitEvents(waiting);
      events.drop(waiting.length);
    }
  };
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
  const flush = (): Promise<void> => {
    watch.take();
    pending.closeBatch();
    return inTurn(write);
  };
  function writeEventsSoon(): void {
    soon ??= clock.after(
      EVENTS_MS,
      () => {
        soon = null;
        const to = writer;
        if (to !== null) void inTurn(() => writeEvents(to));
      },
      { isBackground: true },
    );
  }
  const seal = async (): Promise<void> => {
    const today = dayOf(clock.wallNow() / 1_000);
    if (writer === null || today <= sealedBefore) return;
    await writer.seal(today, () => pause());
    sealedBefore = today;
  };
  const pause = (): Promise<void> =>
    new Promise((resolve, reject) => {
      clock.after(PAUSE_MS, () => (isClosing ? reject(new BrokenOff()) : resolve()));
    });
  let timer = clock.after(VALUES_MS, tick, { isBackground: true });
  function tick(): void {
    timer = clock.after(VALUES_MS, tick, { isBackground: true });
    void flush().then(seal).then(sealTrouble.settle, sealTrouble.tell);
  }
  void flush().then(seal).then(sealTrouble.settle, sealTrouble.tell);
  return {
    close: async () => {
      isClosing = true;
      release();
      timer.cancel();
      await working;
      if (writer !== null) events.add(say('the recording ended'));
      soon?.cancel();
      await flush();
      await writer?.close();
    },
  };
}

/** Sealing was broken off because the recording ends: it goes on with the next one. */
class BrokenOff extends Error {}

/** The values that a step brought: those that were said now, by who was listened to. */
function valuesOf({ event, before, after }: Step): readonly (readonly [sensorId: string, value: number])[] {
  if (event.type !== 'message-received' || event.isRetained || after.listeningSince === null) return [];
  return (after.house.routes.get(event.topic) ?? []).flatMap(({ kind, id }) => {
    if (kind !== 'sensor') return [];
    const row = getRow(after.readings, id);
    const isNews = row !== undefined && row !== getRow(before.readings, id) && row.fault === null;
    return isNews && row.value !== null ? [[id, row.value] as const] : [];
  });
}

/** What stands in the way, told once as long as it is so. */
function createTrouble({ store, clock, folder }: RecorderSetup, inWords: (error: unknown) => Issue) {
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
