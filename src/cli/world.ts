import type { Clock } from '../io/clock.ts';
import type { EarlyPicture } from './early-picture.ts';

/** The signals that end hometui or put it to sleep. */
export type SignalName = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT' | 'SIGTSTP' | 'SIGCONT' | 'SIGWINCH';

/** Everything outside the program that a command may touch, handed down from main.ts so that a test can replace it. */
export interface World {
  /** The words behind the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The current folder, absolute. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** The version of hometui. */
  readonly version: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream & { readonly fd: number };
  readonly stderr: NodeJS.WriteStream;
  readonly clock: Clock;
  /** What was shown before the program was loaded; `null` where nothing was. */
  readonly earlyPicture: EarlyPicture | null;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls at each such signal, in place of what the system would do; gives what takes the listener back. */
  readonly onSignal: (name: SignalName, listener: () => void) => () => void;
  /** Calls with what nobody caught, in place of the end of the process; gives what takes the listener back. */
  readonly onCrash: (listener: (error: unknown) => void) => () => void;
  /** Stops the process until SIGCONT, as Ctrl-Z does where the terminal is not in raw mode. */
  readonly stop: () => void;
  /**
   * Does to the whole job what the terminal would do at Ctrl-Z (SIGTSTP), or when it writes in the background (SIGTTOU):
   * whoever started us in the same process group stops too, or else the shell would not notice. Returns after SIGCONT;
   * at once where the system knows of nobody who could send that, and then nothing has stopped.
   */
  readonly stopJob: (signal: 'SIGTSTP' | 'SIGTTOU') => void;
  /** Ends the process at once: for a second Ctrl-C and after a crash. */
  readonly exit: (code: number) => never;
}
