import type { ReplayStatus } from '../../app/replay/player.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Keymap } from '../keys/keymap.ts';
import { type DrawTable, plainTable } from '../panels/table.ts';
import { picture, type Scene, type ScreenPanes } from '../picture/picture.ts';
import type { AppState } from '../state/app-state.ts';
import type { Readable } from '../state/pace.ts';
import type { Lines, Size, TerminalLook } from '../text/house-view.ts';
import { type Spot, spotAt } from '../text/line.ts';
import { createPainter, type Painter } from '../text/paint.ts';
import type { Theme } from '../theme/theme.ts';

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
  /** As a view has it. */
  readonly replay?: ReplayStatus | null;
  /** What is loaded of the screens that are not loaded from the start. */
  readonly panes?: ScreenPanes;
}

/** The picture as it is now, and what it is painted with. */
export interface Sight {
  readonly lines: Lines;
  readonly painter: Painter;
}

/** Gives the picture of the sources as they are, for a host to draw. */
export function openSight(sources: Sources, drawTable: DrawTable): () => Sight {
  let made: { readonly theme: Theme; readonly look: TerminalLook; readonly painter: Painter } | null = null;
  return () => {
    const { keymap, themes, timeOfDay, replay = null, panes } = sources;
    const app = sources.app.getState();
    const look = sources.look.getState();
    const theme = themeIn(themes, app);
    if (made?.theme !== theme || made.look !== look) {
      made = { theme, look, painter: createPainter(theme, look.isUnicode) };
    }
    const view = { home: sources.home.getState(), glyphs: look.glyphs, timeOfDay, replay };
    const scene: Scene = { view, app, keymap, themes, size: sources.size.getState() };
    const lines = picture(panes === undefined ? scene : { ...scene, panes }, drawTable);
    return { lines, painter: made.painter };
  };
}

/** The theme that is chosen, or the first one. */
function themeIn(themes: readonly Theme[], { theme: name }: AppState): Theme {
  const theme = themes.find(one => one.name === name) ?? themes[0];
  if (theme === undefined) throw new Error('the console was started without a theme');
  return theme;
}

/** Tells what a click on a cell of the picture chooses. */
export function openSpots(sources: Sources): (column: number, row: number) => Spot | null {
  const sight = openSight(sources, plainTable);
  return (column, row) => spotAt(sight().lines, column, row);
}
