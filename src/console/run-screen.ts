import { ExitCode } from '../app/exit-code.ts';
import type { HomeSession, SessionSetup } from '../app/session.ts';
import { openShutdown, type Shutdown } from '../app/shutdown.ts';
import { leaveOpenVerdicts } from '../app/verdict-log.ts';
import type { World } from '../app/world.ts';
import { createState, type HomeState } from '../core/home/state/state.ts';
import type { Issue } from '../core/issue.ts';
import { afterWaitingKeys, wallTimeOf } from '../io/clock.ts';
import { keepMemorySmall } from '../io/memory.ts';
import { judgeTerminal, type LookFlags, lookOf } from '../terminal/identity/judge-terminal.ts';
import type { skeletonFrame } from '../ui/picture/skeleton.ts';
import type { Theme } from '../ui/theme/theme.ts';
import { chooseTheme, type ThemeShelf } from './choose-theme.ts';
import { type OpenTerminal, openTerminal } from './open-terminal.ts';
import type { ReplayOptions } from './replay-mode.ts';
import { rightsDesk } from './rights-desk.ts';
import type { ConsoleOptions } from './run-console.ts';

/** The drawing part, handed in by the two commands that may load it. */
export interface ScreenUi {
  readonly themes: ThemeShelf;
  readonly skeletonFrame: typeof skeletonFrame;
  /** Loads Ink: called when the first picture is out. */
  readonly loadConsole: () => Promise<{ readonly runConsole: (options: ConsoleOptions) => Promise<number> }>;
}

/** One run of the console. */
export interface ScreenRun {
  readonly session: Omit<SessionSetup, 'clock' | 'random' | 'onStoodStill'>;
  readonly flags: LookFlags;
  /** A theme's name or file; without it what suits the terminal. */
  readonly theme: string | undefined;
  /** What a person should know from the start. */
  readonly issues: readonly Issue[];
  readonly needsPassword: boolean;
  readonly onKeepTheme: (name: string, session: HomeSession) => void;
  /** Opens what was recorded; `null` where nothing is. */
  readonly openReplay: ReplayOptions['open'] | null;
  /**
   * The files that the first picture depends on, for which it is kept for the next start; `null` where another start
   * would not begin with the same one.
   */
  readonly firstPaintFiles: readonly string[] | null;
  /** Reads the past of a chart; `null` where there is no history. */
  readonly readPast: ConsoleOptions['readPast'];
  /** Called when the session is there; what it adds to the shutdown is closed before the session. */
  readonly onOpened?: (session: HomeSession, shutdown: Shutdown) => void;
}

/** Shows the house until the person leaves, a signal comes or the terminal is gone; gives the exit code. */
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
    if (!terminal.isPainted) paintSkeleton(run, ui, terminal, theme, world);
    await terminal.painted();
    shutdown.add(keepFirstPaintLater(run, ui, theme, world));
    const { clock, random } = world;
    const { openSession } = await import('../app/session.ts');
    session = openSession({
      ...run.session,
      clock,
      random,
      waitsForPassword: run.needsPassword,
      connectsAfter: afterWaitingKeys(),
      onStoodStill: terminal.keys.dropTyped,
    });
    terminal.keys.setLook(session.look);
    shutdown.add(session.close);
    for (const issue of [...run.issues, ...issues])
      session.store.dispatch({ type: 'issue-found', at: clock.now(), issue });
    run.onOpened?.(session, shutdown);
    return await Promise.race([
      drawConsole(run, ui, { terminal, session, theme }, world),
      stoppedCode(shutdown),
      terminal.gone.then(() => ExitCode.hungUp),
      crash,
    ]);
  } finally {
    await shutdown.run();
  }
}

/** The whole house with its labels, before anything that is slow to load. */
function paintSkeleton(run: ScreenRun, ui: ScreenUi, terminal: OpenTerminal, theme: Theme, { clock }: World): void {
  const { writer, look } = terminal;
  const { columns, rows } = writer.stream;
  writer.write(ui.skeletonFrame(houseOf(run, clock.now()), { columns, rows }, { theme, ...look.getState() }));
}

/** The house before anything of it was heard. */
function houseOf({ session }: ScreenRun, at: number): HomeState {
  return createState(session.house, session.connection.session, at);
}

/** When the console stands, ms: keeping the settings may have changed a file that the picture depends on. */
const KEEP_AFTER_MS = 4_000;

/** Keeps the first picture for the next start; gives what calls that off. */
function keepFirstPaintLater(run: ScreenRun, ui: ScreenUi, theme: Theme, world: World): () => void {
  const { firstPaint, clock, env } = world;
  const { firstPaintFiles: files } = run;
  if (firstPaint === null || files === null) return () => {};
  const capabilities = judgeTerminal(world, run.flags);
  const keep = async (): Promise<void> => {
    const { keepFirstPaint } = await import('./first-paint/keep.ts');
    const frame = ui.skeletonFrame(houseOf(run, clock.now()), firstPaint.size, { theme, ...lookOf(capabilities) });
    keepFirstPaint({ frame, capabilities, term: env.TERM ?? '', files }, firstPaint);
  };
  return clock.after(KEEP_AFTER_MS, () => void keep(), { isBackground: true }).cancel;
}

interface Stage {
  readonly terminal: OpenTerminal;
  readonly session: HomeSession;
  readonly theme: Theme;
}

async function drawConsole(
  run: ScreenRun,
  ui: ScreenUi,
  { terminal, session, theme }: Stage,
  world: World,
): Promise<ExitCode> {
  const { runConsole } = await ui.loadConsole();
  const ended = runConsole({
    store: session.store,
    clock: world.clock,
    timeOfDay: at => wallTimeOf(world.clock, at),
    writer: terminal.writer,
    keys: terminal.keys,
    look: terminal.look,
    theme,
    needsPassword: run.needsPassword,
    onLogIn: session.setPassword,
    readPast: run.readPast ?? null,
    replay: run.openReplay === null ? null : { open: run.openReplay, first: null },
    onKeepTheme: name => run.onKeepTheme(name, session),
    rights: rightsDesk,
    onSuspend: terminal.sleep,
  });
  void adaptWhenAnswering(terminal);
  return (await ended) as ExitCode;
}

/** The first keys are answered by then, and the most of what is to be loaded is not yet. */
async function adaptWhenAnswering({ writer, learn }: OpenTerminal): Promise<void> {
  await writer.flush();
  await afterWaitingKeys();
  keepMemorySmall();
  await learn();
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
