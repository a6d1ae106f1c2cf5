import { createRowPainter, type Sources } from './painted-rows.ts';

/**
 * Draws whole frames without React and Ink, so that keys are answered and values shown while these are loaded; the table
 * of clients has to wait for them. Gives what ends it. `onError` is told what failed.
 */
export function drawPlainly(
  sources: Sources,
  write: (frame: string) => void,
  onError: (error: unknown) => void,
): () => void {
  const paint = createRowPainter(sources);
  const draw = (): void => {
    try {
      const rows = paint();
      if (rows !== null) write(rows.join('\n'));
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
