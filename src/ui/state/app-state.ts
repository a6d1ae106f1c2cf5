import type { HomeState } from '../../core/home/state/state.ts';
import type { Position } from '../../core/home/state/switch.ts';
import type { Keymap } from '../keys/keymap.ts';

/** One screen on the stack with what is chosen on it: an item, a row, or how far it is scrolled. */
export type Page =
  | { readonly screen: 'overview' | 'help'; readonly focus: number }
  /** `part` is how often the page was turned, where not all of the chosen thing fits; absent before the first time. */
  | { readonly screen: 'clients' | 'denials'; readonly focus: number; readonly part?: number }
  /** `anchor` is the id of the chosen entry, so that new ones do not push it away; `null` follows the newest. */
  | { readonly screen: 'log'; readonly focus: number; readonly anchor: number | null; readonly part?: number }
  | {
      readonly screen: 'detail';
      readonly focus: number;
      readonly id: string;
      readonly window: number;
      readonly part?: number;
    }
  /** `before` is the theme to go back to. */
  | { readonly screen: 'themes'; readonly focus: number; readonly before: string };

/** The question before a switching that wants to be asked. */
export interface ConfirmDialog {
  readonly switchId: string;
  readonly target: Position;
}

/** What is being typed to log in. The password goes to the broker and nowhere else. */
export interface Login {
  readonly user: string;
  readonly password: string;
  /** Where the next character goes. */
  readonly field: 'user' | 'password';
  /** Sent, and no answer yet. */
  readonly isSent: boolean;
}

/** A short answer to a key, shown until the next key or until `until`, ms. */
export interface Notice {
  readonly text: string;
  readonly until: number;
}

/** What this person at this screen has chosen: everything about the console that is not about the house. */
export interface AppState {
  /** Never empty; the last one is on the screen. */
  readonly stack: readonly [Page, ...Page[]];
  readonly dialog: ConfirmDialog | null;
  readonly login: Login | null;
  readonly notice: Notice | null;
  /** The name of the theme that is drawn with. */
  readonly theme: string;
  /** The length of time that the next chart begins with. */
  readonly window: number;
}

/** What the console wants done outside of it. */
export type AppCommand =
  | { readonly type: 'request-switch'; readonly switchId: string; readonly target: Position }
  | { readonly type: 'log-in'; readonly user: string; readonly password: string }
  | { readonly type: 'keep-theme'; readonly theme: string }
  | { readonly type: 'repaint' }
  /** The terminal is to be given back to the shell until that wakes us. */
  | { readonly type: 'suspend' }
  /** `code` is an exit code of the contract. */
  | { readonly type: 'leave'; readonly code: number };

/** What the console's decisions look at besides its own state. */
export interface AppContext {
  readonly home: HomeState;
  readonly keymap: Keymap;
  readonly themeNames: readonly string[];
  /** How many rows a screenful of a list has. */
  readonly pageRows: number;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** The console after an action, and what is to be done outside. */
export interface AppStep {
  readonly state: AppState;
  readonly commands: readonly AppCommand[];
}

/** A span of time that a chart shows. */
export interface ChartWindow {
  readonly label: string;
  readonly ms: number;
}

const MINUTE_MS = 60_000;

/** The spans of time of a chart, shortest first. */
export const chartWindows: readonly ChartWindow[] = [
  { label: '10 min', ms: 10 * MINUTE_MS },
  { label: '1 h', ms: 60 * MINUTE_MS },
  { label: '6 h', ms: 360 * MINUTE_MS },
  { label: '24 h', ms: 1_440 * MINUTE_MS },
];

/** The console as it begins: on the overview, or at the login where a password is needed. */
export function createAppState(options: {
  readonly theme: string;
  readonly needsPassword: boolean;
  readonly user: string | null;
}): AppState {
  return {
    stack: [{ screen: 'overview', focus: 0 }],
    dialog: null,
    login: options.needsPassword ? createLogin(options.user) : null,
    notice: null,
    theme: options.theme,
    window: 0,
  };
}

/** The login as it begins: with the user that is known, and where none is, at its field. */
export function createLogin(user: string | null): Login {
  return { user: user ?? '', password: '', field: user === null ? 'user' : 'password', isSent: false };
}

/** The screen that is shown. */
export function topPage(state: AppState): Page {
  return state.stack.at(-1) ?? state.stack[0];
}
