import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEventQueue } from '../../../../src/app/history/event-queue.ts';
import { createPending } from '../../../../src/app/history/pending.ts';
import { openRecorder, type Recorder } from '../../../../src/app/history/recorder.ts';
import { forgetWritten } from '../../../../src/app/history/takeover/unwritten.ts';
import { createStore, type HomeStore } from '../../../../src/app/store.ts';
import { dayOf } from '../../../../src/core/history/calendar.ts';
import type { Span } from '../../../../src/core/history/spans.ts';
import { makeHistoryFolder } from '../../../../src/io/history-store/place.ts';
import { openHistoryReader } from '../../../../src/io/history-store/reader.ts';
import { openHistoryWriter } from '../../../../src/io/history-store/writer.ts';
import { type LockRole, takeWriterLock } from '../../../../src/io/history-store/writer-lock.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fake-clock.ts';
import { connected, emptyHome, message, START } from '../../../helpers/ui/home.ts';

const BEGIN = START / 1_000;
let place: string;
let folder: string;
const started: Recorder[] = [];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-takeover-'));
  folder = join(place, 'history');
  valueAt = second => (40 + second / 10).toFixed(1);
});
afterEach(async () => {
  for (const recorder of started.splice(0)) await recorder.close();
  rmSync(place, { recursive: true, force: true });
});

/** One who listens and would record. */
interface Listener {
  readonly clock: FakeClock;
  readonly store: HomeStore;
  readonly recorder: Recorder;
  readonly committed: Span[];
  readonly isOpen: () => boolean;
  hasLink: boolean;
}

function listen(role: LockRole, lateMs = 0): Listener {
  const clock = createFakeClock(START + lateMs);
  const store = createStore(emptyHome(), () => {});
  store.dispatch(connected(clock.now()));
  const committed: Span[] = [];
  let opened = 0;
  const recorder = openRecorder({
    ...{ store, clock, folder, role, keepaliveMs: 15_000, version: '1.2.3' },
    machine: { readDiskFacts: () => null, readTimeSync: () => 'yes' as const },
    onOpened: () => opened++,
    onCommitted: span => committed.push(span),
  });
  started.push(recorder);
  return { clock, store, recorder, committed, isOpen: () => opened > 0, hasLink: true };
}

/** So many seconds go by for all; each five seconds the flow is told, and what else is said at a second. */
async function live(all: readonly Listener[], from: number, until: number, said: Record<number, string> = {}) {
  for (let second = from + 1; second <= until; second += 1) {
    for (const { clock, store, hasLink } of all) {
      clock.advance(1_000);
      store.dispatch({ type: 'ticked', at: clock.now() });
      if (!hasLink) continue;
      if (second % 5 === 0) store.dispatch(message(clock.now(), 'heating/flow', valueAt(second)));
      const position = said[second];
      if (position !== undefined) store.dispatch(message(clock.now(), 'heating/pump/done', position));
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}

let valueAt: (second: number) => string;

function loseLink(one: Listener): void {
  const failure = { kind: 'closed', message: 'the broker closed the connection', cure: 'Wait.', code: null } as const;
  const at = one.clock.now();
  one.store.dispatch({
    type: 'link-changed',
    at,
    link: { phase: 'waiting', attempt: 1, retryAt: at + 1_000, failure },
  });
  one.hasLink = false;
}

/** What its lock is after kill -9: of a process that is gone. Its clock is not moved any more, so that it writes nothing. */
function kill(): void {
  const file = join(folder, 'lock');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), startedAt: '1' }));
}

const isWritten = (one: Listener, second: number) =>
  vi.waitFor(() => expect(one.committed.at(-1)?.until).toBeGreaterThanOrEqual(BEGIN + second), { timeout: 10_000 });

/** What stands there, in seconds from the beginning. */
function onDisk() {
  const reader = openHistoryReader(folder);
  const seconds: number[] = [];
  const span = { from: BEGIN - 60, until: BEGIN + 3_600 };
  const { heard } = reader.read(new Set(reader.series.map(({ n }) => n)), span, null, {
    reading: (_, second) => seconds.push(second - BEGIN),
    rollUp: () => {},
  });
  return {
    seconds,
    heard: heard.map(({ from, until }) => [from - BEGIN, until - BEGIN]),
    pump: reader.events(span).flatMap(({ id, at }) => (id === 'pump' ? [Math.floor(at / 1_000) - BEGIN] : [])),
  };
}

const eachFive = (from: number, until: number): readonly number[] =>
  Array.from({ length: (until - from) / 5 + 1 }, (_, place_) => from + 5 * place_);

const PAIRS: readonly (readonly [LockRole, LockRole])[] = [
  ['daemon', 'console'],
  ['console', 'daemon'],
];

describe.each(PAIRS)('a %s is killed beside a waiting %s', (first, second) => {
  async function openBoth(): Promise<readonly [Listener, Listener]> {
    const one = listen(first);
    await vi.waitFor(() => expect(one.isOpen()).toBe(true));
    return [one, listen(second)];
  }

  it.each([
    ['before it wrote anything', 9, 0],
    ['after it wrote once', 33, 5],
    ['after it wrote twice', 98, 65],
  ])('%s: each value is there once, and no second is missing', async (_, killedAt, writtenAt) => {
    const both = await openBoth();
    await live(both, 0, killedAt);
    if (writtenAt > 0) await isWritten(both[0], writtenAt);
    kill();
    await live(both.slice(1), killedAt, killedAt + 62);
    await vi.waitFor(() => expect(both[1].isOpen()).toBe(true));
    await both[1].recorder.close();
    const end = killedAt + 62;
    const last = end - (end % 5);
    expect(onDisk()).toEqual({ seconds: eachFive(5, last), heard: [[0, last]], pump: [] });
  });

  it('and that one ends at once: it writes what both have heard', async () => {
    valueAt = () => '55.1';
    const both = await openBoth();
    await live(both, 0, 40);
    await isWritten(both[0], 5);
    kill();
    await both[1].recorder.close();
    expect(onDisk()).toMatchObject({ seconds: eachFive(5, 40), heard: [[0, 40]] });
  });

  it('what happened stands there once, whether it was written or not', async () => {
    const both = await openBoth();
    await live(both, 0, 28, { 4: 'off', 13: 'on', 21: 'off', 27: 'on' });
    await isWritten(both[0], 5);
    await vi.waitFor(() => expect(onDisk().pump).toEqual([4, 13, 21, 27]));
    // Within half a second nothing is written of it.
    await live(both, 28, 29, { 29: 'off' });
    kill();
    await both[1].recorder.close();
    expect(onDisk().pump).toEqual([4, 13, 21, 27, 29]);
  });

  it('what the waiting one did not hear, it does not claim', async () => {
    const both = await openBoth();
    await live(both, 0, 20);
    await isWritten(both[0], 5);
    loseLink(both[1]);
    await live(both, 20, 40);
    both[1].store.dispatch(connected(both[1].clock.now()));
    both[1].hasLink = true;
    await live(both, 40, 55);
    kill();
    await both[1].recorder.close();
    const { seconds, heard } = onDisk();
    expect(heard).toEqual([
      [0, 20],
      [40, 55],
    ]);
    expect(seconds).toEqual([...eachFive(5, 20), ...eachFive(45, 55)]);
  });

  it('nothing is double where the one looked at the clock a little later, or ended in peace', async () => {
    const one = listen(first);
    await vi.waitFor(() => expect(one.isOpen()).toBe(true));
    const other = listen(second, 900);
    await live([one, other], 0, 32, { 31: 'on' });
    await one.recorder.close();
    await other.recorder.close();
    expect(onDisk()).toMatchObject({ seconds: eachFive(5, 30), pump: [31] });
  });
});

it('nothing is lost while the history is mended or imported into', async () => {
  makeHistoryFolder(folder);
  const lock = takeWriterLock(folder, START, 'upkeep');
  if (!('release' in lock)) throw new Error('the lock is free');
  const one = listen('console');
  await live([one], 0, 150, { 21: 'off', 44: 'on' });
  expect(one.isOpen()).toBe(false);
  lock.release();
  await live([one], 150, 200);
  await vi.waitFor(() => expect(one.isOpen()).toBe(true));
  await one.recorder.close();
  expect(onDisk()).toEqual({ seconds: eachFive(5, 200), heard: [[0, 200]], pump: [21, 44] });
});

describe('what waits beside somebody who records', () => {
  const waitingSince = (spans: readonly Span[]) => {
    const { house } = emptyHome();
    const pending = createPending(() => house);
    for (const { from, until } of spans) {
      pending.addHeard({ from: BEGIN + from, until: BEGIN + until });
      pending.addReading('flow', BEGIN + from, 55);
      pending.closeBatch();
    }
    const events = createEventQueue(() => {});
    for (const { from } of spans) {
      const at = 1_000 * (BEGIN + from);
      events.add({ at, type: 'switch', id: 'pump', severity: 'info', text: 'Pump is on', detail: { state: 'on' } });
    }
    return { folder, pending, events };
  };
  const left = ({ pending, events }: ReturnType<typeof waitingSince>) => ({
    values: pending.all().map(({ span }) => span.from - BEGIN),
    events: events.all().map(({ at }) => at / 1_000 - BEGIN),
  });

  it('is forgotten as soon as it is on the disk, and after an hour', async () => {
    const writer = await openHistoryWriter(folder, { wallNow: () => START });
    await writer.commit(dayOf(BEGIN), { heard: [{ from: BEGIN, until: BEGIN + 60 }], readings: new Map() });
    const spans = [
      ...[0, 1, 2].map(from => ({ from, until: 30 })),
      ...[10, 57, 58].map(from => ({ from, until: Math.max(from + 1, 58) })),
      { from: 11, until: 59 },
    ];
    const waits = waitingSince(spans);
    forgetWritten(waits, BEGIN + 120);
    expect(left(waits)).toEqual({ values: [0, 1, 58, 11], events: [0, 1, 58] });
    forgetWritten(waits, BEGIN + 3_630);
    expect(left(waits).values).toEqual([0, 1, 58, 11]);
    forgetWritten(waits, BEGIN + 3_631);
    expect(left(waits).values).toEqual([58, 11]);
    forgetWritten(waits, BEGIN + 3_660);
    expect(left(waits)).toEqual({ values: [], events: [] });
    await writer.close();
  });

  it('stays where there is no history to be seen', () => {
    const waits = waitingSince([{ from: 0, until: 60 }]);
    forgetWritten(waits, BEGIN + 120);
    expect(left(waits)).toEqual({ values: [0], events: [0] });
  });
});
