import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecorder } from '../../../src/app/history/recorder.ts';
import { createStore, type HomeStore } from '../../../src/app/store.ts';
import type { HistoryAnswer } from '../../../src/core/history/query/query.ts';
import { queryHistory } from '../../../src/core/history/query/query.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { article, connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

const MINUTE = 60_000;
let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-recorder-'));
  folder = join(place, 'history');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** A house whose flow sensor speaks each five seconds, as long as nothing else is said of it. */
interface Run {
  readonly clock: FakeClock;
  readonly store: HomeStore;
  /** So many minutes go by; without a voice the device is silent. */
  readonly live: (minutes: number, hasVoice?: boolean) => void;
}

function openRun(): Run {
  const clock = createFakeClock(START);
  const store = createStore(emptyHome(), () => {});
  const live = (minutes: number, hasVoice = true): void => {
    for (let second = 0; second < 60 * minutes; second += 5) {
      clock.advance(5_000);
      store.dispatch({ type: 'ticked', at: clock.now() });
      if (hasVoice) store.dispatch(message(clock.now(), 'heating/flow', '55.1'));
    }
  };
  store.dispatch(connected(clock.now()));
  return { clock, store, live };
}

function record({ store, clock }: Run) {
  return openRecorder({ store, clock, folder, keepaliveMs: 15_000, version: '1.2.3' });
}

/** What is read back of so many minutes from the start on. */
function ask(minutes: number): HistoryAnswer {
  const reader = openHistoryReader(folder);
  const [flow] = reader.series.filter(({ id }) => id === 'flow');
  const item = { id: 'flow', unit: '°C', series: flow === undefined ? [] : [flow], everyS: null, expireAfterS: null };
  const start = START / 1_000;
  const edges = Array.from({ length: minutes + 1 }, (_, index) => start + 60 * index);
  return queryHistory(reader, [item], edges, start + 60 * minutes);
}

const toMinutes = (span: { readonly from: number; readonly until: number }): readonly number[] =>
  [span.from, span.until].map(second => Math.round((second - START / 1_000) / 60));

const texts = (): readonly string[] =>
  openHistoryReader(folder)
    .events({ from: 0, until: 1e10 })
    .map(({ text }) => text);

const lost = (at: number) =>
  ({
    type: 'link-changed',
    at,
    link: {
      phase: 'waiting',
      attempt: 1,
      retryAt: at + 1_000,
      failure: { kind: 'closed', message: 'the broker closed the connection', cure: 'Wait.', code: null },
    },
  }) as const;

describe('ten minutes in which nothing was heard', () => {
  const cases: readonly (readonly [string, (run: Run) => void, 'not-listening' | 'silent'])[] = [
    ['of a device that is silent', run => run.live(10, false), 'silent'],
    [
      'of a link that is lost',
      run => {
        run.store.dispatch(lost(run.clock.now()));
        run.live(10, false);
        run.store.dispatch(connected(run.clock.now()));
      },
      'not-listening',
    ],
    [
      'of a machine that slept',
      ({ clock, store }) => {
        clock.suspend(10 * MINUTE);
        store.dispatch({ type: 'time-skipped', at: clock.now(), skippedMs: 10 * MINUTE });
      },
      'not-listening',
    ],
    [
      'of a clock that was put forward',
      ({ clock, store }) => {
        clock.setWall(10 * MINUTE);
        store.dispatch({ type: 'time-skipped', at: clock.now(), skippedMs: 10 * MINUTE });
      },
      'not-listening',
    ],
  ];

  it.each(cases)('%s', async (_, happen, kind) => {
    const run = openRun();
    const recorder = record(run);
    run.live(5);
    happen(run);
    run.live(5);
    await recorder.close();
    const { items, gaps } = ask(20);
    const silences = items[0]?.silences ?? [];
    expect(
      [...gaps, ...silences.map(span => ({ ...span, kind: 'silent' }))].map(gap => [gap.kind, ...toMinutes(gap)]),
    ).toEqual([[kind, 5, 15]]);
    const counts = items[0]?.buckets.map(({ n }) => n) ?? [];
    expect(counts.slice(1, 5)).toEqual([12, 12, 12, 12]);
    expect(counts.slice(6, 14)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('of a recording that was ended and begun again, which both is told', async () => {
    const run = openRun();
    const first = record(run);
    run.live(5);
    await first.close();
    run.live(10);
    const second = record(run);
    run.live(5);
    await second.close();
    expect(ask(20).gaps.map(gap => [gap.kind, ...toMinutes(gap)])).toEqual([['not-listening', 5, 15]]);
    expect(texts().filter(text => text.includes('record'))).toEqual([
      ...['hometui 1.2.3 began to record', 'the recording ended'],
      ...['hometui 1.2.3 began to record', 'the recording ended'],
    ]);
  });

  it('none of it, where the clock was set back: the same time came twice, and that is told', async () => {
    const run = openRun();
    const recorder = record(run);
    run.live(20);
    run.clock.setWall(-10 * MINUTE);
    run.store.dispatch({ type: 'time-skipped', at: run.clock.now(), skippedMs: 0 });
    run.live(5);
    await recorder.close();
    const { items, gaps } = ask(20);
    expect(gaps).toEqual([]);
    expect(items[0]?.buckets.slice(11, 14).map(({ n }) => n)).toEqual([24, 24, 24]);
    expect(texts().some(text => text.startsWith('the clock of this machine was set back'))).toBe(true);
  });
});

describe('what is kept', () => {
  it('is no retained value, and no value of a time in which we stood still', async () => {
    const run = openRun();
    const recorder = record(run);
    const { store, clock } = run;
    store.dispatch(message(clock.now(), 'heating/flow', '11.1', true));
    store.dispatch(message(clock.now(), 'heating/pump/state', 'on', true));
    clock.advance(5_000);
    store.dispatch({ type: 'backlog-began', at: clock.now(), since: clock.now() - 4_000 });
    store.dispatch(message(clock.now(), 'heating/flow', '22.2'));
    store.dispatch({ type: 'backlog-ended', at: clock.now() });
    clock.advance(1_000);
    store.dispatch(message(clock.now(), 'heating/flow', 'rubbish'));
    store.dispatch(message(clock.now(), 'heating/flow', '33.3'));
    await recorder.close();
    const { items } = ask(1);
    expect(items[0]?.buckets[0]).toMatchObject({ n: 1, min: 33.3, max: 33.3 });
  });

  it('is where switches stand, how commands ended and who was denied, within a second', async () => {
    const run = openRun();
    const recorder = record(run);
    const { store, clock } = run;
    const { house } = store.getState();
    const feedback = house.switches.get('pump')?.feedback ?? '';
    await until(() => folderHas('.events'));
    store.dispatch({ type: 'switch-requested', at: clock.now(), switchId: 'pump', target: 'on' });
    const command = store.getState().nextId;
    store.dispatch({
      type: 'command-not-sent',
      at: clock.now(),
      commandId: command - 1,
      why: 'there is no connection',
    });
    store.dispatch(message(clock.now(), feedback, house.config.switches.pump?.on ?? ''));
    store.dispatch({ type: 'filter-answered', at: clock.now(), filter: 'heating/flow', code: 0x87 });
    clock.advance(1_000);
    await until(() => texts().some(text => text.includes('may not subscribe')));
    const types = openHistoryReader(folder)
      .events({ from: 0, until: 1e10 })
      .map(({ type }) => type);
    for (const type of ['recording', 'command', 'verdict', 'switch', 'denial']) expect(types).toContain(type);
    await recorder.close();
  });

  it('is a switch that moves told once, with who moved it', async () => {
    const run = openRun();
    const recorder = record(run);
    for (const state of ['off', 'on']) {
      run.clock.advance(30_000);
      run.store.dispatch(message(run.clock.now(), 'heating/pump/done', state));
    }
    await recorder.close();
    expect(texts().filter(text => text.startsWith('Pump'))).toEqual([
      'Pump reported off',
      'Pump is on: switched by somebody else or at the device',
    ]);
  });

  it('is a denial that comes again and again once a minute', async () => {
    const run = openRun();
    const recorder = record(run);
    for (let second = 0; second < 180; second += 2) {
      run.clock.advance(2_000);
      run.store.dispatch({ type: 'filter-answered', at: run.clock.now(), filter: 'heating/flow', code: 0x87 });
    }
    await recorder.close();
    expect(texts().filter(text => text.includes('may not subscribe'))).toHaveLength(3);
  });
});

it('seals a day once, however many minutes that takes', async () => {
  const run = openRun();
  const recorder = record(run);
  run.live(5);
  // Ten minutes pass before the disk has its first turn: each of them would begin to seal.
  run.clock.advance(86_400_000 - 10 * MINUTE);
  run.live(10);
  await until(() => folderHas('.events'));
  await until(() => {
    run.clock.advance(MINUTE);
    return !folderHas('2026-01-11.log');
  });
  await recorder.close();
  expect(ask(5).items[0]?.buckets.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(50);
});

describe('what stands in the way', () => {
  it('is told once on the screen, and that it is over', async () => {
    mkdirSync(place, { recursive: true });
    writeFileSync(folder, 'not a folder');
    const run = openRun();
    const recorder = record(run);
    const issues = (): readonly string[] => run.store.getState().issues.map(({ message: text }) => text);
    await until(() => issues().length > 0);
    expect(issues()).toEqual([`the history in ${folder} is not used: it is no folder`]);
    run.live(3);
    rmSync(folder);
    run.live(2);
    await until(() => issues().length === 0);
    const told = run.store.getState().journal.filter(({ kind }) => kind === 'issue');
    expect(told.map(({ level }) => level)).toEqual(['warning', 'good']);
    await recorder.close();
    // Nothing of what was heard meanwhile is lost.
    expect(ask(5).items[0]?.buckets.reduce((sum, { n }) => sum + n, 0)).toBe(59);
  });

  it('is nothing that anybody needs to know where another one records; when that ends, it goes on', async () => {
    const other = await openHistoryWriter(folder, { wallNow: Date.now });
    const run = openRun();
    const recorder = record(run);
    run.live(3);
    expect(run.store.getState().issues).toEqual([]);
    await other.close();
    await until(() => !folderHas('lock'));
    run.live(3);
    await until(() => folderHas('.events'));
    run.live(2);
    await recorder.close();
    // The other one has written none of it.
    const heard = ask(8).items[0]?.buckets.map(({ n }) => n) ?? [];
    expect(heard).toEqual([11, 12, 12, 12, 12, 12, 12, 12]);
    expect(ask(8).gaps).toEqual([]);
  });

  it('notes what another process of ours has switched, before the relay says so or after', async () => {
    const run = openRun();
    const { store, clock } = run;
    const setup = { store, clock, folder, keepaliveMs: 15_000, version: '1.2.3', role: 'daemon' } as const;
    const recorder = openRecorder(setup);
    await until(() => folderHas('lock'));
    const moves = (topic: string, position: string): void => {
      clock.advance(20_000);
      store.dispatch(message(clock.now(), topic, position));
    };
    const note = (id: string, target: string) =>
      recorder.note({ at: clock.now(), type: 'command', id, severity: 'info', text: 'sent', detail: { target } });
    for (const topic of ['heating/pump/done', 'heating/burner/done', 'cellar/fan/done']) moves(topic, 'off');
    clock.advance(20_000);
    note('pump', 'on');
    store.dispatch(message(clock.now(), 'heating/pump/done', 'on'));
    clock.advance(1_000);
    await until(() => texts().includes('Pump is on'));
    moves('heating/burner/done', 'on');
    note('burner', 'on');
    // Nobody of us has switched these.
    moves('cellar/fan/done', 'on');
    note('fan', 'off');
    moves('heating/pump/done', 'off');
    await recorder.close();
    const told = texts().filter(text => text.includes('somebody else'));
    expect(told.map(text => text.split(':')[0])).toEqual(['Fan is on', 'Pump is off']);
    expect(texts()).toEqual(expect.arrayContaining(['Pump is on', 'Burner is on', 'sent']));
  });

  it('is taken over by the daemon two seconds after a console has ended, with nothing doubled', async () => {
    const other = await openHistoryWriter(folder, { wallNow: Date.now });
    const run = openRun();
    let opened = 0;
    const { store, clock } = run;
    const setup = { store, clock, folder, keepaliveMs: 15_000, version: '1.2.3', role: 'daemon' } as const;
    const recorder = openRecorder({ ...setup, onOpened: () => opened++ });
    run.live(2);
    await other.close();
    // One look is under way; the next is due two seconds later.
    while (opened === 0) {
      clock.advance(1_000);
      await new Promise(resolve => setImmediate(resolve));
    }
    run.live(1);
    await recorder.close();
    const heard = ask(10).items[0]?.buckets.map(({ n }) => n) ?? [];
    expect(heard.slice(0, 2)).toEqual([11, 12]);
    expect(texts()[0]).toBe('hometui 1.2.3, the daemon, began to record');
  });
});

function folderHas(ending: string): boolean {
  try {
    return readdirSync(folder).some(name => name.endsWith(ending));
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${isSo}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

it('what was heard before the house file got another unit is kept in the one that it was said in', async () => {
  const run = openRun();
  const recorder = record(run);
  run.live(1);
  const config = article();
  const flow = { ...config.sensors.flow, label: 'Flow', topic: 'heating/flow', unit: 'K' };
  const house = createHouse({ ...config, sensors: { ...config.sensors, flow } });
  run.store.dispatch({ type: 'house-changed', at: run.clock.now(), house, file: 'house.json' });
  run.live(1);
  await recorder.close();
  const reader = openHistoryReader(folder);
  const start = START / 1_000;
  const told = ['°C', 'K'].map(unit => {
    const series = reader.series.filter(one => one.id === 'flow' && one.unit === unit);
    const item = { id: 'flow', unit, series, everyS: null, expireAfterS: null };
    const edges = [0, 60, 120, 180].map(second => start + second);
    return queryHistory(reader, [item], edges, start + 180).items[0]?.buckets.map(({ n }) => n > 0);
  });
  expect(told).toEqual([
    [true, true, false],
    [false, true, true],
  ]);
});
