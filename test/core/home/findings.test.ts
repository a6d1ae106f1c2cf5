import { describe, expect, test } from 'vitest';
import { freshnessOfClient, freshnessOfReading } from '../../../src/core/home/clients/select-freshness.ts';
import { levelOfReading, overallOf } from '../../../src/core/home/select.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { articleHouse, runHouse } from '../../helpers/house/house-run.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { liveAtRandom } from '../../helpers/random/random-life.ts';
import { rounds } from '../../helpers/random/rounds.ts';

const isLive = (state: HomeState, id: string): boolean => freshnessOfReading(state, id).freshness === 'live';

describe('what makes the house less than well', () => {
  test('a value that was never heard or fell silent, whoever serves it', () => {
    const run = runHouse({ ...articleHouse(), clients: {} });
    run.connect();
    for (const topic of ['heating/flow', 'heating/return', 'cellar/temperature']) run.receive(topic, '50');
    expect(overallOf(run.state)).toEqual({
      level: 'warning',
      reasons: ['Humidity: never received yet on cellar/humidity'],
    });
    run.receive('cellar/humidity', '60');
    expect(overallOf(run.state)).toEqual({ level: 'ok', reasons: [] });
    run.pass(60_000);
    const { level, reasons } = overallOf(run.state);
    expect(level).toBe('warning');
    expect(reasons.map(reason => reason.split(':')[0])).toEqual(['Flow', 'Return', 'Temperature', 'Humidity']);
  });

  test('a client by its own name, where an item has the same id', () => {
    const config = articleHouse();
    const { heating, ...others } = config.clients;
    if (heating === undefined) throw new Error('the preset changed');
    const clients = { ...others, flow: { ...heating, label: 'Boiler board', user: 'heating' } };
    const run = runHouse({ ...config, clients });
    run.connect();
    run.receive('heating/flow', '50');
    run.pass(60_000);
    const { reasons } = overallOf(run.state, new Set(['flow']));
    expect(reasons.map(reason => reason.split(/ is|:/)[0])).toEqual(['Boiler board']);
    expect(run.state.journal.filter(({ kind }) => kind === 'client').map(({ text }) => text.slice(0, 12))).toEqual([
      'Boiler board',
    ]);
  });

  test('a named value whose silent client was not named', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', '50');
    run.pass(60_000);
    expect(overallOf(run.state, new Set(['flow']))).toEqual({
      level: 'warning',
      reasons: ['Flow: silent for 60 s, a cadence of 5.0 s is assumed'],
    });
    expect(overallOf(run.state, new Set(['flow', 'heating'])).reasons).toHaveLength(1);
  });

  test('in random houses: all is well exactly when each value and client is live and no value is beyond a limit', () => {
    let wells = 0;
    for (let seed = 1; seed <= rounds(60); seed += 1) {
      liveAtRandom(createRandom(seed), state => {
        const { ids } = state.readings;
        const isWell =
          ids.every(id => isLive(state, id) && levelOfReading(state, id) === 'ok') &&
          state.clients.ids.every(id => freshnessOfClient(state, id).freshness === 'live');
        expect(overallOf(state).level === 'ok', `seed ${seed}`).toBe(isWell);
        if (isWell) wells += 1;
        for (const id of ids) {
          const isOk = isLive(state, id) && levelOfReading(state, id) === 'ok';
          expect(overallOf(state, new Set([id])).level === 'ok', `seed ${seed}, ${id}`).toBe(isOk);
        }
      });
    }
    expect(wells).toBeGreaterThan(rounds(100));
  });
});
