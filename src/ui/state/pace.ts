/** Something that can be read and that says when it changed: what React's `useSyncExternalStore` takes. */
export interface Readable<Value> {
  readonly getState: () => Value;
  /** Gives what takes the listener back. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Calls back once after so many ms; gives what cancels it. */
export type After = (delayMs: number, call: () => void) => () => void;

const afterTimeout: After = (delayMs, call) => {
  const timer = setTimeout(call, delayMs);
  return () => clearTimeout(timer);
};

/**
 * The same value with fewer calls: the first change is told at once, those that follow within `intervalMs` are told
 * together at its end. A flood of messages thus costs so many drawings a second and no more, and keys are not slowed.
 */
export function pace<Value>(source: Readable<Value>, intervalMs: number, after: After = afterTimeout): Readable<Value> {
  return {
    getState: source.getState,
    subscribe: listener => {
      let isWaiting = false;
      let isChanged = false;
      let cancel = (): void => {};
      const rest = (): void => {
        isWaiting = true;
        cancel = after(intervalMs, () => {
          isWaiting = false;
          if (!isChanged) return;
          isChanged = false;
          rest();
          listener();
        });
      };
      const unsubscribe = source.subscribe(() => {
        if (isWaiting) {
          isChanged = true;
          return;
        }
        rest();
        listener();
      });
      return () => {
        cancel();
        unsubscribe();
      };
    },
  };
}
