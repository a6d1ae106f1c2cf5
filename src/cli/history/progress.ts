import { ExitCode } from '../../app/exit-code.ts';
import { openShutdown, type Shutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { canRedraw } from '../stdio/progress.ts';

/** After so long a person wants to know how far it is, ms. */
const PROGRESS_MS = 1_000;

/** What long work tells, and how it learns that it is to end. */
export interface LongWork {
  /** Shown on a terminal, once a second at the most. */
  readonly onProgress: (done: number, all: number) => void;
  /** Lets signals have their turn. Rejects when one of them ends the program. */
  readonly pause: () => Promise<void>;
}

/** Ends the work from inside when a signal came. */
class BrokenOff extends Error {}

/**
 * Does work that may take long; `onInterrupted` is told when a signal has broken it off, and then that signal's exit code is
 * given.
 */
export async function doLongWork(
  world: World,
  work: (tools: LongWork) => Promise<ExitCode>,
  onInterrupted: () => void = () => {},
): Promise<ExitCode> {
  const shutdown = openShutdown(world);
  const progress = openProgress(world);
  const pause = async (): Promise<void> => {
    await new Promise(resolve => setImmediate(resolve));
    if (shutdown.stopped.aborted) throw new BrokenOff();
  };
  try {
    return await work({ onProgress: progress.note, pause });
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    progress.end();
    onInterrupted();
    return codeOf(shutdown);
  } finally {
    progress.end();
    await shutdown.run();
  }
}

function codeOf({ signalCode }: Shutdown): ExitCode {
  return signalCode() ?? ExitCode.interrupted;
}

function openProgress({ stderr, clock, env }: World) {
  const isShowing = canRedraw({ stderr, env });
  let toldAt = clock.monotonicNow();
  let isShown = false;
  return {
    note: (done: number, all: number): void => {
      const at = clock.monotonicNow();
      if (!isShowing || at - toldAt < PROGRESS_MS) return;
      toldAt = at;
      isShown = true;
      stderr.write(`\rhometui: ${Math.floor((100 * done) / all)} % `);
    },
    end: (): void => {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}
