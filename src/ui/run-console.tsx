import { type Instance, render } from 'ink';
import { assertNever } from '../core/assert-never.ts';
import type { HomeEvent } from '../core/home/event.ts';
import type { HomeState } from '../core/home/state.ts';
import type { Issue } from '../core/issue.ts';
import type { FrameWriter } from '../terminal/frame-writer.ts';
import type { KeyEvent } from '../terminal/key-event.ts';
import { type AppCommand, createAppState } from './app-state.ts';
import { createAppStore } from './app-store.ts';
import { App } from './components/app.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { createKeymap } from './keymap.ts';
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
  /** The password was typed: log in with it. */
  readonly onLogIn: (password: string) => void;
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
    const closers: (() => void)[] = [];
    const finish = (end: () => void): void => {
      for (const close of closers.splice(0)) close();
      writer.close();
      instance?.unmount();
      end();
    };
    const app = createAppStore({
      initial: createAppState({ theme: chosen.name, needsPassword: options.needsPassword }),
      home: store,
      context: () => ({
        keymap,
        themeNames: chosen.themes.map(theme => theme.name),
        pageRows: Math.max(1, writer.stream.rows - 6),
      }),
      runCommand: command => runCommand(command, options, code => finish(() => resolve(code))),
    });
    closers.push(options.keys.subscribe(key => app.dispatch({ type: 'key', key })));
    closers.push(onLinkChange(store, () => app.dispatch({ type: 'link-changed' })));
    const failed = (error: Error): void =>
      finish(() => reject(new Error(`The console failed while it was drawing: ${error.message}`, { cause: error })));
    instance = render(
      <ErrorBoundary onError={failed}>
        <App
          home={pace(store, PACE_MS)}
          app={app}
          look={options.look}
          size={sizeOf(writer.stream)}
          keymap={keymap}
          themes={chosen.themes}
        />
      </ErrorBoundary>,
      {
        stdout: writer.stream as unknown as NodeJS.WriteStream,
        debug: true,
        interactive: true,
        patchConsole: false,
        exitOnCtrlC: false,
      },
    );
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
      options.onLogIn(command.password);
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

function chooseThemes(wanted: string | Theme): {
  readonly name: string;
  readonly themes: readonly Theme[];
  readonly issues: readonly Issue[];
} {
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
