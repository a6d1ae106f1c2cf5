import { afterWaitingKeys, type Clock } from '../../io/clock.ts';
import type { Film } from './film.ts';

/** Goes long ways through a film in pieces, so that keys have their turn. */
export interface Way {
  /**
   * Goes on to a moment, ms, or to where it is there; resolves with whether it was gone to its end. One that is begun
   * breaks off the one before.
   */
  readonly go: (until: number, isThere: () => boolean) => Promise<boolean>;
  /** How much of it is done, 0 to 1; `null` where none is under way. */
  readonly progress: () => number | null;
  readonly breakOff: () => void;
}

/** Time goes by in such steps where it is only passed, ms. */
const PASSING_MS = 10_000;
/** How long the way is gone without a look at the keys, ms. */
const SLICE_MS = 25;

/** Makes it; `onProgress` is called after each piece. */
export function openWay(film: Film, clock: Clock, onProgress: () => void): Way {
  let progress: number | null = null;
  let current = 0;
  return {
    progress: () => progress,
    breakOff: () => {
      current += 1;
      progress = null;
    },
    go: async (until, isThere) => {
      current += 1;
      const [own, from] = [current, film.at()];
      let lookedAt = clock.monotonicNow();
      try {
        for (let isOn = true; isOn && !isThere(); ) {
          isOn = film.advance(until, PASSING_MS);
          if (clock.monotonicNow() - lookedAt < SLICE_MS) continue;
          progress = until > from ? Math.min(1, (film.at() - from) / (until - from)) : 1;
          onProgress();
          await afterWaitingKeys();
          if (own !== current) return false;
          lookedAt = clock.monotonicNow();
        }
        return true;
      } finally {
        if (own === current) progress = null;
      }
    },
  };
}
