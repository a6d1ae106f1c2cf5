import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { MouseEvent } from '../../../src/terminal/input/key-event.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { reduceApp } from '../../../src/ui/reducers/app-reducer.ts';
import { type AppCommand, type AppState, createAppState, topPage } from '../../../src/ui/state/app-state.ts';
import { chosenId } from '../../../src/ui/state/sight.ts';
import { spotAt } from '../../../src/ui/text/line.ts';
import { bigHome, livingHome, richHome } from '../../helpers/ui/home.ts';
import { keysOf } from '../../helpers/ui/keys.ts';
import { screenOf, textsOf } from '../../helpers/ui/pages.ts';

const SIZE = { columns: 80, rows: 24 };

function open(home: HomeState, keys = '') {
  let state: AppState = createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' });
  const commands: AppCommand[] = [];
  const context = {
    ...{ home, keymap: createKeymap(home.house), themeNames: ['dark', 'light', 'no-color'], pageRows: 18, columns: 80 },
    timeOfDay: (at: number) => at,
    spotAt: (column: number, row: number) => spotAt(screenOf(home, state, SIZE), column, row),
  };
  const take = (action: Parameters<typeof reduceApp>[1]): void => {
    const step = reduceApp(state, action, context);
    state = step.state;
    commands.push(...step.commands);
  };
  for (const key of keysOf(keys)) take({ type: 'key', key });
  const point = (mouse: MouseEvent): AppState => {
    take({ type: 'pointed', mouse });
    return state;
  };
  /** Clicks where a text stands on the screen. */
  const click = (text: string): AppState => {
    const rows = textsOf(screenOf(home, state, SIZE));
    const row = rows.findIndex(line => line.includes(text));
    expect(row, text).toBeGreaterThanOrEqual(0);
    return point({ type: 'mouse', action: 'press', row, column: rows[row]?.indexOf(text) ?? 0 });
  };
  const wheel = (action: 'wheel-up' | 'wheel-down') => point({ type: 'mouse', action, column: 0, row: 0 });
  return { click, wheel, point, commands, state: () => state };
}

describe('the wheel where something is chosen or typed', () => {
  it('shows each theme that it chooses, as the arrow keys do', () => {
    const { wheel } = open(livingHome(60), 't');
    const next = wheel('wheel-down');
    expect(topPage(next)).toMatchObject({ screen: 'themes', focus: 2 });
    expect(next.theme).toBe('no-color');
  });

  it('leaves a date alone that is being typed', () => {
    const { wheel, state } = open(livingHome(60), '<enter>g20');
    const before = state();
    expect(wheel('wheel-down')).toBe(before);
  });
});

describe('a click', () => {
  it('chooses the item, the tab or the row that it points at', () => {
    const home = bigHome();
    const { click } = open(home);
    expect(chosenId(click('Sensor 27 '), home)).toBe('s27');
    expect(chosenId(click('3 Attic'), home)).toBe('s250');
    expect(topPage(open(richHome(), 'l').click('Pump on'))).toMatchObject({ screen: 'log', focus: 3 });
    expect(topPage(open(richHome(), 'cj').click('heating'))).toMatchObject({ screen: 'clients', focus: 0 });
    expect(open(home, '/first s15').click('Sensor 152 ').search?.chosen).toBe(152);
  });

  it('never switches, opens or answers anything, wherever it is', () => {
    const home = livingHome(60);
    for (const keys of ['', 'b', 'jjj<enter>', 'l', 'c', 'd', 'u', '?', 't', '/p']) {
      const { point, commands, state } = open(home, keys);
      const before = state();
      const asked = commands.length;
      for (let row = 0; row < SIZE.rows; row += 1) {
        for (let column = 0; column < SIZE.columns; column += 7) {
          point({ type: 'mouse', action: 'press', column, row });
          point({ type: 'mouse', action: 'press', column, row });
        }
      }
      expect(commands.slice(asked), keys).toEqual([]);
      expect(topPage(state()).screen, keys).toBe(topPage(before).screen);
      expect(state().dialog, keys).toEqual(before.dialog);
    }
  });
});

describe('the wheel', () => {
  it('moves the choice three rows', () => {
    const home = bigHome();
    const { wheel } = open(home);
    expect(chosenId(wheel('wheel-down'), home)).toBe('s3');
    expect(chosenId(wheel('wheel-down'), home)).toBe('s6');
    expect(chosenId(wheel('wheel-up'), home)).toBe('s3');
    const log = open(richHome(), 'l');
    expect(topPage(log.wheel('wheel-down'))).toMatchObject({ focus: 3 });
    expect(open(home, '/room 7').wheel('wheel-down').search?.chosen).not.toBeNull();
  });

  it('does nothing while something is asked', () => {
    const { wheel, state } = open(livingHome(60), 'b');
    const before = state();
    expect(wheel('wheel-down')).toBe(before);
  });
});
