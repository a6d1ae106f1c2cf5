import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { reduceApp } from '../../../src/ui/reducers/app-reducer.ts';
import { type AppState, createAppState, topPage } from '../../../src/ui/state/app-state.ts';
import { headlineTarget } from '../../../src/ui/state/headline.ts';
import { logRows } from '../../../src/ui/state/log-rows.ts';
import { findItems } from '../../../src/ui/state/search.ts';
import {
  bigHome,
  connected,
  deny,
  emptyHome,
  houseOf,
  livingHome,
  richHome,
  START,
  silentHome,
  tick,
  withEvents,
} from '../../helpers/ui/home.ts';
import { keysOf } from '../../helpers/ui/keys.ts';
import { appAt, screenOf, textsOf } from '../../helpers/ui/pages.ts';
import { stories } from '../../helpers/ui/stories.ts';

function press(home: HomeState, keys: string, from?: AppState): AppState {
  let state = from ?? createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' });
  const keymap = createKeymap(home.house);
  const context = { keymap, themeNames: ['dark'], pageRows: 18, columns: 80, timeOfDay: (at: number) => at, home };
  for (const key of keysOf(keys)) state = reduceApp(state, { type: 'key', key }, context).state;
  return state;
}

describe('the search', () => {
  const home = bigHome();

  it('finds by label, topic, panel, tab and state, whatever the case', () => {
    expect(findItems(home, 'SENSOR 777')).toEqual([777]);
    expect(findItems(home, 'house/s12')).toHaveLength(11);
    expect(findItems(home, 'room 40 s99')).toHaveLength(10);
    expect(findItems(home, 'stable')).toHaveLength(125);
    expect(findItems(home, 'critical')).toEqual([130]);
    expect(findItems(home, 'first wait')).toEqual([140]);
    expect(findItems(home, '')).toHaveLength(1_000);
    expect(findItems(livingHome(60), 'fan')[0]).toBe(8);
    expect(findItems(livingHome(60), 'cellar off')).toEqual([8]);
  });

  it('has those first whose label begins so', () => {
    expect(findItems(livingHome(60), 'te')[0]).toBe(5);
  });

  it('reaches any value in six keys, from every screen, and Esc leads to its tab', () => {
    for (const screen of ['', 'l<escape>', '?', 'jj<enter>', 'c']) {
      const state = press(home, `${screen}/777<enter>`);
      expect([topPage(state), state.search]).toMatchObject([{ screen: 'detail', id: 's777' }, null]);
      expect(topPage(press(home, '<escape>', state))).toEqual({ screen: 'overview', focus: 777 });
    }
  });

  it('chooses among what is found, and keeps the choice while the house changes', () => {
    const state = press(home, '/first s15<down><down>');
    expect(topPage(press(silentHome(), '<enter>', state))).toMatchObject({ screen: 'detail', id: 's152' });
    expect(topPage(press(home, '<end><up><enter>', state))).toMatchObject({ id: 's158' });
  });

  it('ends with Esc, and says that nothing is found', () => {
    expect(press(home, '/x<escape>').search).toBeNull();
    const nothing = press(home, '/cupboard<enter>');
    expect([nothing.search?.text, nothing.notice?.text]).toEqual(['cupboard', 'Nothing is found by that']);
    expect(press(home, 'q', nothing).search?.text).toBe('cupboardq');
  });

  it('answers each key at once in a house of 10,000', () => {
    const config = houseOf(10_000, 400);
    const large = withEvents(emptyHome(config), connected(START), tick(START + 60_000));
    const startedAt = performance.now();
    for (const text of ['s', 'se', 'stale', 'room 3 sta']) findItems(large, text);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('Enter', () => {
  it('on the headline goes to what it speaks of, in every story', () => {
    for (const [name, story] of Object.entries(stories)) {
      const home = story();
      const target = headlineTarget(home);
      const state = press(home, 'k<enter>', appAt({ screen: 'overview', focus: 0 }));
      if (target === null) continue;
      const page = topPage(state);
      if (target.kind === 'item') expect(page, name).toMatchObject({ screen: 'detail', id: target.id });
      else expect(page.screen, name).toBe(target.kind === 'client' ? 'clients' : target.screen);
    }
  });

  it('on the headline goes to what is named there', () => {
    const rowOf = (home: HomeState): string =>
      textsOf(screenOf(home, appAt({ screen: 'overview', focus: 0 }), { columns: 120, rows: 40 }))[1] ?? '';
    expect([rowOf(bigHome()), headlineTarget(bigHome())]).toEqual([
      expect.stringContaining('Sensor 130'),
      { kind: 'item', id: 's130' },
    ]);
    expect([rowOf(richHome()), headlineTarget(richHome())]).toEqual([
      expect.stringContaining('dhtclient'),
      { kind: 'client', id: 'dhtclient' },
    ]);
    expect(headlineTarget(livingHome(600))).toBeNull();
    expect(headlineTarget(deny(livingHome(600), 'fan'))).toEqual({
      kind: 'screen',
      screen: 'denials',
    });
  });

  it('on an event of the overview goes to its item, also when another one has come', () => {
    const home = bigHome();
    const chosen = press(home, '2<end>j');
    expect(topPage(press(home, '<enter>', chosen))).toMatchObject({ screen: 'detail', id: 's130' });
    expect(topPage(press(silentHome(), '<enter>', chosen))).toMatchObject({ screen: 'detail', id: 's130' });
    expect(topPage(press(home, 'k', chosen))).toEqual({ screen: 'overview', focus: 249 });
    expect(press(home, 'j<enter>', chosen).notice?.text).toBe('It speaks of no item of the house');
  });

  it('in the log goes to the item, the client or the denials', () => {
    const home = richHome();
    expect(topPage(press(home, 'l<enter>'))).toEqual({ screen: 'clients', focus: 1 });
    expect(topPage(press(home, 'lj<enter>'))).toEqual({ screen: 'denials', focus: 0 });
    expect(topPage(press(home, 'ljj<enter>'))).toMatchObject({ screen: 'detail', id: 'fan' });
    expect(press(home, 'l<end><enter>').notice?.text).toBe('It speaks of no item of the house');
  });
});

describe('the log', () => {
  const home = silentHome();
  const rowsOf = (state: AppState) => {
    const page = topPage(state);
    return page.screen === 'log' ? logRows(home, page) : [];
  };

  it('has all that fell silent at once in one row, which unfolds and folds', () => {
    const folded = press(home, 'l');
    expect(rowsOf(folded)[0]?.group?.count).toBe(998);
    const unfolded = press(home, '<enter>', folded);
    expect(rowsOf(unfolded).filter(row => row.isUnfolded)).toHaveLength(998);
    expect(topPage(press(home, 'j<enter>', unfolded))).toMatchObject({ screen: 'detail' });
    expect(rowsOf(press(home, 'jj<left>', unfolded))).toHaveLength(rowsOf(folded).length);
    expect(rowsOf(press(home, '<right>', folded))).toHaveLength(rowsOf(unfolded).length);
  });

  it('shows only what is worse, or about one item, and all again', () => {
    const levels = (keys: string) => [...new Set(rowsOf(press(home, `l${keys}`)).map(({ entry }) => entry.level))];
    expect(levels('!')).toEqual(['warning', 'critical']);
    expect(levels('!!')).toEqual(['critical']);
    expect(levels('!!!')).toContain('good');
    expect(rowsOf(press(home, 'l!!=')).every(({ entry }) => entry.subject === 's130')).toBe(true);
    expect(rowsOf(press(home, 'l!!=='))).toEqual(rowsOf(press(home, 'l!!')));
    expect(press(home, 'l<end>=').notice?.text).toBe('This entry speaks of no item of the house');
  });
});
