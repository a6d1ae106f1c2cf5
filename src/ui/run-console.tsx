import { type Instance, render } from 'ink';
import type { ReactNode } from 'react';
import { assertNever } from '../core/assert-never.ts';
import type { HomeEvent } from '../core/home/event.ts';
import type { HomeState } from '../core/home/state.ts';
import type { Issue } from '../core/issue.ts';
import type { FrameWriter } from '../terminal/frame-writer.ts';
import type { KeyEvent } from '../terminal/key-event.ts';
import { type AppCommand, createAppState } from './app-state.ts';
import { type AppStore, createAppStore } from './app-store.ts';
import { App } from './components/app.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { createKeymap, type Keymap } from './keymap.ts';
import { pace, type Readable } from './pace.ts';
import type { Theme } from './theme.ts';
import { themeNames, themeOf } from './themes.ts';
import type { Size, TerminalLook } from './view.ts';

/** Everything the console needs of the world. Whoever starts it opens and closes the terminal; it only draws and decides. */
export interface ConsoleOptions {
  /** The house: app/store. */
  readonly store: Readable<HomeState> & { readonly dispatch: (event: HomeEvent) => void };
  /** Milliseconds on the clock of the house's events. */
  readonly now: () => number;
  /** The time of day of an event's `at`, both ms since 1970: they differ after the machine's clock was set back. */
  readonly timeOfDay?: (at: number) => number;
  /** Takes whole frames. The console closes it when it ends, so that Ink's last words reach no terminal. */
  readonly writer: Pick<FrameWriter, 'stream' | 'repaint' | 'close'>;
  /** Keys as terminal/input decodes them. Those that came before the console was ready are best kept and told at once. */
  readonly keys: { readonly subscribe: (listener: (key: KeyEvent) => void) => () => void };
  /** What the terminal can show, and when that changed because its answers came. */
  readonly look: Readable<TerminalLook>;
  /** The name of a built-in theme, or a theme that was read from a file with `loadTheme`. */
  readonly theme: string | Theme;
  /** A password must be asked for before anything else. */
  readonly needsPassword: boolean;
  /** User and password were typed: log in with them. */
  readonly onLogIn: (password: string, user: string) => void;
  /** A theme was chosen and is to be kept in the settings. */
  readonly onKeepTheme: (name: string) => void;
}

/** The shortest time between two drawings that the house asks for, ms; keys are drawn at once. */
const PACE_MS = 100;

/**
 * Runs the console until the person leaves it; resolves with the exit code. Rejects with the error of a component that
 * failed, after the drawing has ended: the caller gives the terminal back and says it.
 */
export function runConsole(options: ConsoleOptions): Promise<number> {
  const { store, writer } = options;
  const chosen = chooseThemes(options.theme);
  const keymap = createKeymap(store.getState().house);
  reportIssues(options, [...chosen.issues, ...keymap.issues]);
  return new Promise((resolve, reject) => {
    let instance: Instance | null = null;
    let hasEnded = false;
    const closers: (() => void)[] = [];
    const finish = (end: () => void): void => {
      hasEnded = true;
      for (const close of closers.splice(0)) close();
      writer.close();
      instance?.unmount();
      end();
    };
    const leave = (code: number): void => finish(() => resolve(code));
    const fail = (error: Error): void => finish(() => reject(drawingFailed(error)));
    const app = openApp(options, chosen, keymap, leave);
    closers.push(options.keys.subscribe(key => app.dispatch({ type: 'key', key })));
    closers.push(onLinkChange(store, () => app.dispatch({ type: 'link-changed' })));
    // A key that came before the console was ready may have been the last one.
    if (hasEnded) return;
    const home = pace(store, PACE_MS);
    const { look, timeOfDay = at => at } = options;
    const props = { home, app, look, size: sizeOf(writer.stream), keymap, themes: chosen.themes, timeOfDay };
    instance = drawWithInk(
      <ErrorBoundary onError={fail}>
        <App {...props} />
      </ErrorBoundary>,
      writer.stream,
    );
    // What fails in the first drawing fails before there is an instance.
    if (hasEnded) instance.unmount();
  });
}

/** Whole frames into our stream: no cursor moves, no throttle and no console of Ink's own. */
function drawWithInk(node: ReactNode, stream: FrameWriter['stream']): Instance {
  return render(node, {
    stdout: stream as unknown as NodeJS.WriteStream,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
}

function drawingFailed(error: Error): Error {
  return new Error(`The console failed while it was drawing: ${error.message}`, { cause: error });
}

function openApp(
  options: ConsoleOptions,
  chosen: ChosenThemes,
  keymap: Keymap,
  leave: (code: number) => void,
): AppStore {
  const { store, writer } = options;
  const themeNames = chosen.themes.map(theme => theme.name);
  return createAppStore({
    initial: createAppState({
      theme: chosen.name,
      needsPassword: options.needsPassword,
      user: store.getState().session.user,
    }),
    home: store,
    context: () => {
      const { columns, rows } = writer.stream;
      return { keymap, themeNames, pageRows: Math.max(1, rows - 6), columns };
    },
    runCommand: command => runCommand(command, options, leave),
  });
}

function runCommand(command: AppCommand, options: ConsoleOptions, leave: (code: number) => void): void {
  switch (command.type) {
    case 'request-switch': {
      const { switchId, target } = command;
      options.store.dispatch({ type: 'switch-requested', at: options.now(), switchId, target });
      break;
    }
    case 'log-in':
      options.onLogIn(command.password, command.user);
      break;
    case 'keep-theme':
      options.onKeepTheme(command.theme);
      break;
    case 'repaint':
      options.writer.repaint();
      break;
    case 'leave':
      leave(command.code);
      break;
    default:
      assertNever(command);
  }
}

interface ChosenThemes {
  readonly name: string;
  readonly themes: readonly Theme[];
  readonly issues: readonly Issue[];
}

function chooseThemes(wanted: string | Theme): ChosenThemes {
  const builtIn = themeNames.map(name => themeOf(name).theme);
  if (typeof wanted !== 'string') {
    const isKnown = builtIn.some(theme => theme.name === wanted.name);
    const themes = isKnown ? builtIn.map(theme => (theme.name === wanted.name ? wanted : theme)) : [...builtIn, wanted];
    return { name: wanted.name, themes, issues: [] };
  }
  const { theme, issues } = themeOf(wanted);
  return { name: theme.name, themes: builtIn, issues };
}

function reportIssues({ store, now }: ConsoleOptions, issues: readonly Issue[]): void {
  for (const issue of issues) store.dispatch({ type: 'issue-found', at: now(), issue });
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

function sizeOf(stream: FrameWriter['stream']): Readable<Size> {
  let size: Size = { columns: stream.columns, rows: stream.rows };
  return {
    getState: () => {
      if (size.columns !== stream.columns || size.rows !== stream.rows) {
        size = { columns: stream.columns, rows: stream.rows };
      }
      return size;
    },
    subscribe: listener => {
      stream.on('resize', listener);
      return () => void stream.off('resize', listener);
    },
  };
}
