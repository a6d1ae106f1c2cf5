import type { KeyEvent } from '../terminal/input/key-event.ts';

/** The way of the keys to who listens to them; those that come before anybody does are kept. */
export interface TypeAhead {
  /** Tells the listener a key, or keeps it. */
  readonly take: (key: KeyEvent) => void;
  /** Tells the kept keys at once, and then each that comes; gives what takes the listener back. */
  readonly subscribe: (listener: (key: KeyEvent) => void) => () => void;
  /** Drops the kept ones, also those that are just being told: what was typed behind a Ctrl-Z was meant for the shell. */
  readonly forget: () => void;
}

/** Keeps keys until there is a listener. */
export function openTypeAhead(): TypeAhead {
  let kept: KeyEvent[] = [];
  let listener: ((key: KeyEvent) => void) | null = null;
  return {
    take: key => {
      if (listener === null) kept.push(key);
      else listener(key);
    },
    subscribe: given => {
      listener = given;
      for (let key = kept.shift(); key !== undefined; key = kept.shift()) given(key);
      return () => {
        listener = null;
      };
    },
    forget: () => {
      kept = [];
    },
  };
}
