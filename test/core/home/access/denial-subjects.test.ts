import { describe, expect, test } from 'vitest';
import { subjectsOfDenial } from '../../../../src/core/home/access/denial-subjects.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { mapRows } from '../../../../src/core/home/state/table.ts';
import { runHouse } from '../../../helpers/house/house-run.ts';

/** The article's house, where `boiler` has a user of another name and one client identifier, and `cellar` has neither. */
const { state } = runHouse({
  name: 'Home',
  sensors: {
    flow: { label: 'Flow', topic: 'heating/flow', unit: '°C' },
    damp: { label: 'Damp', topic: 'cellar/damp', unit: '%' },
  },
  switches: {},
  clients: {
    boiler: { publishes: ['flow'], user: 'heating' },
    cellar: { publishes: ['damp'] },
  },
  panels: [{ label: 'All', items: ['flow', 'damp'] }],
});
const about = (topic: string | null, user: string | null, client: string | null) =>
  subjectsOfDenial(state, { topic, user, client });

describe('what a denial is about', () => {
  test.each([
    ['the sensor of its topic, and the client of its user', 'heating/flow', 'heating', 'x', ['flow', 'boiler']],
    ['the client of its user alone, where the house has no such topic', 'a/b', 'heating', 'x', ['boiler']],
    ['the client whose user has its id', 'a/b', 'cellar', 'x', ['cellar']],
    ['the sensor alone, where the user is a stranger', 'cellar/damp', 'stranger', 'esp-1', ['damp']],
    ['nothing, where user and topic are strange', 'a/b', 'stranger', 'esp-1', []],
    ['nothing, where nobody said who, and to what', null, null, null, []],
    ['the client of its user, in a refused login', null, 'heating', null, ['boiler']],
    ['nothing for a user that is no id and no user of the house', null, 'boiler', null, []],
  ])('is %s', (_, topic, user, client, ids) => {
    expect(about(topic, user, client)).toEqual(ids);
  });

  test('without a user the client identifier that the house learned says who it was', () => {
    const known = (ids: readonly string[]): HomeState => {
      const clients = mapRows(state.clients, row => (row.id === 'boiler' ? { ...row, clientIds: ids } : row));
      return { ...state, clients };
    };
    const denial = { topic: null, user: null, client: 'esp-1' };
    expect(subjectsOfDenial(known(['esp-1']), denial)).toEqual(['boiler']);
    expect(subjectsOfDenial(known(['esp-2']), denial)).toEqual([]);
    expect(subjectsOfDenial(known(['esp-1']), { ...denial, client: null })).toEqual([]);
  });
});
