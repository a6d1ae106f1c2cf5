import { describe, expect, it } from 'vitest';
import { draw } from '../../../src/console/drawing/draw.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { createFrameStream } from '../../../src/terminal/output/frame-stream.ts';
import type { Sources } from '../../../src/ui/hosts/sources.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { createAppState } from '../../../src/ui/state/app-state.ts';
import type { Readable } from '../../../src/ui/state/pace.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { livingHome } from '../../helpers/ui/home.ts';

/** Something whose changes a test tells. */
function told<Value>(
  value: Value,
): Readable<Value> & { readonly tell: () => void; readonly listeners: Set<() => void> } {
  const listeners = new Set<() => void>();
  return {
    getState: () => value,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: () => {
      for (const listener of [...listeners]) listener();
    },
    listeners,
  };
}

function openDrawing() {
  const drawn = { directly: 0, withInk: 0 };
  const home = told(livingHome(60));
  const app = told(createAppState({ theme: 'dark', needsPassword: false, user: null }));
  const look = told({ glyphs: glyphsFor({ glyphs: 'full' }), isUnicode: true });
  const size = told({ columns: 80, rows: 24 });
  const sources: Sources = {
    ...{ home, app, look, size, keymap: createKeymap(home.getState().house), themes: [themeOf('dark').theme] },
    timeOfDay: at => at,
  };
  const stream = createFrameStream({
    size: size.getState,
    isClosed: () => false,
    write: () => {
      drawn.withInk += 1;
    },
  });
  const write = (): void => {
    drawn.directly += 1;
  };
  const clock = createFakeClock();
  const closers: (() => void)[] = [];
  draw(sources, [home], {
    writer: { stream, write },
    clock,
    fail: error => {
      throw error;
    },
    addCloser: close => void closers.push(close),
    hasEnded: () => false,
  });
  const close = (): void => {
    for (const one of closers.splice(0)) one();
  };
  return { drawn, home, app, look, size, clock, close };
}

describe('who draws', () => {
  it('draws everything directly until Ink is loaded', () => {
    const { drawn, home, app, look, size, close } = openDrawing();
    expect(drawn).toEqual({ directly: 1, withInk: 0 });
    for (const cause of [home, app, look, size]) cause.tell();
    expect(drawn).toEqual({ directly: 5, withInk: 0 });
    close();
  });

  it('then draws with Ink once, and for sizes and looks, and keys and the house without it', async () => {
    const { drawn, home, app, look, size, clock, close } = openDrawing();
    clock.advance(1_000);
    await expect.poll(() => drawn.withInk, { timeout: 20_000 }).toBe(1);
    for (const cause of [home, app]) cause.tell();
    expect(drawn).toEqual({ directly: 3, withInk: 1 });
    for (const cause of [look, size]) cause.tell();
    expect(drawn).toEqual({ directly: 3, withInk: 3 });
    close();
    for (const cause of [home, app, look, size]) expect(cause.listeners.size).toBe(0);
  });
});
