import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createLineCells, type StyledLine } from '../../../src/terminal/cells/line-cells.ts';
import { createStyleTable } from '../../../src/terminal/cells/style.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { drawDirectly } from '../../../src/ui/hosts/direct.ts';
import { openSight, type Sources } from '../../../src/ui/hosts/sources.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { plainTable } from '../../../src/ui/panels/table.ts';
import { type AppState, createAppState } from '../../../src/ui/state/app-state.ts';
import type { Readable } from '../../../src/ui/state/pace.ts';
import { createPainter } from '../../../src/ui/text/paint.ts';
import { themeNames, themeOf } from '../../../src/ui/theme/themes.ts';
import { livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';
import { appAt, helpPages, pagesOf, screenOf } from '../../helpers/ui/pages.ts';

interface Cell<Value> extends Readable<Value> {
  readonly set: (value: Value) => void;
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
    set: next => {
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

function openDirect(first: HomeState) {
  const home = cell(first);
  const app = cell<AppState>(createAppState({ theme: 'dark', needsPassword: false, user: null }));
  const written: string[] = [];
  const errors: unknown[] = [];
  const sources: Sources = {
    home,
    app,
    look: cell({ glyphs: glyphsFor({ glyphs: 'full' }), isUnicode: true }),
    size: cell({ columns: 80, rows: 24 }),
    keymap: createKeymap(first.house),
    themes: [themeOf('dark').theme],
    timeOfDay: (at: number) => at,
  };
  const drawing = drawDirectly(openSight(sources, plainTable), [home], {
    write: frame => written.push(textOf(frame)),
    onError: error => errors.push(error),
  });
  return { home, app, drawing, written, errors };
}

const textOf = (frame: readonly StyledLine[]): string =>
  frame.map(line => line.map(({ text }) => text).join('')).join('\n');

describe('direct drawing', () => {
  it('draws what its causes change, and else when it is told to', () => {
    const { home, app, drawing, written } = openDirect(livingHome(60));
    expect(written).toEqual([]);
    drawing.draw();
    home.set(withEvents(home.getState(), message(START + 61_200, 'heating/flow', '71.7')));
    home.set(withEvents(home.getState(), tick(START + 75_000)));
    app.set({ ...app.getState(), stack: [{ screen: 'clients', focus: 0 }] });
    expect(written).toHaveLength(3);
    expect(written[1]).toContain('71.7');
    expect(written[2]).toContain('late');
    expect(written.join()).not.toContain('Last message');
  });

  it('shows what else was chosen meanwhile, the table of clients too', () => {
    const { home, app, written } = openDirect(livingHome(60));
    app.set({ ...app.getState(), stack: [{ screen: 'clients', focus: 0 }] });
    home.set(withEvents(home.getState(), tick(START + 61_100)));
    expect(written.at(-1)).toMatch(/Client +State +Last message/);
  });

  it('tells what fails, and goes on', () => {
    const { home, written, errors } = openDirect(livingHome(60));
    home.set({ ...home.getState(), journal: null as unknown as HomeState['journal'] });
    expect(String(errors)).toMatch(/TypeError/);
    home.set(livingHome(61));
    expect(written).toHaveLength(1);
  });

  it('is silent when it is closed', () => {
    const { home, drawing, written } = openDirect(livingHome(60));
    drawing.close();
    home.set(livingHome(120));
    expect(written).toEqual([]);
  });

  it.each(['full', 'ascii'] as const)('makes the cells that the text for Ink makes (%s)', glyphs => {
    const home = withEvents(livingHome(300), message(START + 301_000, 'heating/flow', '95.0'));
    const styles = createStyleTable();
    // No theme changes what stands there.
    const screens = [...pagesOf(home), ...helpPages].map(page =>
      screenOf(home, appAt(page), { columns: 80, rows: 24 }),
    );
    for (const name of themeNames) {
      const painter = createPainter(themeOf(name).theme, glyphs === 'full');
      const depth = name === 'dark' ? 24 : 4;
      const [parser, cells] = [createFrameParser(styles, depth), createLineCells(styles, depth)];
      for (const lines of screens) {
        const parsed = parser.parse(lines.map(painter.paint).join('\n'), 80, 24);
        const dressed = cells.frameOf(lines.map(painter.dress), 80, 24);
        // Node.js compares thousands of cells ten times as quickly; the other says where they differ.
        if (!isDeepStrictEqual(dressed, parsed)) expect(dressed).toEqual(parsed);
      }
    }
  });
});
