import type { HomeState } from '../core/home/state.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { createAppState } from './app-state.ts';
import { overviewFrame } from './frame.ts';
import { createKeymap } from './keymap.ts';
import { blank, type Span } from './line.ts';
import { createPainter } from './paint.ts';
import type { Theme } from './theme.ts';
import type { Size } from './view.ts';

/**
 * The first frame without React and Ink, while these are loaded: the whole house with its labels, nothing known yet.
 * It is made by what makes the real frames, so the picture does not jump; only the clock is missing, since the frame is
 * kept for the next start. `home` is fresh from `createState`. Rows are joined by `\n`, each exactly as wide as the screen.
 */
export function skeletonFrame(
  home: HomeState,
  size: Size,
  look: { readonly theme: Theme; readonly glyphs: Glyphs; readonly isUnicode: boolean },
): string {
  const app = createAppState({ theme: look.theme.name, needsPassword: false, user: null });
  const painter = createPainter(look.theme, look.isUnicode);
  const lines = overviewFrame({ home, glyphs: look.glyphs }, app, createKeymap(home.house), size);
  return lines.map(line => painter.paint(line.map(withoutClock))).join('\n');
}

function withoutClock(part: Span): Span {
  return part.style === 'clock' ? blank(part.text.length) : part;
}
