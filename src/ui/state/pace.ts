/** Something that can be read and that says when it changed: what React's `useSyncExternalStore` takes. */
export interface Readable<Value> {
  readonly getState: () => Value;
  /** Gives what takes the listener back. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Calls back once after so many ms; gives what cancels it. The clock's `after`. */
export type After = (delayMs: number, call: () => void) => { readonly cancel: () => void };

/** How a value is paced. */
export interface Pace<Value> {
  /** The shortest time between two calls, ms. */
  readonly intervalMs: number;
  /** The same where changes have not ceased for `floodAfterMs`: nobody reads numbers that change so often, and each costs. */
  readonly floodIntervalMs?: number;
  readonly floodAfterMs?: number;
  /** Whether somebody waits for the next change, flood or not. */
  readonly isAwaited?: (value: Value) => boolean;
  /** The part of the value whose changes are told at once, for somebody waits for them. */
  readonly urgent?: (value: Value) => unknown;
  readonly after: After;
}

/**
 * The same value with fewer calls: the first change is told at once, those that follow within the interval are told
 * together at its end. A flood of messages thus costs so many drawings a second and no more, and keys are not slowed.
 */
export function pace<Value>(
  source: Readable<Value>,
  { intervalMs, urgent = () => null, after, ...flood }: Pace<Value>,
): Readable<Value> {
  return {
    getState: source.getState,
    subscribe: listener => {
      let isWaiting = false;
      let isChanged = false;
      let told = urgent(source.getState());
      let timer: ReturnType<After> | null = null;
      const { floodIntervalMs = intervalMs, floodAfterMs = 0, isAwaited = () => false } = flood;
      /** How long changes have come without a rest between two calls, ms. */
      let floodedMs = 0;
      const rest = (): void => {
        timer?.cancel();
        isWaiting = true;
        const isFlood = floodedMs >= floodAfterMs && !isAwaited(source.getState());
        const restMs = isFlood ? floodIntervalMs : intervalMs;
        timer = after(restMs, () => {
          isWaiting = false;
          floodedMs = isChanged ? floodedMs + restMs : 0;
          if (!isChanged) return;
          isChanged = false;
          rest();
          listener();
        });
      };
      const unsubscribe = source.subscribe(() => {
        const now = urgent(source.getState());
        const isUrgent = now !== told;
        told = now;
        if (isWaiting && !isUrgent) {
          isChanged = true;
          return;
        }
        isChanged = false;
        rest();
        listener();
      });
      return () => {
        timer?.cancel();
        unsubscribe();
      };
    },
  };
}
