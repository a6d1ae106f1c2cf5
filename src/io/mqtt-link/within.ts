import type { Clock } from '../clock.ts';

/** Whether `promise` resolves within `limitMs`. The promise must never reject. */
export function within(clock: Clock, limitMs: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise(resolve => {
    const timer = clock.after(limitMs, () => resolve(false));
    void promise.then(() => {
      timer.cancel();
      resolve(true);
    });
  });
}
