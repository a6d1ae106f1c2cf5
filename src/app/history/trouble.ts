import type { Issue } from '../../core/issue.ts';
import type { Clock } from '../../io/clock.ts';
import type { HomeStore } from '../store.ts';

/** Work was broken off because the recording ends: it goes on with the next one. */
export class BrokenOff extends Error {}

/** What stands in the way, on its way to the screen. */
export interface Trouble {
  /** Tells it once; whether it is any: that somebody else records, or that the end came, is none. */
  readonly tell: (error: unknown) => boolean;
  /** It is over. */
  readonly settle: () => void;
}

/** Where it is told, and of what. */
export interface TroubleSetup {
  readonly store: HomeStore;
  readonly clock: Clock;
  readonly folder: string;
}

/** What stands in the way, told once as long as it is so. */
export function createTrouble(
  { store, clock, folder }: TroubleSetup,
  inWords: (error: unknown) => Issue,
  news = `the history is written again to ${folder}`,
): Trouble {
  let told: Issue | null = null;
  return {
    tell: (error: unknown): boolean => {
      if (error instanceof BrokenOff) return false;
      const issue = inWords(error);
      if (issue.severity === 'info') return false;
      const at = clock.now();
      if (told !== null && told.message !== issue.message) {
        store.dispatch({ type: 'issue-settled', at, issue: told, news: null });
      }
      if (told?.message !== issue.message) store.dispatch({ type: 'issue-found', at, issue });
      told = issue;
      return true;
    },
    settle: (): void => {
      if (told === null) return;
      store.dispatch({ type: 'issue-settled', at: clock.now(), issue: told, news });
      told = null;
    },
  };
}
