import type { HomeSession } from '../../app/session.ts';
import type { HomeStore } from '../../app/store.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Clock } from '../../io/clock.ts';

/** How a wait ended. */
export type WaitEnd = 'done' | 'timeout' | 'stopped';

export interface WaitOptions {
  readonly store: HomeStore;
  readonly isDone: (state: HomeState) => boolean;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Somebody wants the end. */
  readonly stopped: AbortSignal;
}

/** Waits until the state is as wanted, looking at it after each event and not only when the turn is over. */
export function waitForState({ store, isDone, timeoutMs, clock, stopped }: WaitOptions): Promise<WaitEnd> {
  return new Promise(resolve => {
    if (isDone(store.getState()) || stopped.aborted) {
      resolve(stopped.aborted ? 'stopped' : 'done');
      return;
    }
    const finish = (how: WaitEnd): void => {
      release();
      timer.cancel();
      stopped.removeEventListener('abort', onStopped);
      resolve(how);
    };
    const onStopped = (): void => finish('stopped');
    const release = store.observe(({ after }) => {
      if (isDone(after)) finish('done');
    });
    const timer = clock.after(timeoutMs, () => finish('timeout'));
    stopped.addEventListener('abort', onStopped);
  });
}

/** The answer is out by then, ms; a broker that does not take our goodbye is not waited for. */
const GOODBYE_MS = 250;

/** Closes a session whose work is done; the goodbye is on its way at once, and its answer is waited for so long, ms. */
export function closeSoon(session: HomeSession, clock: Clock, limitMs: number = GOODBYE_MS): Promise<void> {
  return Promise.race([session.close(), new Promise<void>(done => clock.after(limitMs, done))]);
}
