import { describe, expect, it } from 'vitest';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { type HomeState, withClients } from '../../../../src/core/home/state/state.ts';
import { getRow, setRow } from '../../../../src/core/home/state/table.ts';
import { update } from '../../../../src/core/home/update.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { asNew, pacedHouse, randomSilences } from '../../../helpers/random/random-silences.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../../helpers/ui/home.ts';

const told = (home: HomeState): readonly string[] =>
  home.journal.filter(({ kind }) => kind === 'sensor').map(({ at, text }) => `${(at - START) / 1_000} ${text}`);

/** Two sensors of one client, heard each five seconds until `heardS`; the first one until `lastS` only. */
function home(lastS: number, heardS: number, more: Partial<HouseConfig['sensors'][string]> = {}): HomeState {
  const sensor = (id: string) => ({ label: id, topic: id, unit: '', range: { min: 0, max: 100 }, ...more });
  const config: HouseConfig = {
    name: 'H',
    sensors: { a: sensor('a'), b: sensor('b') },
    switches: {},
    clients: { c: { publishes: ['a', 'b'] } },
    panels: [],
  };
  let state = withEvents(emptyHome(config), connected(START));
  for (let second = 1; second <= heardS; second += 1) {
    const at = START + second * 1_000;
    if (second % 5 === 0 && second <= lastS) state = withEvents(state, message(at, 'a', '50'));
    if (second % 5 === 0) state = withEvents(state, message(at, 'b', '50'));
    state = withEvents(state, tick(at));
  }
  return state;
}

describe('a sensor that falls silent while its client speaks', () => {
  it('is told once, three cadences after it spoke, and that it speaks again', () => {
    const silent = home(60, 90);
    expect(told(silent)).toEqual(['75 a is stale: silent for 15 s, its cadence is 5.0 s']);
    const back = withEvents(silent, message(START + 91_000, 'a', '50'), tick(START + 91_500), tick(START + 92_000));
    expect(told(back).slice(1)).toEqual(['91.5 a is live again']);
  });

  it('is told by its own measure, to the millisecond', () => {
    const state = home(60, 60, { expireAfter: 7 });
    expect(told(withEvents(state, message(START + 66_000, 'b', '1'), tick(START + 66_999)))).toEqual([]);
    const late = withEvents(state, message(START + 66_000, 'b', '1'), tick(START + 66_999), tick(START + 67_000));
    expect(told(late)).toEqual(['67 a is stale: silent for 7 s, the house file lets it be silent for 7 s']);
  });

  it('is not told where its client is silent too, or gone, or nothing was listened to', () => {
    const state = home(60, 60);
    expect(told(withEvents(state, ...[70, 75, 80, 90].map(second => tick(START + second * 1_000))))).toEqual([]);
    const lost = withEvents(state, {
      type: 'link-changed',
      at: START + 61_000,
      link: { phase: 'connecting', attempt: 1 },
    });
    expect(told(withEvents(lost, tick(START + 80_000), tick(START + 90_000)))).toEqual([]);
  });
});

/** Forty sensors of one client: the first and the last stand in different parts of the table. */
function large(): HomeState {
  const ids = Array.from({ length: 40 }, (_, place) => `s${place}`);
  const sensors = ids.map(id => [id, { label: id, topic: id, unit: '', range: { min: 0, max: 100 } }] as const);
  const clients = { c: { publishes: ids } };
  const config = { name: 'H', sensors: Object.fromEntries(sensors), switches: {}, clients, panels: [] };
  return withEvents(emptyHome(config), connected(START));
}

const each5s = (from: number, until: number, ...topics: readonly string[]): readonly HomeEvent[] =>
  Array.from({ length: until - from }, (_, second) => START + (from + second) * 1_000).flatMap(at => [
    ...(at % 5_000 === 0 ? topics.map(topic => message(at, topic, '50')) : []),
    tick(at),
  ]);

describe('a sensor in another part of a large house than what its client says', () => {
  it('is told to be silent when its client is back, and it is not', () => {
    const both = withEvents(large(), ...each5s(0, 60, 's0', 's39'), ...each5s(60, 90));
    expect(told(both)).toEqual([]);
    const back = withEvents(both, ...each5s(90, 120, 's39'));
    expect(told(back)).toEqual(['105 s0 is stale: silent for 50 s, its cadence is 5.0 s']);
  });

  it('is measured by the cadence that its client lends it then', () => {
    const heard = withEvents(
      large(),
      ...each5s(0, 40, 's39'),
      message(START + 40_000, 's0', '50'),
      ...each5s(40, 46, 's39'),
    );
    const row = getRow(heard.clients, 'c');
    if (row === undefined) throw new Error('the client is gone');
    expect(told(withEvents(heard, tick(START + 45_500)))).toEqual([]);
    const quick = withClients(heard, setRow(heard.clients, 'c', { ...row, cadence: { ...row.cadence, ms: 1_000 } }));
    expect(told(withEvents(quick, tick(START + 45_500)))).toEqual([
      '45.5 s0 is stale: silent for 5 s, its cadence is 1.0 s',
    ]);
  });
});

describe('what is not looked at again', () => {
  it.each([1, 2, 3, 4])('would have told nothing (seed %i)', seed => {
    let state = emptyHome(pacedHouse());
    let stale = 0;
    for (const event of randomSilences(seed, 400)) {
      if (event.type !== 'ticked') {
        state = update(state, event).state;
        continue;
      }
      const fresh = update(asNew(state), event).state;
      state = update(state, event).state;
      expect(state.readings.chunks).toEqual(fresh.readings.chunks);
      expect(state.journal.at(-1)).toEqual(fresh.journal.at(-1));
      stale = Math.max(stale, state.readings.chunks.flat().filter(({ freshness }) => freshness === 'stale').length);
    }
    expect(stale).toBeGreaterThan(3);
  });

  it('is looked at when an item is said to be gone', () => {
    const watched = withEvents(home(60, 60), tick(START + 60_500));
    const gone = { hasToldPuzzle: false, sayings: [], offline: { at: watched.at, reason: 'it said so' } };
    const told = withEvents({ ...watched, presences: new Map([['a', gone]]) }, tick(START + 61_000));
    expect(getRow(told.readings, 'a')?.freshness).toBe('offline');
    expect(getRow(told.readings, 'b')?.freshness).toBe('live');
    const back = withEvents({ ...told, presences: new Map() }, tick(START + 62_000));
    expect(getRow(back.readings, 'a')?.freshness).toBe('live');
  });

  it('is what is live, as long as it is, and nothing else is', () => {
    // A read of a row that was not to be looked at would show.
    const watched = home(60, 60);
    let looks = 0;
    const chunks = watched.readings.chunks.map(
      chunk =>
        new Proxy(chunk, {
          get: (rows, key) => {
            looks += 1;
            return Reflect.get(rows, key);
          },
        }),
    );
    const state = { ...watched, readings: { ...watched.readings, chunks } };
    const looksAt = (at: number): number => {
      looks = 0;
      update(state, tick(START + at));
      return looks;
    };
    expect(looksAt(61_000)).toBeGreaterThan(0);
    expect(looksAt(62_000)).toBe(0);
    expect(looksAt(69_999)).toBe(0);
    expect(looksAt(70_000)).toBeGreaterThan(0);
  });
});
