import type { Timer } from '../io/clock.ts';
import { isInForeground } from '../io/tty.ts';
import type { World } from './world.ts';

/** A part of the terminal that can give it back for a while. */
export interface Sleeper {
  readonly suspend: () => void;
  readonly resume: () => void;
}

/** The parts of the terminal that sleep and wake together. */
export interface Sleepers {
  readonly input: Sleeper;
  readonly screen: Sleeper;
  readonly writer: Sleeper;
}

/**
 * SIGTSTP gives the terminal back before the process stops; SIGCONT takes it again, whoever stopped us, and repaints.
 * Gives what takes the listeners back.
 */
export function sleepAndWake(
  world: Pick<World, 'onSignal' | 'stop' | 'clock'>,
  { input, screen, writer }: Sleepers,
  isOurs: () => boolean = isInForeground,
): (() => void)[] {
  let painting: Timer | null = null;
  const suspendPicture = (): void => {
    painting?.cancel();
    screen.suspend();
    writer.suspend();
  };
  return [
    world.onSignal('SIGTSTP', () => {
      suspendPicture();
      input.suspend();
      world.stop();
    }),
    world.onSignal('SIGCONT', () => {
      // After SIGSTOP nobody has suspended us, and the shell may have changed the terminal meanwhile.
      suspendPicture();
      // After `bg` the terminal is the shell's, and so are its modes: there is nothing to draw on before `fg`.
      if (!isOurs()) return world.stop();
      input.suspend();
      input.resume();
      screen.resume();
      // Timers that became due meanwhile go first: the picture is to be of now, and not of the moment before the stop.
      painting = world.clock.after(0, writer.resume);
    }),
    () => painting?.cancel(),
  ];
}
