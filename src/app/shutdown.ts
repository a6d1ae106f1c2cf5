import type { Clock } from '../io/clock.ts';

/** The signals that end the program, with the code that a shell gives them: 128 and their number. */
const codes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/** A signal that ends the program. */
export type EndingSignal = keyof typeof codes;

/** The code to exit with after a signal. */
export type SignalCode = (typeof codes)[EndingSignal];

/** Steps that undo what was opened. */
export interface Teardown {
  /** Adds a step, which gets 1.5 s unless it is given another limit, ms; the last added runs first. */
  readonly add: (step: () => void | Promise<void>, limitMs?: number) => void;
  /** Runs all steps, once, each for as long as it may take; a step that fails does not stop the next. */
  readonly run: () => Promise<void>;
}

/** The orderly end of a run. */
export interface Shutdown extends Teardown {
  /** Aborted by the first ending signal. */
  readonly stopped: AbortSignal;
  /** The exit code of that signal; `null` where none has come. */
  readonly signalCode: () => SignalCode | null;
  /**
   * Adds something that must be done the moment a signal comes, before anything else: the terminal. Runs once; the last
   * added first. Gives what takes it back.
   */
  readonly addUrgent: (step: () => void) => () => void;
  /** Does now what is urgent: for the moment after a crash. */
  readonly runUrgent: () => void;
}

const STEP_LIMIT_MS = 1_500;

/** A teardown without steps yet. */
export function openTeardown(clock: Clock): Teardown {
  const steps: { readonly step: () => void | Promise<void>; readonly limitMs: number }[] = [];
  let running: Promise<void> | null = null;
  const runAll = async (): Promise<void> => {
    for (let next = steps.pop(); next !== undefined; next = steps.pop()) await within(clock, next.step, next.limitMs);
  };
  return {
    add: (step, limitMs = STEP_LIMIT_MS) => {
      steps.push({ step, limitMs });
    },
    run: () => {
      running ??= runAll();
      return running;
    },
  };
}

/** What a shutdown needs of the world. */
export interface ShutdownParts {
  readonly onSignal: (name: EndingSignal, listener: () => void) => () => void;
  readonly clock: Clock;
  /** Ends the process at once: at the second signal, when somebody has lost patience. */
  readonly exit: (code: number) => void;
}

/** Listens for the ending signals from now until `run` is done. */
export function openShutdown(parts: ShutdownParts): Shutdown {
  const controller = new AbortController();
  const urgent: (() => void)[] = [];
  const teardown = openTeardown(parts.clock);
  let signalCode: SignalCode | null = null;
  let running: Promise<void> | null = null;

  const runUrgent = (): void => {
    for (let step = urgent.pop(); step !== undefined; step = urgent.pop()) quietly(step);
  };
  const onEnding = (code: SignalCode): void => {
    if (signalCode !== null) parts.exit(code);
    signalCode = code;
    runUrgent();
    controller.abort();
  };
  const releases = (Object.keys(codes) as EndingSignal[]).map(name =>
    parts.onSignal(name, () => onEnding(codes[name])),
  );
  const runAll = async (): Promise<void> => {
    runUrgent();
    await teardown.run();
    for (const release of releases) release();
  };
  return {
    stopped: controller.signal,
    signalCode: () => signalCode,
    addUrgent: step => {
      urgent.push(step);
      return () => {
        const index = urgent.indexOf(step);
        if (index >= 0) urgent.splice(index, 1);
      };
    },
    runUrgent,
    add: teardown.add,
    run: () => {
      running ??= runAll();
      return running;
    },
  };
}

function quietly(step: () => void): void {
  try {
    step();
  } catch {
    // The steps after it matter more than its fault: a terminal that is gone cannot be restored.
  }
}

async function within(clock: Clock, step: () => void | Promise<void>, limitMs: number): Promise<void> {
  let cancel = (): void => {};
  const limit = new Promise<void>(resolve => {
    cancel = clock.after(limitMs, resolve).cancel;
  });
  const done = (async () => step())().catch(() => {});
  await Promise.race([done, limit]);
  cancel();
}
