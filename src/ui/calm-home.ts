import type { HomeState } from '../core/home/state.ts';
import type { Readable } from './pace.ts';
import { createRowPainter, type Sources } from './painted-rows.ts';

/** The house as the components see it. */
export interface CalmHome extends Readable<HomeState> {
  readonly close: () => void;
}

/**
 * Tells the components of a change of the house only where more than the first row, the clock's, would look different:
 * React and Ink cost ten times what finding that out does. That row is written as it would be drawn. `write` takes whole
 * frames. To be made before anything else subscribes to the sources.
 */
export function calmHome(sources: Sources, write: (frame: string) => void): CalmHome {
  const paint = createRowPainter(sources);
  const listeners = new Set<() => void>();
  /** What the components draw from: nothing newer, for then it would not be known what they show. */
  let told = sources.home.getState();
  /** What they show of it; `null` where that must be drawn to be known. */
  let shown: readonly string[] | null = null;
  const refresh = (): void => {
    told = sources.home.getState();
    shown = null;
  };
  const onHome = (): void => {
    const next = tryTo(paint);
    if (next !== null && shown !== null && isSameBelowFirst(shown, next)) {
      if (next[0] !== shown[0]) write(next.join('\n'));
      shown = next;
      return;
    }
    told = sources.home.getState();
    shown = next;
    for (const listener of [...listeners]) listener();
  };
  const { home, app, look, size } = sources;
  const releases = [home.subscribe(onHome), ...[app, look, size].map(source => source.subscribe(refresh))];
  return {
    getState: () => told,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      for (const release of releases.splice(0)) release();
    },
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

function isSameBelowFirst(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && after.every((row, place) => place === 0 || row === before[place]);
}
