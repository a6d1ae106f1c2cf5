import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../src/core/home/state.ts';
import { glyphsFor } from '../../src/terminal/glyphs.ts';
import { type AppState, createAppState } from '../../src/ui/app-state.ts';
import { calmHome } from '../../src/ui/calm-home.ts';
import { createKeymap } from '../../src/ui/keymap.ts';
import type { Readable } from '../../src/ui/pace.ts';
import { createRowPainter } from '../../src/ui/painted-rows.ts';
import { themeOf } from '../../src/ui/themes.ts';
import { livingHome, message, START, tick, withEvents } from '../helpers/ui-home.ts';

interface Cell<Value> extends Readable<Value> {
  readonly set: (value: Value) => void;
  /** Changes the value and tells nobody yet, as within the pace of the drawing. */
  readonly change: (value: Value) => void;
}

function cell<Value>(initial: Value): Cell<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => value,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    change: next => {
      value = next;
    },
    set: next => {
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

function openCalm(first: HomeState) {
  const home = cell(first);
  const app = cell<AppState>(createAppState({ theme: 'dark', needsPassword: false, user: null }));
  const written: string[] = [];
  let told = 0;
  const sources = {
    home,
    app,
    look: cell({ glyphs: glyphsFor({ glyphs: 'full' }), isUnicode: true }),
    size: cell({ columns: 80, rows: 24 }),
    keymap: createKeymap(first.house),
    themes: [themeOf('dark').theme],
    timeOfDay: (at: number) => at,
  };
  const calm = calmHome(sources, frame => written.push(frame));
  calm.subscribe(() => {
    told += 1;
  });
  return { home, app, calm, written, told: () => told, rowsNow: createRowPainter(sources) };
}

describe('the calm house', () => {
  it('writes the clock by itself, and tells of all else', () => {
    let home = livingHome(60);
    const { home: source, calm, written, told, rowsNow } = openCalm(home);
    const set = (next: HomeState): void => {
      home = next;
      source.set(next);
    };
    set(withEvents(home, tick(START + 60_600)));
    expect(told()).toBe(1);
    const before = calm.getState();
    set(withEvents(home, tick(START + 60_900)));
    expect([told(), written.length]).toEqual([1, 0]);
    set(withEvents(home, tick(START + 61_100)));
    expect([told(), written]).toEqual([1, [rowsNow()?.join('\n')]]);
    expect(calm.getState()).toBe(before);
    set(withEvents(home, message(START + 61_200, 'heating/flow', '71.7')));
    expect([told(), written.length]).toEqual([2, 1]);
    expect(calm.getState()).toBe(home);
  });

  it('tells of each loss of freshness in the second in which it happens', () => {
    let home = livingHome(60);
    const { home: source, calm, told, rowsNow } = openCalm(home);
    const words = (): string => (rowsNow() ?? []).slice(1).join('\n');
    source.set(home);
    let shown = words();
    for (let second = 61; second < 200; second += 1) {
      const before = told();
      home = withEvents(home, tick(START + second * 1_000));
      source.set(home);
      expect(told() > before, `second ${second}`).toBe(words() !== shown);
      if (told() > before) expect(calm.getState()).toBe(home);
      shown = words();
    }
    expect(shown).toContain('stale');
  });

  it('knows that a key was answered with a newer house than it told of', () => {
    const first = livingHome(60);
    const { home, app, calm, told } = openCalm(first);
    home.set(first);
    expect(told()).toBe(1);
    const newer = withEvents(first, message(START + 60_500, 'heating/flow', '12.3'));
    home.change(newer);
    expect(calm.getState()).toBe(first);
    app.set({ ...app.getState() });
    expect(calm.getState()).toBe(newer);
    // What looks like before the key does not look like what was drawn for it.
    home.set(first);
    expect([told(), calm.getState()]).toEqual([2, first]);
  });

  it('is silent when it is closed', () => {
    const { home, calm, told } = openCalm(livingHome(60));
    calm.close();
    home.set(livingHome(120));
    expect(told()).toBe(0);
  });
});
