import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { itemsOf } from '../../../src/ui/layout/items.ts';
import { reduceApp } from '../../../src/ui/reducers/app-reducer.ts';
import { type AppCommand, type AppState, createAppState, topPage } from '../../../src/ui/state/app-state.ts';
import { chosenId, shownBelow, sightOf } from '../../../src/ui/state/sight.ts';
import { bookOf, calmHome, tooHot } from '../../helpers/ui/alarms-home.ts';
import { bigHome, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';
import { keysOf } from '../../helpers/ui/keys.ts';
import { screenOf, textsOf } from '../../helpers/ui/pages.ts';

function open(home: HomeState, favourites: readonly string[] = []) {
  let state: AppState = createAppState({ theme: 'dark', needsPassword: false, user: 'monitor', favourites });
  const commands: AppCommand[] = [];
  const keymap = createKeymap(home.house);
  const context = { keymap, themeNames: ['dark'], pageRows: 18, columns: 80, timeOfDay: (at: number) => at };
  const press = (keys: string, at: HomeState = home): string => {
    for (const key of keysOf(keys)) {
      const step = reduceApp(state, { type: 'key', key }, { ...context, home: at });
      state = step.state;
      commands.push(...step.commands);
    }
    return chosenId(state, at) ?? '';
  };
  const sight = (at: HomeState = home) => {
    const page = topPage(state);
    return page.screen === 'overview' ? sightOf(page, at) : page.screen;
  };
  return { press, sight, commands, state: () => state };
}

describe('what is not well, where nothing is', () => {
  const calm = calmHome();

  it('leaves what was chosen', () => {
    expect(open(calm).press('j!!')).toBe('back');
  });

  it('says so, but for what an alarm tells that is about no silence and no limit', () => {
    const shown = (home: HomeState): string => {
      const { press, state } = open(home);
      press('!');
      return textsOf(screenOf(home, state(), { columns: 120, rows: 40 })).join('\n');
    };
    expect(shown(calm)).toContain('Nothing here is not well. ! shows everything again');
    const alarmed = { ...calm, alarms: bookOf([{ ...tooHot, about: ['flow'] }]) };
    expect(shown(alarmed)).toContain(
      'Nothing here is not well, but for what the alarms tell: press a. ! shows everything again',
    );
    const over = { ...calm, alarms: bookOf([{ ...tooHot, phase: 'returned' }]) };
    expect(shown(over)).toContain('Nothing here is not well. ! shows everything again');
  });
});

describe('tabs', () => {
  const home = bigHome();

  it('change with Tab, brackets and digits, and go round', () => {
    const { press, sight } = open(home);
    expect([press('<tab>'), sight()]).toEqual(['s125', 1]);
    expect([press(']'), sight()]).toEqual(['s250', 2]);
    expect([press('['), sight()]).toEqual(['s125', 1]);
    expect([press('8'), sight()]).toEqual(['s875', 7]);
    expect([press('<tab>'), sight()]).toEqual(['s0', 0]);
    expect([press('['), sight()]).toEqual(['s875', 7]);
  });

  it('hold the arrow keys on them, and an item in full goes on to the next one', () => {
    const { press, sight } = open(home);
    expect(press('<end>')).toBe('s124');
    expect(press('j')).toBe('');
    expect(press('k')).toBe('s124');
    expect(press('<enter>j')).toBe('s125');
    expect([press('<escape>'), sight()]).toEqual(['s125', 1]);
    expect(press('<home>')).toBe('s125');
    expect(press('k ')).toBe('');
  });

  it('are what Tab is for only where there are several', () => {
    const article = livingHome(60);
    const { press, sight } = open(article);
    expect([press('<tab>'), sight()]).toEqual(['temperature', 0]);
    expect(press(']')).toBe('temperature');
    expect(open(article).press('1')).toBe('flow');
  });
});

describe('favourites', () => {
  const home = bigHome();

  it('have a tab of their own behind the others, and are kept', () => {
    const { press, sight, commands, state } = open(home);
    press('jj*5*');
    expect(commands.at(-1)).toEqual({ type: 'keep-favourites', favourites: ['s2', 's500'] });
    expect([press('1['), sight()]).toEqual(['s2', 'favourites']);
    expect(press('j')).toBe('s500');
    expect(shownBelow(state(), home).places).toEqual([2, 500]);
    expect(press('<enter>k')).toBe('s2');
    press('<escape>*');
    expect([press('*'), sight()]).toEqual(['s500', 4]);
    expect(commands.at(-1)).toEqual({ type: 'keep-favourites', favourites: [] });
  });

  it('may be marked where an item is shown in full, and are there from the start', () => {
    expect(open(home, ['s7']).press('[')).toBe('s7');
    const { press, commands } = open(home);
    press('j<enter>*');
    expect(commands).toEqual([{ type: 'keep-favourites', favourites: ['s1'] }]);
  });
});

describe('what is not well', () => {
  it('is all that is shown after !, from every screen, and until it is pressed again', () => {
    const home = bigHome();
    const { press, sight, state } = open(home);
    expect([press('c!'), sight()]).toEqual(['s130', 'unwell']);
    const ids = shownBelow(state(), home).places.map(place => itemsOf(home.house).ids[place]);
    expect(ids).toEqual(['s130', 's140']);
    expect(press('j')).toBe('s140');
    expect([press('!'), sight()]).toEqual(['s140', 1]);
  });

  it('follows the house, and the choice goes to the next one', () => {
    const home = bigHome();
    const { press } = open(home);
    press('!');
    const calm = withEvents(home, message(START + 43_000, 'house/s130', '50.0'), tick(START + 43_100));
    expect(press('', calm)).toBe('s140');
    expect(press('<enter>', calm)).toBe('s140');
  });

  it('is nothing while all is well', () => {
    const { press } = open(livingHome(600));
    expect(press('!')).toBe('');
    expect(press('<enter>!')).toBe('flow');
  });
});
