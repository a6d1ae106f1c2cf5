import type { StyledLine } from '../../terminal/cells/line-cells.ts';
import type { Readable } from '../state/pace.ts';
import type { Sight } from './sources.ts';

/** Whom the drawing tells. */
export interface DirectOutput {
  /** Takes whole frames. */
  readonly write: (frame: readonly StyledLine[]) => void;
  readonly onError: (error: unknown) => void;
}

/** A drawing that goes on until it is closed. */
export interface DirectDrawing {
  /** Draws the picture as it is now. */
  readonly draw: () => void;
  readonly close: () => void;
}

/**
 * Draws the picture into cells, and again whenever one of `causes` changes, without React and Ink: these cost ten times
 * as much. All of the console is drawn so until Ink is loaded, and what the house changes always.
 */
export function drawDirectly(
  take: () => Sight,
  causes: readonly Pick<Readable<unknown>, 'subscribe'>[],
  { write, onError }: DirectOutput,
): DirectDrawing {
  const draw = (): void => {
    try {
      const { lines, painter } = take();
      write(lines.map(painter.dress));
    } catch (error) {
      onError(error);
    }
  };
  const releases = causes.map(cause => cause.subscribe(draw));
  return {
    draw,
    close: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}
