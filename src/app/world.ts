import type { Clock } from '../io/clock.ts';
import type { KeptFirstPaint } from '../io/files/first-paint-file.ts';

/** The picture of an earlier start, on the terminal while the program is being loaded. */
export interface FirstPaint {
  /** Where the picture of such a start is kept. */
  readonly file: string;
  /** The size that it is for. */
  readonly size: { readonly columns: number; readonly rows: number };
  /**
   * The picture, for who takes the terminal over: from now on giving it back is theirs. `null` where none is there as a
   * whole, or where the terminal has another size by now: it is to be opened. One that has to be opened in another way
   * than for the picture is given back before.
   */
  readonly take: (opening: string, size: FirstPaint['size']) => KeptFirstPaint | null;
  /** Gives the terminal back, for good, where nobody has taken it over: what is to be said goes to the shell's screen. */
  readonly giveBack: () => Promise<void>;
}

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
  readonly firstPaint: FirstPaint | null;
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
