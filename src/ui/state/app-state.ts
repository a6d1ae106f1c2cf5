import type { ReplayStatus } from '../../app/replay/player.ts';
import type { PastAnswer, PastPage } from '../../core/history/query/past-page.ts';
import type { PastQuestion } from '../../core/history/query/past-question.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Position } from '../../core/home/state/switch.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { ExploreAsk, ReplayAsk, ScreenAsk } from '../keys/intent.ts';
import type { Keymap } from '../keys/keymap.ts';
import type { Spot } from '../text/line.ts';
import type { LogPage } from './log-rows.ts';
import type { Search } from './search.ts';

/** One screen on the stack with what is chosen on it: an item, a row, or how far it is scrolled. */
export type Page =
  | OverviewPage
  | { readonly screen: 'help'; readonly focus: number }
  /** What is chosen on it is its own to keep: it is loaded when it is first asked for. */
  | { readonly screen: LoadedScreen; readonly focus: number }
  /** `part` is how often the page was turned, where not all of the chosen thing fits; absent before the first time. */
  | { readonly screen: 'clients' | 'denials'; readonly focus: number; readonly part?: number }
  /** A row is a user, or a topic of the house below it; `access` is what is chosen on that. */
  | { readonly screen: 'users'; readonly focus: number; readonly access: 'read' | 'write'; readonly part?: number }
  | LogPage
  | {
      readonly screen: 'detail';
      readonly focus: number;
      readonly id: string;
      readonly window: number;
      readonly part?: number;
      /** Where on its chart one looks; absent as long as that is now. */
      readonly chart?: ChartView;
    }
  /** `before` is the theme to go back to. */
  | { readonly screen: 'themes'; readonly focus: number; readonly before: string };

/** The screens that are loaded when they are first asked for. */
export type LoadedScreen = 'explorer' | 'alarms' | 'visitors';

/** The house at a glance. `focus` is the place of the chosen item among all of the house, and so says which tab it is. */
export interface OverviewPage {
  readonly screen: 'overview';
  readonly focus: number;
  /** What is shown in place of a tab; absent where it is one. */
  readonly sight?: 'favourites' | 'unwell';
  /** What is chosen in place of an item: the headline, or an event by the id of an entry of it. */
  readonly on?: 'headline' | { readonly event: number };
}

/** The page of one item in full. */
export type DetailPage = Extract<Page, { screen: 'detail' }>;

/** Which time of a chart is looked at. */
export interface ChartView {
  /** When the page ends, ms; `null` for now. */
  readonly until: number | null;
  /** The moment whose value is read, ms; `null` where none is. */
  readonly cursor: number | null;
  /** How many days before the hours are that it is compared with; 0 for none. */
  readonly comparedDays: number;
  /** The moment to go to as far as it is typed; `null` where none is asked for. */
  readonly entry: string | null;
}

/** A chart as it begins. */
export const presentView: ChartView = { until: null, cursor: null, comparedDays: 0, entry: null };

/** What is known of the past of what is shown. */
export interface PastState {
  /** Whether there is a history that can be asked. */
  readonly isKept: boolean;
  /** What was asked last. */
  readonly asked: PastQuestion | null;
  /** The answer to that or to an earlier one, and the newest that was no failure: it stays until another comes. */
  readonly answer: PastAnswer | null;
  readonly page: PastPage | null;
}

/** The question before a switching that wants to be asked. */
export interface ConfirmDialog {
  readonly switchId: string;
  readonly target: Position;
}

/** A value that is being chosen for a set-point or a selection. */
export interface SetDialog {
  readonly switchId: string;
  /** What stands in the field: a number as far as it is typed, or the chosen option. */
  readonly entry: string;
  /** Whether a person typed it: else the next character takes its place. */
  readonly isTyped: boolean;
  /** Why it could not be sent, a clause; `null` before that. */
  readonly fault: string | null;
}

/** The question before something is published among the topics. */
export interface TopicDialog {
  readonly question: string;
  /** What there is to know before it is answered, each a sentence or less. */
  readonly facts: readonly string[];
}

/** A right that somebody is to get, by a line in the ACL file. */
export interface RightRequest {
  readonly user: string;
  readonly access: 'read' | 'write';
  readonly topic: string;
  /** The ACL file. */
  readonly file: string;
}

/** What a right takes in the ACL file. */
export interface RightPlan {
  readonly request: RightRequest;
  /** What becomes of its lines. */
  readonly diff: readonly string[];
  /** The file as it will be, SHA-256: what is tried and written is that and nothing else. */
  readonly after: string;
}

/** The question before the ACL file is changed, and how far that has come. */
export interface AllowDialog extends RightPlan {
  readonly stage: AllowStage;
}

export type AllowStage =
  | { readonly kind: 'asked' }
  /** On a broker of its own; `says` what is done there at this moment. */
  | { readonly kind: 'trying'; readonly says: string }
  /** It could not be tried: why, a clause; asked once more. */
  | { readonly kind: 'untried'; readonly why: string }
  | { readonly kind: 'writing' }
  /** What came of it, sentences to be read before going on, and what is left to type in a shell. */
  | {
      readonly kind: 'said';
      readonly isGood: boolean;
      readonly text: string;
      readonly command: string | null;
    };

/** What is heard of a right on its way into the file; `proven` where the broker did as the file says. */
export type RightNews =
  | Extract<AllowStage, { kind: 'trying' | 'untried' | 'said' }>
  | { readonly kind: 'proven'; readonly says: string };

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
  readonly dialog: ConfirmDialog | SetDialog | AllowDialog | TopicDialog | null;
  readonly login: Login | null;
  readonly notice: Notice | null;
  /** When a key was pressed last while a ring was told, ms of the house. */
  readonly pressedAt: number;
  /** What is looked for; `null` where nothing is. */
  readonly search: Search | null;
  /** In a replay, the moment to go to as far as it is typed; `null` where nothing is asked. */
  readonly jump: string | null;
  /** In a replay, the console as it was on the living house; `null` where there is none to go back to. */
  readonly live: AppState | null;
  /** The name of the theme that is drawn with. */
  readonly theme: string;
  /** Ids of the items that are marked. */
  readonly favourites: ReadonlySet<string>;
  /** The length of time that the next chart begins with. */
  readonly window: number;
  readonly past: PastState;
  /** Whether several houses are saved, of which another one can be chosen. */
  readonly hasHouses: boolean;
}

/** What the console wants done outside of it. */
export type AppCommand =
  | { readonly type: 'request-switch'; readonly switchId: string; readonly target: Position }
  /** Find out which lines a right takes, and come back with `right-planned`. */
  | { readonly type: 'plan-right'; readonly request: RightRequest }
  /** Try it on a broker of its own, and tell of it with `right-news`. */
  | { readonly type: 'try-right'; readonly plan: RightPlan }
  | { readonly type: 'stop-trying' }
  /** Write it; `proof` is what the trial showed, `null` where there was none. */
  | { readonly type: 'allow-right'; readonly plan: RightPlan; readonly proof: string | null }
  | { readonly type: 'log-in'; readonly user: string; readonly password: string }
  | { readonly type: 'keep-theme'; readonly theme: string }
  | { readonly type: 'keep-favourites'; readonly favourites: readonly string[] }
  /** Answered by `past-read`, unless another question is asked before. */
  | { readonly type: 'read-past'; readonly question: PastQuestion }
  /** The past is to be shown, or shown in another way. */
  | { readonly type: 'replay'; readonly ask: ReplayAsk }
  /** Another moment of the past is to be shown, ms. */
  | { readonly type: 'replay-to'; readonly at: number }
  | { readonly type: 'explore'; readonly ask: ExploreAsk }
  | { readonly type: 'explore-answer'; readonly isYes: boolean }
  /** A key for what is being typed in the explorer. */
  | { readonly type: 'explore-key'; readonly key: KeyEvent }
  /** The same of the alarms and the visitors. */
  | { readonly type: 'screen'; readonly ask: ScreenAsk }
  | { readonly type: 'screen-key'; readonly key: KeyEvent }
  | { readonly type: 'repaint' }
  /** Another house is to be chosen. */
  | { readonly type: 'change-house' }
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
  /** The time of day of an event's `at`, both ms since 1970. */
  readonly timeOfDay: (at: number) => number;
  /** Where what is shown is the past: how it goes by. */
  readonly replay?: ReplayStatus | null;
  /** Now, ms, whatever time is shown. */
  readonly now?: number;
  /** Whether a ring is told at this moment. */
  readonly hasRing?: boolean;
  /** What a click on a cell of the screen chooses; `null` for nothing. */
  readonly spotAt?: (column: number, row: number) => Spot | null;
  /** What the topic explorer makes of keys; `null` where there is none. */
  readonly explorer?: KeyTaker | null;
  /** What alarms or visitors make of them; absent where these are not there. */
  readonly screens?: KeyTaker;
}

/** What a loaded screen makes of keys. */
export interface KeyTaker {
  /** Whether something is being typed in it. */
  readonly isTyping: boolean;
  /** Whether there is a way back within it. */
  readonly isDeep: boolean;
}

/** The console after an action, and what is to be done outside. */
export interface AppStep {
  readonly state: AppState;
  readonly commands: readonly AppCommand[];
}

/** The console as it begins: on the overview, or at the login where a password is needed. */
export function createAppState(options: {
  readonly theme: string;
  readonly needsPassword: boolean;
  readonly user: string | null;
  readonly keepsHistory?: boolean;
  readonly hasHouses?: boolean;
  readonly favourites?: readonly string[];
}): AppState {
  return {
    stack: [{ screen: 'overview', focus: 0 }],
    dialog: null,
    login: options.needsPassword ? createLogin(options.user) : null,
    notice: null,
    pressedAt: 0,
    search: null,
    jump: null,
    live: null,
    theme: options.theme,
    favourites: new Set(options.favourites ?? []),
    window: 0,
    past: { isKept: options.keepsHistory ?? false, asked: null, answer: null, page: null },
    hasHouses: options.hasHouses ?? false,
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
