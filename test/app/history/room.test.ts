import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usualLimits } from '../../../src/app/history/limits.ts';
import { openRecorder, type RecorderSetup } from '../../../src/app/history/recorder.ts';
import { createStore } from '../../../src/app/store.ts';
import { dayOf } from '../../../src/core/history/calendar.ts';
import { readDiskFacts } from '../../../src/io/files/disk-facts.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { writeDays } from '../../helpers/history/days.ts';
import { connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

const TODAY = dayOf(START / 1_000);
const MIB = 1_048_576;
let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-room-'));
  folder = join(place, 'history');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function startRecording(more: Partial<RecorderSetup>, disk: { free: number; network: string | null }) {
  const clock = createFakeClock(START);
  const store = createStore(emptyHome(), () => {});
  store.dispatch(connected(clock.now()));
  const machine = {
    readDiskFacts: () => ({ freeBytes: disk.free, network: disk.network }),
    readTimeSync: () => 'yes' as const,
  };
  const recorder = openRecorder({ store, clock, folder, keepaliveMs: 15_000, version: '1.2.3', machine, ...more });
  const live = (minutes: number): void => {
    for (let second = 0; second < 60 * minutes; second += 5) {
      clock.advance(5_000);
      store.dispatch({ type: 'ticked', at: clock.now() });
      store.dispatch(message(clock.now(), 'heating/flow', '55.1'));
    }
  };
  return { clock, store, recorder, live };
}

const files = (pattern: RegExp): readonly string[] =>
  readdirSync(place).length === 0 ? [] : readdirSync(folder).filter(name => pattern.test(name));
const texts = (): readonly string[] =>
  openHistoryReader(folder)
    .events({ from: 0, until: 1e10 })
    .map(({ text }) => text);
const countValues = (): number => {
  let count = 0;
  const span = { from: TODAY * 86_400, until: (TODAY + 1) * 86_400 };
  openHistoryReader(folder).read(new Set([0]), span, null, { reading: () => count++, rollUp: () => {} });
  return count;
};

/** Sealing waits between two pieces, by the clock. */
const untilSo = (clock: FakeClock, check: () => void): Promise<void> =>
  vi.waitFor(
    () => {
      clock.advance(50);
      check();
    },
    { interval: 2, timeout: 20_000 },
  );

describe('a disk with little room', () => {
  it('gets no values, which is said; they are written when there is room again', async () => {
    const disk = { free: 90 * MIB, network: null };
    const { store, recorder, live } = startRecording({}, disk);
    const issues = (): readonly string[] => store.getState().issues.map(issue => issue.message);
    live(2);
    await expect
      .poll(issues)
      .toEqual([`no values are recorded into ${folder}: 90 MB are free on its disk, and 100 MB are left to others`]);
    expect(files(/\.log$/)).toEqual([]);
    await expect.poll(() => files(/\.events$/)).toHaveLength(1);
    disk.free = 200 * MIB;
    live(2);
    await expect.poll(issues).toEqual([]);
    await recorder.close();
    expect(countValues()).toBe(48);
  });

  it('is asked as it is', () => {
    expect(readDiskFacts(place)?.freeBytes).toBeGreaterThan(0);
    expect(readDiskFacts(join(place, 'none'))).toBeNull();
  });
});

describe('a disk of another machine', () => {
  it('is used, and said to be one', async () => {
    const { store, recorder, live } = startRecording({}, { free: 1e12, network: 'NFS' });
    live(1);
    await expect
      .poll(() => store.getState().issues.map(({ message }) => message))
      .toEqual([
        `the history in ${folder} is on a disk of another machine (NFS): a cut there may cost more than a minute`,
      ]);
    await recorder.close();
    expect(countValues()).toBe(12);
  });
});

describe('what need not be kept', () => {
  it('is removed once a day, and the history tells what it was and why', async () => {
    await writeDays(folder, { first: TODAY - 20, days: 20 });
    const limits = { ...usualLimits, readingDays: 10 };
    const { clock, recorder, live } = startRecording({ limits }, { free: 1e12, network: null });
    live(3);
    await untilSo(clock, () => expect(files(/\.day$/)).toHaveLength(10));
    await untilSo(clock, () => expect(texts().some(text => text.startsWith('removed'))).toBe(true));
    await recorder.close();
    expect(texts().filter(text => text.startsWith('removed'))).toEqual([
      'removed the values of 2025-12-22 to 2025-12-31: these are kept for 10 days',
    ]);
    // What they said is still told, by their roll-ups.
    const steps = new Set<number>();
    const span = { from: (TODAY - 20) * 86_400, until: (TODAY - 10) * 86_400 };
    const { heard } = openHistoryReader(folder).read(new Set([0]), span, null, {
      reading: () => expect.unreachable(),
      rollUp: (_, step) => steps.add(step),
    });
    expect([[...steps], heard]).toEqual([[300], [span]]);
  });

  it('and a budget that cannot be kept to are said', async () => {
    await writeDays(folder, { first: TODAY - 10, days: 10 });
    const limits = { ...usualLimits, budgetBytes: 1_000 };
    const { clock, store, recorder, live } = startRecording({ limits }, { free: 1e12, network: null });
    live(3);
    await untilSo(clock, () =>
      expect(store.getState().issues.map(({ message: text }) => text)).toEqual([
        `the history in ${folder} is 1 MB larger than the 1 MB that it may take, and no more of it can be removed`,
      ]),
    );
    await recorder.close();
    expect(files(/\.day$/)).toHaveLength(7);
    expect(texts().filter(text => text.startsWith('removed'))).toHaveLength(1);
  });
});
