import { describe, expect, it } from 'vitest';
import {
  type LoadedScreens,
  openLoadedScreens,
  type ScreenDesk,
  type SideScreen,
} from '../../../src/console/screens/loaded-screens.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import type { ScreenAsk } from '../../../src/ui/keys/intent.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

const view = { home: emptyHome(), glyphs: glyphsFor({ glyphs: 'ascii' }) };
const size = { columns: 80, rows: 24 };

/** The screens, of which each is loaded when it is let. */
function openScreens() {
  const asked: string[] = [];
  const failures: unknown[] = [];
  const waiting: { screen: SideScreen; resolve: () => void; reject: (error: unknown) => void }[] = [];
  const deskOf = (screen: SideScreen): ScreenDesk => ({
    ask: (ask: ScreenAsk) => asked.push(`${screen} ${ask}`),
    type: () => asked.push(`${screen} key`),
    isTyping: () => screen === 'alarms',
    isDeep: () => screen === 'alarms',
    lines: () => [[{ text: screen, style: 'text' }]],
    keys: () => null,
    heard: () => asked.push(`${screen} heard`),
  });
  let tell = (): void => {};
  let isWatched = true;
  const screens: LoadedScreens = openLoadedScreens({
    home: {
      subscribe: listener => {
        tell = listener;
        return () => {
          isWatched = false;
        };
      },
    },
    open: screen =>
      new Promise((resolve, reject) => waiting.push({ screen, resolve: () => resolve(deskOf(screen)), reject })),
    fail: error => failures.push(error),
  });
  let drawings = 0;
  screens.drawn.subscribe(() => {
    drawings += 1;
  });
  const load = async (place: number): Promise<void> => {
    waiting[place]?.resolve();
    await new Promise(setImmediate);
  };
  return {
    screens,
    asked,
    failures,
    waiting,
    load,
    hear: () => tell(),
    drawn: () => drawings,
    isWatched: () => isWatched,
  };
}

describe('a screen that is loaded with its first key', () => {
  it('is loaded when it is shown and no sooner, and drawn when it is there', async () => {
    const { screens, waiting, load, drawn } = openScreens();
    expect(waiting).toEqual([]);
    screens.follow('alarms');
    screens.follow('alarms');
    expect(waiting.map(({ screen }) => screen)).toEqual(['alarms']);
    expect(screens.lines(view, size)).toBeNull();
    await load(0);
    expect(drawn()).toBe(1);
    expect(screens.lines(view, size)).toEqual([[{ text: 'alarms', style: 'text' }]]);
    expect([screens.isTyping, screens.isDeep]).toEqual([true, true]);
  });

  it('gets the keys that were pressed meanwhile, in their order', async () => {
    const { screens, asked, load } = openScreens();
    screens.follow('alarms');
    screens.ask('down');
    screens.ask('open');
    await load(0);
    screens.ask('back');
    expect(asked).toEqual(['alarms down', 'alarms open', 'alarms back']);
  });

  it('that was left before it was there is not shown, and its keys are for nobody', async () => {
    const { screens, asked, load } = openScreens();
    screens.follow('alarms');
    screens.ask('acknowledge');
    screens.follow('visitors');
    await load(0);
    expect(screens.lines(view, size)).toBeNull();
    await load(1);
    expect(screens.lines(view, size)).toEqual([[{ text: 'visitors', style: 'text' }]]);
    expect(asked).toEqual([]);
    screens.follow(null);
    expect([screens.lines(view, size), screens.isTyping, screens.isDeep]).toEqual([null, false, false]);
  });

  it('hears of the house while it is shown', async () => {
    const { screens, asked, load, hear, isWatched } = openScreens();
    hear();
    screens.follow('visitors');
    await load(0);
    hear();
    screens.close();
    expect(asked).toEqual(['visitors heard']);
    expect(isWatched()).toBe(false);
  });

  it('tells that it cannot be loaded', async () => {
    const { screens, failures, waiting } = openScreens();
    screens.follow('alarms');
    waiting[0]?.reject(new Error('broken'));
    await new Promise(setImmediate);
    expect(failures).toEqual([new Error('broken')]);
  });
});
