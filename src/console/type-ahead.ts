import type { InputEvent, KeyListener } from '../terminal/input/key-event.ts';

/** The way of the keys to who listens to them; those that come before anybody does are kept. */
export interface TypeAhead {
  /** Takes a key, and tells it as soon as all that came in with it is known. */
  readonly take: (key: InputEvent) => void;
  /** Tells the kept keys at once, and then each that comes; gives what takes the listener back. */
  readonly subscribe: (listener: KeyListener) => () => void;
  /** Drops the kept ones, also those that are just being told: what was typed behind a Ctrl-Z was meant for the shell. */
  readonly forget: () => void;
  /**
   * The program stood still: drops what was typed meanwhile, the part too that waits in the terminal, and says so. A
   * command that was asked for long ago is not what anybody expects now.
   */
  readonly dropTyped: () => void;
  /** What is asked before keys are told: it calls `dropTyped` where it finds that the program stood still. */
  readonly setLook: (look: () => void) => void;
}

/** What waits in the terminal is read in one go in the next turn of the loop, and told before the one after it. */
const DRAIN_TURNS = 2;

const DROPPED = 'A key was not obeyed: it may have been typed while hometui stood still. Press it again';

/**
 * Keeps keys until there is a listener. Each is told one turn `later` than it was read: after a stop the terminal may
 * have its turn before the signal that tells of the waking.
 */
export function openTypeAhead(later: (call: () => void) => void = setImmediate): TypeAhead {
  let kept: InputEvent[] = [];
  let listener: KeyListener | null = null;
  let look = (): void => {};
  let isDue = false;
  let hasDropped = false;
  let drain: object | null = null;
  const sayDropped = (): void => {
    if (!hasDropped || listener === null) return;
    hasDropped = false;
    listener.onDropped(DROPPED);
  };
  const tell = (): void => {
    isDue = false;
    look();
    for (let event = shift(); event !== undefined; event = shift()) {
      if (event.type === 'mouse') listener?.onMouse?.(event);
      else listener?.onKey(event);
    }
  };
  const shift = (): InputEvent | undefined => (listener === null ? undefined : kept.shift());
  const drop = (): void => {
    kept = [];
    hasDropped = true;
    sayDropped();
  };
  return {
    take: key => {
      if (drain !== null) return drop();
      kept.push(key);
      if (!isDue) later(tell);
      isDue = true;
    },
    subscribe: given => {
      listener = given;
      sayDropped();
      tell();
      return () => {
        listener = null;
      };
    },
    forget: () => {
      kept = [];
    },
    dropTyped: () => {
      if (kept.length > 0) drop();
      const own = {};
      drain = own;
      const wait = (turns: number): void => {
        if (turns > 0) later(() => wait(turns - 1));
        else if (drain === own) drain = null;
      };
      wait(DRAIN_TURNS);
    },
    setLook: given => {
      look = given;
    },
  };
}
