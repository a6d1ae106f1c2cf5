import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { calmHome } from '../../../src/ui/hosts/calm-home.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { createRowPainter } from '../../../src/ui/picture/painted-rows.ts';
import { type AppState, createAppState } from '../../../src/ui/state/app-state.ts';
import type { Readable } from '../../../src/ui/state/pace.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';
import { livingHome, message, START, tick, withEvents } from '../../helpers/ui-home.ts';

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
  it('writes what the components would draw, and does not wake them', () => {
    const { home, written, told, rowsNow } = openCalm(livingHome(60));
    const changes = [tick(START + 61_100), message(START + 61_200, 'heating/flow', '71.7'), tick(START + 75_000)];
    for (const change of changes) {
      home.set(withEvents(home.getState(), change));
      expect(written.at(-1)).toBe(rowsNow()?.join('\n'));
    }
    expect([told(), new Set(written).size]).toEqual([0, 3]);
    expect(written.at(-1)).toContain('late');
  });

  it('wakes the components for the table that only they can draw', () => {
    const { home, app, written, told } = openCalm(livingHome(60));
    app.set({ ...app.getState(), stack: [{ screen: 'clients', focus: 0 }] });
    home.set(withEvents(home.getState(), tick(START + 61_100)));
    expect([told(), written]).toEqual([1, []]);
  });

  it('shows the newest house to components that draw for a key', () => {
    const { home, calm } = openCalm(livingHome(60));
    const newer = withEvents(home.getState(), message(START + 60_500, 'heating/flow', '12.3'));
    home.change(newer);
    expect(calm.getState()).toBe(newer);
  });

  it('is silent when it is closed', () => {
    const { home, calm, written, told } = openCalm(livingHome(60));
    calm.close();
    home.set(livingHome(120));
    expect([told(), written]).toEqual([0, []]);
  });
});
