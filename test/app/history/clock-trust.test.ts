import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecorder } from '../../../src/app/history/recorder.ts';
import { createStore } from '../../../src/app/store.ts';
import { openTimeWatch } from '../../../src/io/clock.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import type { TimeSync } from '../../../src/io/time-sync.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

const MINUTE = 60_000;
let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-trust-'));
  folder = join(place, 'history');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** A machine that starts with some time of day, and a recording on it. */
function startMachine(wallAt: number, sync: TimeSync) {
  const clock = createFakeClock(wallAt);
  const store = createStore(emptyHome(), () => {});
  const state = { sync };
  const watch = openTimeWatch(clock, store.dispatch);
  store.dispatch(connected(clock.now()));
  const machine = { readDiskFacts: () => null, readTimeSync: async () => state.sync };
  const setup = { store, clock, folder, keepaliveMs: 15_000, version: '1.2.3', machine };
  const recorder = openRecorder(setup);
  const live = async (minutes: number): Promise<void> => {
    for (let second = 0; second < 60 * minutes; second += 5) {
      clock.advance(5_000);
      store.dispatch({ type: 'ticked', at: clock.now() });
      store.dispatch(message(clock.now(), 'heating/flow', '55.1'));
      if (second % 60 === 0) await settle();
    }
    await settle();
  };
  return { clock, store, state, recorder, live, watch };
}

/** What was started by then is done: files are written in some turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** When values were said, as minutes from a moment, and whether somebody listened throughout. */
function recorded(from: number): { readonly minutes: readonly number[]; readonly gapsS: readonly number[] } {
  const reader = openHistoryReader(folder);
  const minutes = new Set<number>();
  const span = { from: Math.floor(from / 1_000) - 86_400, until: Math.floor(from / 1_000) + 86_400 };
  const { heard } = reader.read(new Set([0]), span, null, {
    reading: (_, second) => minutes.add(Math.floor((second * 1_000 - from) / MINUTE)),
    rollUp: () => {},
  });
  const gapsS = heard.slice(1).map(({ from: next }, index) => next - (heard[index]?.until ?? 0));
  return { minutes: [...minutes].sort((one, other) => one - other), gapsS };
}

const days = (): readonly string[] => readdirSync(folder).filter(name => /\.(log|day)$/.test(name));

describe('a machine without a clock', () => {
  it.each([
    ['1970', 0],
    ['the time at which it was switched off', START - 3 * 3_600_000],
    ['a time in the future', START + 400 * MINUTE],
  ])('that starts with %s records at the times that were, once a time server has answered', async (_, wallAt) => {
    const { clock, state, recorder, live, watch } = startMachine(wallAt, 'no');
    await live(5);
    expect(readdirSync(place)).toEqual([]);
    clock.setWall(START + 5 * MINUTE - clock.wallNow());
    watch.look();
    state.sync = 'yes';
    await live(5);
    await recorder.close();
    const { minutes, gapsS } = recorded(START);
    expect(minutes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].slice(0, minutes.length));
    expect(minutes.length).toBeGreaterThanOrEqual(10);
    expect(gapsS.filter(gap => gap > 10)).toEqual([]);
    expect(days()).toEqual(['2026-01-11.log']);
  });

  it('that is set twice before it is confirmed is put right twice', async () => {
    const { clock, state, recorder, live, watch } = startMachine(0, 'no');
    await live(3);
    clock.setWall(START - 7_200_000);
    watch.look();
    await live(3);
    clock.setWall(START + 6 * MINUTE - clock.wallNow());
    watch.look();
    state.sync = 'yes';
    await live(3);
    await recorder.close();
    expect(recorded(START).minutes.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('says that nothing is recorded while it says 1970, and never makes a day of 1970', async () => {
    const { store, recorder, live } = startMachine(0, 'unknown');
    await live(20);
    expect(store.getState().issues.map(issue => issue.message)).toEqual([
      'the clock of this machine was never set: what is heard is kept for an hour, and not recorded yet',
    ]);
    await recorder.close();
    expect(readdirSync(place)).toEqual([]);
  });

  it('is believed after ten minutes in which no time server answered, if it may be right', async () => {
    const { recorder, live } = startMachine(START, 'no');
    await live(9);
    expect(readdirSync(place)).toEqual([]);
    await live(3);
    await expect.poll(days).toEqual(['2026-01-11.log']);
    await recorder.close();
    expect(recorded(START).minutes.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('loses nothing when the recording ends before it is confirmed', async () => {
    const { recorder, live } = startMachine(START, 'no');
    await live(2);
    await recorder.close();
    expect(recorded(START).minutes.slice(0, 2)).toEqual([0, 1]);
  });
});

describe('a clock that was confirmed', () => {
  it.each<TimeSync>(['yes', 'unknown'])('(%s) is written at once, and a later step of it moves nothing', async sync => {
    const { clock, recorder, live, watch } = startMachine(START, sync);
    await live(2);
    await expect.poll(days).toEqual(['2026-01-11.log']);
    clock.setWall(3_600_000);
    watch.look();
    await live(2);
    await recorder.close();
    const { minutes } = recorded(START);
    expect(minutes.filter(minute => minute > 2)).toEqual([62, 63, 64]);
    expect(minutes.slice(0, 2)).toEqual([0, 1]);
  });
});
