import type { HomeState } from '../../core/home/state.ts';
import type { Keymap } from '../keys/keymap.ts';
import type { AppState } from '../state/app-state.ts';
import type { Readable } from '../state/pace.ts';
import type { Size, TerminalLook } from '../text/house-view.ts';
import { createPainter, type Painter } from '../text/paint.ts';
import type { Theme } from '../theme/theme.ts';
import { sceneLines } from './body-lines.ts';

/** All that the console is drawn from; each says by itself when it changed. */
export interface Sources {
  readonly home: Readable<HomeState>;
  readonly app: Readable<AppState>;
  readonly look: Readable<TerminalLook>;
  readonly size: Readable<Size>;
  readonly keymap: Keymap;
  readonly themes: readonly Theme[];
  /** As a view has it. */
  readonly timeOfDay: (at: number) => number;
}

/** The theme that is chosen, or the first one. */
export function themeIn(themes: readonly Theme[], { theme: name }: AppState): Theme {
  const theme = themes.find(one => one.name === name) ?? themes[0];
  if (theme === undefined) throw new Error('the console was started without a theme');
  return theme;
}

/**
 * Gives the rows of the screen as the components would paint them now; `null` where it takes the components, for the
 * table of clients.
 */
export function createRowPainter(sources: Sources): () => readonly string[] | null {
  let made: { readonly theme: Theme; readonly look: TerminalLook; readonly painter: Painter } | null = null;
  return () => {
    const { keymap, themes, timeOfDay } = sources;
    const app = sources.app.getState();
    const look = sources.look.getState();
    const theme = themeIn(themes, app);
    if (made?.theme !== theme || made.look !== look) {
      made = { theme, look, painter: createPainter(theme, look.isUnicode) };
    }
    const { painter } = made;
    const view = { home: sources.home.getState(), glyphs: look.glyphs, timeOfDay };
    const lines = sceneLines({ view, app, keymap, themes, size: sources.size.getState() });
    return lines === null ? null : lines.map(line => painter.paint(line));
  };
}
