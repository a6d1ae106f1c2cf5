import type { HomeState } from '../../core/home/state.ts';
import { createRowPainter, type Sources } from '../picture/painted-rows.ts';
import type { Readable } from '../state/pace.ts';

/** The house as the components see it. */
export interface CalmHome extends Readable<HomeState> {
  readonly close: () => void;
}

/**
 * Writes each change of the house as the frame that the components would draw, and tells them of it only on the screen
 * that takes them: React and Ink cost ten times as much. They draw for keys, sizes and looks, and then from the newest
 * house. `write` takes whole frames. To be made before anything else subscribes to the sources.
 */
export function calmHome(sources: Sources, write: (frame: string) => void): CalmHome {
  const paint = createRowPainter(sources);
  const listeners = new Set<() => void>();
  const onHome = (): void => {
    const rows = tryTo(paint);
    if (rows !== null) write(rows.join('\n'));
    else for (const listener of [...listeners]) listener();
  };
  const release = sources.home.subscribe(onHome);
  return {
    getState: sources.home.getState,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: release,
  };
}

/** What fails here fails in the components too, where it is caught. */
function tryTo(paint: () => readonly string[] | null): readonly string[] | null {
  try {
    return paint();
  } catch {
    return null;
  }
}
