import type { PastAnswer } from '../core/history/query/past-page.ts';
import type { HomeState } from '../core/home/state/state.ts';
import { rowsOf } from '../core/home/state/table.ts';
import type { Issue } from '../core/issue.ts';
import type { KeyEvent, MouseEvent } from '../terminal/input/key-event.ts';
import { openSpots, type Sources } from '../ui/hosts/sources.ts';
import { type Keymaps, openKeymaps } from '../ui/keys/keymaps.ts';
import { type AppStore, createAppStore } from '../ui/reducers/app-store.ts';
import { type AppContext, createAppState, type TopicDialog, topPage } from '../ui/state/app-state.ts';
import { pace, type Readable } from '../ui/state/pace.ts';
import { announcementsOf } from '../ui/visitors/announcements.ts';
import { openAlarmBell } from './alarm-bell.ts';
import type { ConsoleEnd, ConsoleOptions } from './console-options.ts';
import { type ChosenThemes, chooseThemes } from './console-themes.ts';
import { sizeOf } from './drawing/console-size.ts';
import { draw } from './drawing/draw.ts';
import { type ExplorerMode, openExplorerMode } from './explorer/explorer-mode.ts';
import { openScreens } from './open-screens.ts';
import { openReplayMode, type ReplayMode } from './replay-mode.ts';
import { runCommand } from './run-command.ts';
import type { LoadedScreens } from './screens/loaded-screens.ts';

/** The shortest time between two drawings that the house asks for, ms; keys are drawn at once. */
const PACE_MS = 100;
/** The same where values have come without a rest for so long, ms. */
const FLOOD_PACE_MS = 500;
const FLOOD_AFTER_MS = 2_000;

/** The house as it is drawn: at most so often, unless somebody waits for what comes. */
function inPace(home: Readable<HomeState>, { after }: Pick<ConsoleOptions['clock'], 'after'>): Readable<HomeState> {
  return pace(home, {
    ...{ intervalMs: PACE_MS, floodIntervalMs: FLOOD_PACE_MS, floodAfterMs: FLOOD_AFTER_MS },
    ...{ urgent: (state: HomeState) => state.link.phase, isAwaited: hasCommand, after },
  });
}

/** Somebody waits for the end of a command. */
const hasCommand = ({ switches }: HomeState): boolean => rowsOf(switches).some(({ command }) => command !== null);

/**
 * Runs the console until the person leaves it, or this house. Rejects with the error of a component that
 * failed, after the drawing has ended: the caller gives the terminal back and says it.
 */
export function runConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
  const { store, writer, clock } = options;
  const chosen = chooseThemes(options.theme);
  const { hasHouses = false } = options;
  reportIssues(options, chosen.issues);
  const keymaps = openKeymaps(store, hasHouses, issues => reportIssues(options, issues));
  return new Promise((resolve, reject) => {
    let hasEnded = false;
    const closers: (() => void)[] = [];
    const finish = (end: () => void): void => {
      if (hasEnded) return;
      hasEnded = true;
      // What is drawn after this, Ink's last words too, reaches no terminal.
      writer.close();
      for (const close of closers.splice(0)) close();
      end();
    };
    const leave = (end: ConsoleEnd): void => finish(() => resolve(end));
    const fail = (error: unknown): void => finish(() => reject(drawingFailed(error)));
    const addCloser = (close: () => void): void => {
      if (hasEnded) close();
      else closers.push(close);
    };
    const say = (why: string): void => app.dispatch({ type: 'key-refused', why });
    const mode = openReplayMode({
      ...{ live: store, options: options.replay ?? null, now: clock.wallNow, leave: () => leave(0), say },
      onShown: isPast => {
        app.dispatch({ type: 'time-changed', isPast });
        // The login may have been refused meanwhile.
        app.dispatch({ type: 'link-changed' });
      },
    });
    addCloser(mode.close);
    const askBefore = (dialog: TopicDialog): void => app.dispatch({ type: 'topic-asked', dialog });
    const explorer = openExplorerMode({ ...options, house: store, say, askBefore, fail });
    addCloser(explorer.close);
    const screens = openScreens(options, mode, { fail, say });
    addCloser(screens.close);
    const screen: Screen = { spotAt: () => null };
    const app = openApp(options, chosen, { mode, keymaps, explorer, screens, screen }, leave);
    addCloser(followTop(app, explorer, screens));
    addCloser(openAlarmBell(options));
    const onKey = (key: KeyEvent): void => {
      // What was typed behind the key that left is for whom the terminal is given back to.
      if (!hasEnded) app.dispatch({ type: 'key', key });
    };
    addCloser(options.keys.subscribe({ onKey, onMouse: pointIn(app), onDropped: say }));
    addCloser(onLinkChange(store, () => app.dispatch({ type: 'link-changed' })));
    // A key that came before the console was ready may have been the last one.
    if (hasEnded) return;
    const { look, timeOfDay = at => at } = options;
    // The broker's first values have come by the time that it is there, and are what the person waits for.
    const home = inPace(mode.home, clock);
    if (options.readPast != null) addCloser(home.subscribe(() => app.dispatch({ type: 'house-changed' })));
    const sources: Sources = {
      ...{ home, app, look, size: sizeOf(writer.stream), themes: chosen.themes },
      timeOfDay: at => (mode.player() === null ? timeOfDay(at) : at),
      get keymap() {
        return mode.player() === null ? keymaps.live : keymaps.replay;
      },
      get replay() {
        return mode.player()?.status() ?? null;
      },
      panes: { explorer, screens },
    };
    screen.spotAt = openSpots(sources);
    draw(sources, [home, explorer.drawn, screens.drawn], { writer, clock, fail, addCloser, hasEnded: () => hasEnded });
  });
}

/** Tells the screens that are loaded with their first key whether they are on the screen. */
function followTop(app: AppStore, explorer: ExplorerMode, screens: LoadedScreens): () => void {
  return app.subscribe(() => {
    const { screen } = topPage(app.getState());
    explorer.follow(screen === 'explorer');
    screens.follow(screen === 'alarms' || screen === 'visitors' ? screen : null);
  });
}

const pointIn =
  ({ dispatch }: AppStore) =>
  (mouse: MouseEvent): void =>
    dispatch({ type: 'pointed', mouse });

function drawingFailed(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`The console failed while it was drawing: ${message}`, { cause: error });
}

function openApp(
  options: ConsoleOptions,
  chosen: ChosenThemes,
  { mode, keymaps, explorer, screens, screen }: Shown,
  leave: (end: ConsoleEnd) => void,
): AppStore {
  const { store, writer, timeOfDay = at => at } = options;
  const themeNames = chosen.themes.map(theme => theme.name);
  const app: AppStore = createAppStore({
    initial: createAppState({
      theme: chosen.name,
      needsPassword: options.needsPassword,
      user: store.getState().session.user,
      keepsHistory: options.readPast != null,
      hasHouses: options.hasHouses ?? false,
      favourites: options.favourites ?? [],
    }),
    home: mode.home,
    context: () => {
      const { columns, rows } = writer.stream;
      const player = mode.player();
      return {
        ...{ themeNames, pageRows: Math.max(1, rows - 6), columns },
        keymap: player === null ? keymaps.live : keymaps.replay,
        ...{ replay: player?.status() ?? null, now: options.clock.wallNow(), timeOfDay },
        explorer: options.explorer === undefined ? null : explorer,
        screens,
        hasRing: announcementsOf(mode.home.getState()).length > 0,
        spotAt: screen.spotAt,
      };
    },
    runCommand: command =>
      runCommand(command, options, { leave, tell, dispatch: app.dispatch, answer, mode, explorer, screens }),
  });
  const tell = (text: string): void => app.dispatch({ type: 'key-refused', why: text });
  const answer = (past: PastAnswer): void => app.dispatch({ type: 'past-read', answer: past });
  return app;
}

/** The living house or its past, and the keys of both. */
interface Shown {
  readonly mode: ReplayMode;
  readonly explorer: ExplorerMode;
  readonly screens: LoadedScreens;
  readonly keymaps: Keymaps;
  readonly screen: Screen;
}

/** What is on the screen, as far as the mouse asks; known when it is drawn. */
interface Screen {
  spotAt: NonNullable<AppContext['spotAt']>;
}

function reportIssues({ store, clock }: ConsoleOptions, issues: readonly Issue[]): void {
  for (const issue of issues) store.dispatch({ type: 'issue-found', at: clock.now(), issue });
}

/** The link may have been refused before the console was there: the first call is made at once. */
function onLinkChange(store: Readable<HomeState>, call: () => void): () => void {
  let link = store.getState().link;
  call();
  return store.subscribe(() => {
    const next = store.getState().link;
    if (next === link) return;
    link = next;
    call();
  });
}
