import type { HomeEvent } from '../../src/core/home/state/event.ts';

/** Keeps events and waits for them. */
export interface EventLog {
  readonly events: readonly HomeEvent[];
  readonly emit: (event: HomeEvent) => void;
  /** Resolves as soon as so many events fit; rejects with all of them after 8 s. */
  readonly until: (fits: (event: HomeEvent) => boolean, count?: number) => Promise<void>;
}

/** An empty log. */
export function createEventLog(): EventLog {
  const events: HomeEvent[] = [];
  const wakers = new Set<() => void>();
  return {
    events,
    emit: event => {
      events.push(event);
      for (const wake of wakers) wake();
    },
    until: (fits, count = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (events.filter(fits).length < count) return;
          wakers.delete(look);
          clearTimeout(limit);
          resolve();
        };
        const limit = setTimeout(() => {
          wakers.delete(look);
          reject(new Error(`waited 8 s; there was:\n${events.map(event => JSON.stringify(event)).join('\n')}`));
        }, 8_000);
        wakers.add(look);
        look();
      }),
  };
}
