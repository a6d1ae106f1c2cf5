import type { World } from '../app/world.ts';
import type { Timer } from '../io/clock.ts';
import { hasShell, isInForeground } from '../terminal/device/tty.ts';

/** A part of the terminal that can give it back for a while. */
export interface Sleeper {
  readonly suspend: () => void;
  readonly resume: () => void;
}

/** The parts of the terminal that sleep and wake together. */
export interface Sleepers {
  readonly input: Sleeper;
  readonly keys: {
    /** What was typed while we were stopped is not to be obeyed now. */
    readonly dropTyped: () => void;
  };
  readonly screen: Sleeper;
  readonly writer: Sleeper;
}

/** What the shell has to do with us. */
export interface Shell {
  /** Whether the terminal is ours now. */
  readonly isInForeground: () => boolean;
  /** Whether it would notice that we stopped. */
  readonly hasShell: () => boolean;
}

/** The sleep of a program that has the terminal. */
export interface Sleep {
  /**
   * What Ctrl-Z asks for: gives the terminal back and stops, and everything that was started with us. Where nobody would
   * wake us all stays as it is, and `refuse` is called with a sentence for the person.
   */
  readonly fallAsleep: (refuse: (why: string) => void) => void;
  /** Takes the listeners back. */
  readonly close: () => void;
}

const NO_SHELL = 'No shell here could wake hometui again; Ctrl-C leaves it';

/** Who types `fg` right behind `bg` has the terminal back by then, ms: stopped after that, nobody would wake us. */
const BACKGROUND_MS = 50;

/** The system tells at once that we were woken; when it has not by then, ms, we were never stopped. */
const NEVER_STOPPED_MS = 100;

/**
 * SIGTSTP and Ctrl-Z give the terminal back before the process stops; SIGCONT takes it again, whoever stopped us, and
 * repaints.
 */
export function openJobControl(
  world: Pick<World, 'onSignal' | 'stop' | 'stopJob' | 'clock'>,
  { input, keys, screen, writer }: Sleepers,
  shell: Shell = { isInForeground, hasShell },
): Sleep {
  let painting: Timer | null = null;
  let doubt: Timer | null = null;
  let stopping: Timer | null = null;
  const suspendPicture = (): void => {
    painting?.cancel();
    stopping?.cancel();
    screen.suspend();
    writer.suspend();
  };
  const takeAgain = (): void => {
    input.suspend();
    input.resume();
    screen.resume();
    // Timers that became due meanwhile go first: the picture is to be of now, and not of the moment before the stop.
    painting = world.clock.after(0, writer.resume);
  };
  /** After `bg` the terminal is the shell's, and so are its modes: there is nothing to draw on before `fg`. */
  const takeIfOurs = (otherwise: () => void): void => {
    if (shell.isInForeground()) takeAgain();
    else otherwise();
  };
  const onStop = (): void => {
    suspendPicture();
    input.suspend();
    world.stop();
  };
  const onContinue = (): void => {
    doubt?.cancel();
    keys.dropTyped();
    // After SIGSTOP nobody has suspended us, and the shell may have changed the terminal meanwhile.
    suspendPicture();
    takeIfOurs(() => {
      stopping = world.clock.after(BACKGROUND_MS, () => takeIfOurs(() => world.stopJob('SIGTTOU')));
    });
  };
  let releaseStop = world.onSignal('SIGTSTP', onStop);
  const releaseContinue = world.onSignal('SIGCONT', onContinue);
  return {
    fallAsleep: refuse => {
      if (!shell.hasShell()) return refuse(NO_SHELL);
      suspendPicture();
      input.suspend();
      // Where nobody listens to it, the system stops us with the others, and none of us where nobody could wake us.
      releaseStop();
      world.stopJob('SIGTSTP');
      releaseStop = world.onSignal('SIGTSTP', onStop);
      doubt = world.clock.after(NEVER_STOPPED_MS, () => {
        takeAgain();
        refuse(NO_SHELL);
      });
    },
    close: () => {
      painting?.cancel();
      doubt?.cancel();
      stopping?.cancel();
      releaseStop();
      releaseContinue();
    },
  };
}
