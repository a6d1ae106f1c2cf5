import type { HistoryEvent } from '../../core/history/history-event.ts';
import type { Span } from '../../core/history/spans.ts';
import { type Clock, wallTimeOf } from '../../io/clock.ts';
import type { DiskFacts } from '../../io/files/disk-facts.ts';
import { readDiskFacts } from '../../io/files/disk-facts.ts';
import type { LockRole } from '../../io/history-store/writer-lock.ts';
import { readTimeSync, type TimeSync } from '../../io/time-sync.ts';
import type { HomeStore, Step } from '../store.ts';
import { type ClockTrust, createClockTrust } from './clock-trust.ts';
import { createEventQueue } from './event-queue.ts';
import { type HistoryLimits, usualLimits } from './limits.ts';
import { createListeningWatch, type ListeningWatch } from './listening-watch.ts';
import { createPending, type Pending } from './pending.ts';
import { createScribe, type Scribe } from './scribe.ts';
import { valuesOf } from './steps/plain-value.ts';
import { createStepQueue, type StepQueue } from './steps/step-queue.ts';

/** What is recorded, and where. */
export interface RecorderSetup {
  readonly store: HomeStore;
  readonly folder: string;
  readonly clock: Clock;
  /** The time between two signs of life to the broker, ms. */
  readonly keepaliveMs: number;
  /** Of hometui. */
  readonly version: string;
  /** A console's unless given. The daemon's takes over within two seconds when a console that records ends. */
  readonly role?: LockRole;
  /** How large the history may become; as usual unless given. */
  readonly limits?: HistoryLimits;
  /** Of this machine unless given: its disks, and whether a time server has set its clock. */
  readonly machine?: Machine;
  /** Called each time that the history was opened: from now on this process records. */
  readonly onOpened?: () => void;
  /** Called when what was heard in a stretch is on the disk. */
  readonly onCommitted?: ((span: Span) => void) | undefined;
}

/** What is asked of the machine. */
export interface Machine {
  readonly readDiskFacts: (folder: string) => DiskFacts | null;
  readonly readTimeSync: () => TimeSync | Promise<TimeSync>;
}

/** A recording that goes on until it is closed. */
export interface Recorder {
  /** Writes an event that another process knows of, within a second; who else records knows of it, too. */
  readonly note: (event: HistoryEvent) => void;
  /** Writes what waits, and gives the history back; resolves when it is on the disk. */
  readonly close: () => Promise<void>;
}

/** Values wait so long at the most, ms: each write wears a card. What a person would ask about waits less. */
const VALUES_MS = 60_000;
/** The first ones, so that what is asked for right after the start is there. */
const FIRST_VALUES_MS = 10_000;
/** How often the daemon looks whether who records before it has ended, ms. */
const TURN_MS = 2_000;

/**
 * Records what is heard from now on: values that were not retained, and what happened. What stands in the way is told by
 * the house itself, once; it is tried again each minute, and goes on by itself. Where another process records, this one
 * waits until that ends, with what it has not seen on the disk: that process may be killed.
 */
export function openRecorder(setup: RecorderSetup): Recorder {
  const { store, folder, clock, keepaliveMs, version, role = 'console', limits = usualLimits } = setup;
  const machine = setup.machine ?? { readDiskFacts, readTimeSync };
  const pending = createPending(() => store.getState().house);
  const events = createEventQueue(() => scribe.writeEventsSoon());
  const steps = createStepQueue(store, clock);
  const watch = createListeningWatch({ at: clock.now(), keepaliveMs }, pending.addHeard);
  const trust = createClockTrust({
    clock,
    readTimeSync: machine.readTimeSync,
    shift: byMs => {
      watch.take();
      pending.shift(byMs / 1_000);
      events.shift(byMs);
      steps.restart();
    },
  });
  const say = (text: string): void => {
    const at = wallTimeOf(clock, clock.now());
    events.add({ at, type: 'recording', id: null, severity: 'info', text, detail: { version } });
  };
  const onOpened = (): void => {
    say(`hometui ${version}${role === 'daemon' ? ', the daemon,' : ''} began to record`);
    steps.begin();
    setup.onOpened?.();
  };
  const scribe: Scribe = createScribe({
    ...{ store, folder, clock, pending, events, steps, role, limits, onOpened, say },
    readDiskFacts: machine.readDiskFacts,
    onCommitted: setup.onCommitted,
  });
  const stamp = createStamp(clock, trust);
  const release = store.observe(step => {
    const wallAt = stamp(step.event.at);
    watch.see(step, wallAt);
    events.see(step, wallAt);
    noteValues(step, wallAt, { pending, steps });
  });
  const { flush, flushed } = createFlush({ watch, pending, steps, trust, scribe });
  let timer = clock.after(FIRST_VALUES_MS, tick, { isBackground: true });
  function tick(): void {
    timer = clock.after(VALUES_MS, tick, { isBackground: true });
    void flush().then(scribe.seal);
  }
  let turn = role === 'daemon' ? clock.after(TURN_MS, takeTurn, { isBackground: true }) : null;
  async function takeTurn(): Promise<void> {
    if (await scribe.isOpen()) return;
    if (scribe.isFreed()) await flush();
    turn = clock.after(TURN_MS, takeTurn, { isBackground: true });
  }
  void flush();
  return {
    note: events.addNote,
    close: async () => {
      release();
      timer.cancel();
      turn?.cancel();
      await flushed();
      events.end();
      if (await scribe.isOpen()) say('the recording ended');
      const mayWrite = trust.mayEnd();
      watch.take();
      pending.closeBatch();
      steps.end();
      // What was heard by a clock that was never set was at no time that anybody knows.
      for (const waiting of mayWrite ? [] : [pending, steps]) waiting.clear();
      await scribe.close(mayWrite);
    },
  };
}

/** The time of day of an event's `at`. In a flood many come within a moment, and for all of these the clocks are read once. */
function createStamp(clock: Clock, trust: Pick<ClockTrust, 'see'>): (at: number) => number {
  let known = { at: Number.NaN, wallNow: Number.NaN, wallAt: 0 };
  return at => {
    const wallNow = clock.wallNow();
    if (at !== known.at || wallNow !== known.wallNow) {
      trust.see();
      known = { at, wallNow, wallAt: wallTimeOf(clock, at) };
    }
    return known.wallAt;
  };
}

function noteValues(step: Step, wallAt: number, { pending, steps }: Pick<FlushParts, 'pending' | 'steps'>): void {
  const values = valuesOf(step);
  for (const { id, value } of values) pending.addReading(id, Math.floor(wallAt / 1_000), value);
  steps.see(step, values, wallAt);
}

interface FlushParts {
  readonly watch: ListeningWatch;
  readonly pending: Pending;
  readonly steps: StepQueue;
  readonly trust: ClockTrust;
  readonly scribe: Scribe;
}

/** Writes what waits, as soon as the time of day may be written down; `flushed` resolves when the last one is done. */
function createFlush({ watch, pending, steps, trust, scribe }: FlushParts) {
  let last: Promise<void> = Promise.resolve();
  const flushTrusted = async (): Promise<void> => {
    const doubt = await trust.look();
    scribe.tellClock(doubt === 'not-set');
    if (doubt === null) await scribe.flush();
  };
  return {
    flush: (): Promise<void> => {
      watch.take();
      pending.closeBatch();
      steps.closeBatch();
      last = flushTrusted();
      return last;
    },
    flushed: (): Promise<void> => last,
  };
}
