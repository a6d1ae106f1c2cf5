import { ExitCode } from '../app/exit-code.ts';
import type { HomeSession } from '../app/session.ts';
import { openShutdown, type Shutdown } from '../app/shutdown.ts';
import { leaveOpenVerdicts } from '../app/verdict-log.ts';
import type { World } from '../app/world.ts';
import type { Result } from '../core/result.ts';
import type { LookFlags } from '../terminal/identity/judge-terminal.ts';
import type { HouseEntry, HouseFacts } from '../ui/state/house-list.ts';
import { chooseTheme } from './choose-theme.ts';
import { openTerminal } from './open-terminal.ts';
import { type HouseRun, type ScreenUi, type Stage, showHouse } from './run-house.ts';

/** One run of the console. */
export interface ScreenRun {
  readonly flags: LookFlags;
  /** Whether an alarm rings the terminal's bell. */
  readonly hasBell: boolean;
  /** A theme's name or file; without it what suits the terminal. */
  readonly theme: string | undefined;
  /** The house that it begins with; `null` where one is to be chosen. */
  readonly first: HouseRun | null;
  /** The houses that can be chosen; `null` where there is but one. */
  readonly houses: HouseShelf | null;
}

/** The houses that are saved. */
export interface HouseShelf {
  readonly list: () => Promise<readonly HouseEntry[]>;
  /** What there is to know of one; never rejects. */
  readonly factsOf: (entry: HouseEntry) => Promise<HouseFacts>;
  /** Opens one; the error is a sentence without a full stop. */
  readonly open: (entry: HouseEntry) => Promise<Result<HouseRun, string>>;
}

/** Shows houses until the person leaves, a signal comes or the terminal is gone; gives the exit code. */
export async function runScreen(run: ScreenRun, ui: ScreenUi, world: World): Promise<ExitCode> {
  const shutdown = openShutdown(world);
  const crash = crashOf(world, shutdown);
  let session: HomeSession | null = null;
  // Before the terminal listens: the picture that it paints then is to be of now, and not of then.
  shutdown.add(world.onSignal('SIGCONT', () => session?.wake()));
  // Done after the terminal was given back, which was added later.
  shutdown.addUrgent(() => leaveOpenVerdicts(session, world));
  try {
    const terminal = openTerminal(world, run.flags);
    shutdown.addUrgent(terminal.close);
    const { theme, issues } = await chooseTheme(run.theme, terminal.capabilities().colors > 1, ui.themes);
    const stage: Stage = {
      ...{ terminal, theme, themeIssues: issues, flags: run.flags, hasHouses: run.houses !== null, shutdown },
      hasBell: run.hasBell,
      onSession: opened => {
        session = opened;
      },
    };
    return await Promise.race([
      showHouses(run, ui, stage, world),
      stoppedCode(shutdown),
      terminal.gone.then(() => ExitCode.hungUp),
      crash,
    ]);
  } finally {
    await shutdown.run();
  }
}

/** One house after the other, until the person leaves. */
async function showHouses(run: ScreenRun, ui: ScreenUi, stage: Stage, world: World): Promise<ExitCode> {
  let next = run.first;
  let closed = Promise.resolve();
  for (;;) {
    const house = next ?? (await nextHouse(run.houses, stage, closed));
    if (house === null) return ExitCode.ok;
    const { end, close } = await showHouse(house, ui, stage, world);
    if (end !== 'change-house') return end as ExitCode;
    next = null;
    closed = close();
  }
}

/** The house that is chosen from the list, which is there at once; opened when the one before it is closed. */
async function nextHouse(
  houses: HouseShelf | null,
  { terminal, theme }: Stage,
  closed: Promise<void>,
): Promise<HouseRun | null> {
  if (houses === null) return null;
  const { chooseHouse } = await import('./choose-house.ts');
  const { list, factsOf, open } = houses;
  let notice: string | null = null;
  for (;;) {
    const choosing = chooseHouse({ terminal, theme, entries: await list(), factsOf, notice });
    void terminal.adapt();
    const chosen = await choosing;
    if (chosen === null) return null;
    await closed;
    const opened = await open(chosen);
    if (opened.ok) return opened.value;
    notice = `${chosen.name} cannot be opened: ${opened.error}`;
  }
}

/** The code of the signal that ends it, when one comes. */
export function stoppedCode({ stopped, signalCode }: Shutdown): Promise<ExitCode> {
  return new Promise(resolve => {
    const stop = (): void => resolve(signalCode() ?? ExitCode.interrupted);
    // The signal may have come while the first frame was on its way.
    if (stopped.aborted) stop();
    else stopped.addEventListener('abort', stop);
  });
}

/** Rejects with what nobody caught; by then the terminal is a terminal again, so that it can be said. */
export function crashOf(world: World, shutdown: Shutdown): Promise<never> {
  return new Promise((_, reject) => {
    const release = world.onCrash(error => {
      shutdown.runUrgent();
      reject(error);
    });
    shutdown.add(release);
  });
}
