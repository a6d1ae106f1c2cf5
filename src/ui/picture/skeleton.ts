import type { HomeState } from '../../core/home/state/state.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import { createKeymap } from '../keys/keymap.ts';
import { plainTable } from '../panels/table.ts';
import { createAppState } from '../state/app-state.ts';
import type { Size } from '../text/house-view.ts';
import { blank, type Span } from '../text/line.ts';
import { createPainter } from '../text/paint.ts';
import type { Theme } from '../theme/theme.ts';
import { picture } from './picture.ts';

/**
 * The first frame without React and Ink, while these are loaded: the whole house with its labels, nothing known yet.
 * It is made by what makes the real frames, so the picture does not jump; only the clock is missing, since the frame is
 * kept for the next start. `home` is fresh from `createState`. Rows are joined by `\n`, each exactly as wide as the screen.
 */
export function skeletonFrame(
  home: HomeState,
  size: Size,
  look: {
    readonly theme: Theme;
    readonly glyphs: Glyphs;
    readonly isUnicode: boolean;
    readonly favourites?: readonly string[];
  },
): string {
  const app = createAppState({
    ...{ theme: look.theme.name, needsPassword: false, user: null },
    favourites: look.favourites ?? [],
  });
  const painter = createPainter(look.theme, look.isUnicode);
  const view = { home, glyphs: look.glyphs };
  const lines = picture({ view, app, keymap: createKeymap(home.house), themes: [look.theme], size }, plainTable);
  return lines.map(line => painter.paint(line.map(withoutClock))).join('\n');
}

function withoutClock(part: Span): Span {
  return part.style === 'clock' ? blank(part.text.length) : part;
}
