import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { reduceApp } from '../../../src/ui/reducers/app-reducer.ts';
import { type AppState, createAppState, topPage } from '../../../src/ui/state/app-state.ts';
import { logRows } from '../../../src/ui/state/log-rows.ts';
import { livingHome, message, START, withEvents } from '../../helpers/ui/home.ts';
import { keysOf } from '../../helpers/ui/keys.ts';
import { screenOf, textsOf } from '../../helpers/ui/pages.ts';

const said = (second: number, topic: string, text: string) => message(START + second * 1_000, topic, text);
const home = withEvents(
  livingHome(30),
  said(31, 'heating/pump/done', 'on'),
  said(32, 'cellar/fan/done', 'on'),
  said(33, 'heating/pump/done', 'off'),
  said(34, 'heating/flow', 'err'),
);

function press(keys: string, from?: AppState, now: HomeState = home) {
  let state = from ?? createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' });
  const keymap = createKeymap(now.house);
  const context = { keymap, themeNames: ['dark'], pageRows: 18, columns: 80, timeOfDay: (at: number) => at, home: now };
  const commands: string[] = [];
  for (const key of keysOf(keys)) {
    const step = reduceApp(state, { type: 'key', key }, context);
    state = step.state;
    commands.push(...step.commands.map(({ type }) => type));
  }
  const page = topPage(state);
  const texts = page.screen === 'log' ? logRows(now, page).map(({ entry }) => entry.text) : [];
  return { state, page, texts, commands };
}

describe('words that are typed in the log', () => {
  const all = press('l').texts;

  it('limit it as they are typed: by text, by what it is about, by what is wrong, whatever the case', () => {
    expect(all.length).toBeGreaterThan(4);
    for (const words of ['PUMP', 'pump o', 'o pump']) {
      const { texts } = press(`l/${words}`);
      expect(texts, words).toEqual(all.filter(text => text.includes('Pump')));
    }
    const off = all.filter(text => text.includes('Pump') && text.includes('off'));
    expect([off.length > 0, press('l/pump off').texts]).toEqual([true, off]);
    expect(press('l/warning').texts).toEqual(all.filter(text => text.startsWith('Flow')));
    expect(press('l/nosuch').texts).toEqual([]);
    expect(press('l/ ').texts).toEqual(all);
  });

  it('stay with Enter, go with Esc, and can be gone on with', () => {
    const kept = press('l/pump<enter>');
    expect(kept.page).toMatchObject({ screen: 'log', filter: { words: 'pump' } });
    expect(kept.page).not.toHaveProperty('isTyping');
    expect(press('j<enter>', kept.state).page).toMatchObject({ screen: 'detail', id: 'pump' });
    expect(press('/ off', kept.state).texts).toEqual(press('l/pump off').texts);
    expect(press('/<backspace><backspace><backspace><backspace>', kept.state).texts).toEqual(all);
    const gone = press('/<escape>', kept.state);
    expect([gone.texts, gone.page]).toMatchObject([all, { screen: 'log', filter: {} }]);
    // What was chosen stays so.
    expect(all[topPage(gone.state).focus]).toBe(press('', kept.state).texts[0]);
    // What is typed is no key, but for those that are none of a text.
    expect(press('l/q!?').page).toMatchObject({ screen: 'log', filter: { words: 'q!?' } });
    expect(press('l/<ctrl+c>').commands).toEqual(['leave']);
  });

  it('go together with the other limits', () => {
    const both = press('l/flow<enter>!');
    expect(both.page).toMatchObject({ filter: { words: 'flow', least: 'warning' } });
    expect(both.texts).toHaveLength(1);
    expect(press('!!', both.state).page).toMatchObject({ filter: { words: 'flow' } });
  });

  it('are told while they are typed, and in the title; and that nothing fits', () => {
    const shown = (state: AppState): string => textsOf(screenOf(home, state, { columns: 80, rows: 24 })).join('\n');
    const typing = shown(press('l/pump').state);
    expect(typing).toMatch(/Filter: pump.*Enter keeps it, Esc shows all/);
    expect(typing).toContain('Log, with "pump"');
    expect(shown(press('l/nosuch<enter>').state)).toMatch(/Log, with "nosuch".*nothing of that happened/);
  });
});
