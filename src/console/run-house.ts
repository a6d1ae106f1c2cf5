import type { AlarmDesk } from '../app/alarms/desk.ts';
import { type AlarmPlace, watchSoon } from '../app/alarms/watch-soon.ts';
import type { HomeSession, SessionSetup } from '../app/session.ts';
import { openTeardown, type Shutdown, type Teardown } from '../app/shutdown.ts';
import type { World } from '../app/world.ts';
import { createState, type HomeState } from '../core/home/state/state.ts';
import { readTopics } from '../core/house/house.ts';
import type { Issue } from '../core/issue.ts';
import { afterWaitingKeys, wallTimeOf } from '../io/clock.ts';
import { judgeTerminal, type LookFlags, lookOf } from '../terminal/identity/judge-terminal.ts';
import { openWriterTurn } from '../terminal/output/writer-turn.ts';
import type { skeletonFrame } from '../ui/picture/skeleton.ts';
import type { Theme } from '../ui/theme/theme.ts';
import type { ThemeShelf } from './choose-theme.ts';
import type { ConsoleEnd, ConsoleOptions } from './console-options.ts';
import type { ExplorerDoor } from './explorer/explorer-mode.ts';
import type { OpenTerminal } from './open-terminal.ts';
import type { ReplayOptions } from './replay-mode.ts';
import { openRightsDesk } from './rights/rights-desk.ts';

/** The drawing part, handed in by the commands that may load it. */
export interface ScreenUi {
  readonly themes: ThemeShelf;
  readonly skeletonFrame: typeof skeletonFrame;
  /** Loads Ink: called when the first picture is out. */
  readonly loadConsole: () => Promise<{ readonly runConsole: (options: ConsoleOptions) => Promise<ConsoleEnd> }>;
}

/** One house on the console. */
export interface HouseRun {
  readonly session: Omit<SessionSetup, 'clock' | 'random' | 'onStoodStill'>;
  /** What a person should know from the start. */
  readonly issues: readonly Issue[];
  readonly needsPassword: boolean;
  readonly onKeepTheme: (name: string, session: HomeSession) => void;
  /** The favourites of this house, as the settings keep them; absent where none are kept. */
  readonly favourites?: {
    readonly ids: readonly string[];
    readonly onKeep: (ids: readonly string[], session: HomeSession) => void;
  };
  /** Opens what was recorded; `null` where nothing is. */
  readonly openReplay: ReplayOptions['open'] | null;
  /**
   * The files that the first picture depends on, for which it is kept for the next start; `null` where another start
   * would not begin with the same one.
   */
  readonly firstPaintFiles: readonly string[] | null;
  /** The house file, absolute; absent where the house is a preset. */
  readonly housePath?: string | null;
  /** Reads the past of a chart; `null` where there is no history. */
  readonly readPast: ConsoleOptions['readPast'];
  /** Where the alarms of this house are kept and asked for. */
  readonly alarms: AlarmPlace;
  /** Reads who rang; absent where there is no history. */
  readonly readHappened?: ConsoleOptions['readHappened'];
  /** Called when the session is there; what it adds to the teardown is closed before the session. */
  readonly onOpened?: (session: HomeSession, teardown: Teardown) => void;
}

/** Where houses are shown, one after the other. */
export interface Stage {
  readonly terminal: OpenTerminal;
  readonly theme: Theme;
  readonly themeIssues: readonly Issue[];
  readonly flags: LookFlags;
  readonly hasHouses: boolean;
  /** Whether an alarm rings the terminal's bell. */
  readonly hasBell: boolean;
  /** Closes what is still open when the program ends. */
  readonly shutdown: Pick<Shutdown, 'add'>;
  /** Told of the session that is open now; `null` for none. */
  readonly onSession: (session: HomeSession | null) => void;
}

/** What has come of showing a house. */
export interface HouseShown {
  readonly end: ConsoleEnd;
  /** Closes log, recording and link; resolves when that is done, or takes too long. */
  readonly close: () => Promise<void>;
}

/** Each step has its own limit, which is shorter, ms. */
const TEARDOWN_LIMIT_MS = 15_000;

/** Opens a house, and shows it until the person leaves it. What it has opened is left open. */
export async function showHouse(run: HouseRun, ui: ScreenUi, stage: Stage, world: World): Promise<HouseShown> {
  const { terminal, theme, onSession } = stage;
  const teardown = openTeardown(world.clock);
  stage.shutdown.add(teardown.run, TEARDOWN_LIMIT_MS);
  if (!terminal.isPainted || run.firstPaintFiles === null) paintSkeleton(run, ui, terminal, theme, world);
  await terminal.painted();
  teardown.add(keepFirstPaintLater(run, ui, stage, world));
  const { clock, random } = world;
  const { openSession } = await import('../app/session.ts');
  const session = openSession({
    ...run.session,
    clock,
    random,
    waitsForPassword: run.needsPassword,
    connectsAfter: afterWaitingKeys(),
    onStoodStill: terminal.keys.dropTyped,
  });
  onSession(session);
  terminal.keys.setLook(session.look);
  teardown.add(session.close);
  for (const issue of [...run.issues, ...stage.themeIssues])
    session.store.dispatch({ type: 'issue-found', at: clock.now(), issue });
  run.onOpened?.(session, teardown);
  const alarms = watchSoon(session, run.alarms, teardown, world);
  const end = await drawConsole({ ...run, desk: alarms }, ui, stage, session, world);
  return {
    end,
    close: () => {
      onSession(null);
      terminal.keys.setLook(() => {});
      return teardown.run();
    },
  };
}

/** The whole house with its labels, before anything that is slow to load. */
function paintSkeleton(run: HouseRun, ui: ScreenUi, terminal: OpenTerminal, theme: Theme, { clock }: World): void {
  const { writer, look } = terminal;
  const { columns, rows } = writer.stream;
  writer.write(
    ui.skeletonFrame(houseOf(run, clock.now()), { columns, rows }, { theme, ...look.getState(), ...starred(run) }),
  );
}

/** What the overview has a tab more for. */
const starred = ({ favourites }: HouseRun) => ({ favourites: favourites?.ids ?? [] });

/** The house before anything of it was heard. */
function houseOf({ session }: HouseRun, at: number): HomeState {
  return createState(session.house, session.connection.session, at);
}

/** When the console stands, ms: keeping the settings may have changed a file that the picture depends on. */
const KEEP_AFTER_MS = 4_000;

/** Keeps the first picture for the next start; gives what calls that off. */
function keepFirstPaintLater(run: HouseRun, ui: ScreenUi, { theme, flags }: Stage, world: World): () => void {
  const { firstPaint, clock, env } = world;
  const { firstPaintFiles: files } = run;
  if (firstPaint === null || files === null) return () => {};
  const capabilities = judgeTerminal(world, flags);
  const keep = async (): Promise<void> => {
    const { keepFirstPaint } = await import('./first-paint/keep.ts');
    const frame = ui.skeletonFrame(houseOf(run, clock.now()), firstPaint.size, {
      ...{ theme, ...lookOf(capabilities), ...starred(run) },
    });
    keepFirstPaint({ frame, capabilities, term: env.TERM ?? '', files }, firstPaint);
  };
  return clock.after(KEEP_AFTER_MS, () => void keep(), { isBackground: true }).cancel;
}

async function drawConsole(
  run: HouseRun & { readonly desk: Pick<AlarmDesk, 'act'> },
  ui: ScreenUi,
  { terminal, theme, hasHouses, hasBell }: Stage,
  session: HomeSession,
  world: World,
): Promise<ConsoleEnd> {
  const { runConsole } = await ui.loadConsole();
  const { clock, random, env } = world;
  const desk = openRightsDesk({ house: run.session.house, clock, random, searchPath: env.PATH ?? '' });
  const ended = runConsole({
    store: session.store,
    clock: world.clock,
    timeOfDay: at => wallTimeOf(world.clock, at),
    writer: openWriterTurn(terminal.writer),
    keys: terminal.keys,
    look: terminal.look,
    theme,
    needsPassword: run.needsPassword,
    onLogIn: session.setPassword,
    readPast: run.readPast ?? null,
    readHappened: run.readHappened ?? null,
    replay: run.openReplay === null ? null : { open: run.openReplay, first: null },
    hasHouses,
    hasBell,
    onKeepTheme: name => run.onKeepTheme(name, session),
    favourites: run.favourites?.ids ?? [],
    onKeepFavourites: ids => run.favourites?.onKeep(ids, session),
    rights: desk,
    alarms: run.desk,
    explorer: explorerDoor(session, run.housePath ?? null, world),
    onSuspend: terminal.sleep,
  });
  void terminal.adapt();
  void ended.finally(desk.stop).catch(() => {});
  return ended;
}

/** What opens the topic explorer, loaded when it is first asked for. */
function explorerDoor(session: HomeSession, housePath: string | null, { clock, random }: World): ExplorerDoor {
  return {
    housePath,
    open: async protocol => {
      const { openExplorer } = await import('../app/explorer/explorer.ts');
      const roots = readTopics(session.store.getState().house);
      return openExplorer({ link: session.link(), protocol, clock, random, roots });
    },
  };
}
