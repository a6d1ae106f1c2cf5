import { createRowPainter, type Sources } from '../picture/painted-rows.ts';

/** Whom the drawing tells. */
export interface PlainOutput {
  /** Takes whole frames. */
  readonly write: (frame: string) => void;
  /** A screen is wanted that takes the components. */
  readonly onBeyond: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Draws whole frames without React and Ink, so that keys are answered and values shown while these are not loaded; the
 * table of clients has to wait for them. Gives what ends it.
 */
export function drawPlainly(sources: Sources, { write, onBeyond, onError }: PlainOutput): () => void {
  const paint = createRowPainter(sources);
  const draw = (): void => {
    try {
      const rows = paint();
      if (rows === null) onBeyond();
      else write(rows.join('\n'));
    } catch (error) {
      onError(error);
    }
  };
  const { home, app, look, size } = sources;
  const releases = [home, app, look, size].map(source => source.subscribe(draw));
  draw();
  return () => {
    for (const release of releases.splice(0)) release();
  };
}
