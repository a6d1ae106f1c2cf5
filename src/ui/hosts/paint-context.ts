import { createContext, useContext } from 'react';
import type { FrameGlyphs } from '../../terminal/identity/glyphs.ts';
import type { Painter } from '../text/paint.ts';

/** What rows are painted with: the theme's painter, and the lines that frames are made of. */
export interface Paint {
  readonly painter: Painter;
  readonly frame: FrameGlyphs;
}

/** Given by the whole screen to all that is on it. */
export const PaintContext = createContext<Paint | null>(null);

/** What to paint with; throws outside of a screen. */
export function usePaint(): Paint {
  const paint = useContext(PaintContext);
  if (paint === null) throw new Error('a row was drawn outside of a screen');
  return paint;
}
