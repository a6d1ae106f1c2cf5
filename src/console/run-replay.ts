import { ExitCode } from '../app/exit-code.ts';
import type { ReadPast } from '../app/history/past-reader.ts';
import type { ReplayPlayer } from '../app/replay/player.ts';
import { openShutdown } from '../app/shutdown.ts';
import type { ReadHappened } from '../app/visits/event-reader.ts';
import type { World } from '../app/world.ts';
import type { LookFlags } from '../terminal/identity/judge-terminal.ts';
import { chooseTheme } from './choose-theme.ts';
import { openTerminal } from './open-terminal.ts';
import type { ScreenUi } from './run-house.ts';
import { crashOf, stoppedCode } from './run-screen.ts';

/** One run of the console over the past. There is no session in it, and so no link. */
export interface ReplayRun {
  readonly player: ReplayPlayer;
  /** Where it begins, ms. */
  readonly at: number;
  readonly flags: LookFlags;
  /** A theme's name or file; without it what suits the terminal. */
  readonly theme: string | undefined;
  readonly onKeepTheme: (name: string) => void;
  /** Reads what a chart shows of the time before. */
  readonly readPast: ReadPast;
  /** Reads who rang then. */
  readonly readHappened: ReadHappened;
}

/** Shows what was recorded until the person leaves, a signal comes or the terminal is gone; gives the exit code. */
export async function runReplay(run: ReplayRun, ui: ScreenUi, world: World): Promise<ExitCode> {
  const { player } = run;
  const shutdown = openShutdown(world);
  const crash = crashOf(world, shutdown);
  try {
    const terminal = openTerminal(world, run.flags);
    shutdown.addUrgent(terminal.close);
    const { theme } = await chooseTheme(run.theme, terminal.capabilities().colors > 1, ui.themes);
    const { runConsole } = await ui.loadConsole();
    const ended = runConsole({
      // What the console says to the house is said to nobody: it is the house of then.
      store: { getState: player.getState, subscribe: player.subscribe, dispatch: () => {} },
      clock: world.clock,
      writer: terminal.writer,
      keys: terminal.keys,
      look: terminal.look,
      theme,
      needsPassword: false,
      onLogIn: () => {},
      replay: { open: async () => player, first: { player, at: run.at } },
      readPast: run.readPast,
      readHappened: run.readHappened,
      onKeepTheme: run.onKeepTheme,
      onSuspend: terminal.sleep,
    });
    void terminal.adapt();
    return await Promise.race([
      // It has one house only.
      ended.then(end => (end === 'change-house' ? ExitCode.ok : (end as ExitCode))),
      stoppedCode(shutdown),
      terminal.gone.then(() => ExitCode.hungUp),
      crash,
    ]);
  } finally {
    await shutdown.run();
  }
}
