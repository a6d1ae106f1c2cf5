import type { Intent, Look, ScreenName } from './intent.ts';

export type { ExploreAsk, Intent, Look, ReplayAsk, ScreenName } from './intent.ts';

/** Where a key may mean something: a screen, or the question before a switching. */
export type KeyPlace = ScreenName | 'dialog';

/** One row of the key table. */
export interface Binding {
  /** As `nameOfKey` gives them. */
  readonly keys: readonly string[];
  readonly intent: Intent;
  readonly places: readonly KeyPlace[];
  /** How help, footer and README write the keys. */
  readonly shown: string;
  /** One or two words for the footer; `null` where it would only take room there. */
  readonly label: string | null;
  /** A sentence without a full stop, for help and README. */
  readonly help: string;
  /** Whether it leaves a key to a switch of the house that has it: there is another key for it. */
  readonly givesWay?: boolean;
}

export const SCREENS: readonly ScreenName[] = [
  'overview',
  'detail',
  'clients',
  'denials',
  'users',
  'log',
  'help',
  'themes',
  'explorer',
];
const LISTS: readonly ScreenName[] = ['overview', 'clients', 'denials', 'users', 'log', 'help', 'themes', 'explorer'];
/** The screens about others, from which one comes to what they may. */
const ABOUT_OTHERS: readonly ScreenName[] = ['clients', 'denials', 'users'];
/** Where the effect of a switch can be seen. */
export const SWITCHING: readonly ScreenName[] = ['overview', 'detail'];

const go = (key: string, screen: Extract<Intent, { type: 'go' }>['screen'], label: string, help: string): Binding => ({
  keys: [key],
  intent: { type: 'go', screen },
  places: SCREENS,
  shown: key,
  label,
  help,
});

const look = (keys: readonly string[], to: Look, shown: string, label: string | null, help: string): Binding => ({
  ...{ keys, shown, label, help },
  intent: { type: 'look', to },
  places: ['detail'],
});

const users = go('u', 'users', 'users', 'Users: who may what by which line, who is logged in, what was denied to each');

/** The keys that are the same in every house. */
export const fixedBindings: readonly Binding[] = [
  {
    keys: ['enter'],
    intent: { type: 'open' },
    places: ['overview'],
    shown: 'Enter',
    label: 'detail',
    help: 'Show the chosen item in full: chart, limits, topics, reasons',
  },
  {
    keys: ['enter'],
    intent: { type: 'open' },
    places: ['themes'],
    shown: 'Enter',
    label: 'keep',
    help: 'On the list of themes: keep the one that is shown',
  },
  {
    keys: ['enter'],
    intent: { type: 'turn' },
    places: ['detail', 'clients', 'denials', 'users'],
    shown: 'Enter',
    label: null,
    help: 'Where not all fits on the screen: show the rest',
  },
  {
    keys: [' '],
    intent: { type: 'toggle-focused' },
    places: SWITCHING,
    shown: 'Space',
    label: null,
    help: 'Switch the chosen item, if it is a switch',
  },
  {
    keys: ['down', 'j'],
    intent: { type: 'move', to: 'down' },
    places: LISTS,
    shown: '↓ j',
    label: null,
    help: 'Choose another item, or scroll',
  },
  {
    keys: ['up', 'k'],
    intent: { type: 'move', to: 'up' },
    places: LISTS,
    shown: '↑ k',
    label: null,
    help: 'Choose another item, or scroll',
  },
  {
    keys: ['right', 'tab'],
    intent: { type: 'move', to: 'right' },
    places: ['overview'],
    shown: '→ Tab',
    label: null,
    help: 'Go to another panel',
  },
  {
    keys: ['left', 'shift+tab'],
    intent: { type: 'move', to: 'left' },
    places: ['overview'],
    shown: '←',
    label: null,
    help: 'Go to another panel',
  },
  {
    keys: ['pageDown'],
    intent: { type: 'move', to: 'page-down' },
    places: LISTS,
    shown: 'PgDn',
    label: null,
    help: 'Go a screenful up or down',
  },
  {
    keys: ['pageUp'],
    intent: { type: 'move', to: 'page-up' },
    places: LISTS,
    shown: 'PgUp',
    label: null,
    help: 'Go a screenful up or down',
  },
  {
    keys: ['home'],
    intent: { type: 'move', to: 'first' },
    places: LISTS,
    shown: 'Home',
    label: null,
    help: 'Go to the first or the last',
  },
  {
    keys: ['end'],
    intent: { type: 'move', to: 'last' },
    places: LISTS,
    shown: 'End',
    label: null,
    help: 'Go to the first or the last',
  },
  {
    keys: ['+'],
    intent: { type: 'change-window', by: 1 },
    places: ['detail'],
    shown: '+',
    label: 'longer',
    help: 'On a chart: a longer or shorter time, 10 min to all',
  },
  {
    keys: ['-'],
    intent: { type: 'change-window', by: -1 },
    places: ['detail'],
    shown: '-',
    label: 'shorter',
    help: 'On a chart: a longer or shorter time, 10 min to all',
  },
  {
    keys: ['down', 'j'],
    intent: { type: 'move', to: 'down' },
    places: ['detail'],
    shown: '↓ j',
    label: null,
    help: 'Choose another item, or scroll',
  },
  {
    keys: ['up', 'k'],
    intent: { type: 'move', to: 'up' },
    places: ['detail'],
    shown: '↑ k',
    label: null,
    help: 'Choose another item, or scroll',
  },
  { ...go('?', 'help', 'help', 'This help'), keys: ['?', 'f1'], shown: '? F1' },
  {
    keys: ['right', 'left', 'tab'],
    intent: { type: 'move', to: 'right' },
    places: ['users'],
    shown: '→ ←',
    label: 'read/write',
    help: 'On the list of users: choose between reading and writing',
  },
  {
    keys: ['+'],
    intent: { type: 'allow' },
    places: ['users'],
    shown: '+',
    label: 'allow',
    help: 'On the list of users: allow what is chosen, by the line that is missing in the ACL file',
  },
  go('c', 'clients', 'clients', 'Clients: who speaks how often, and who is silent'),
  go('d', 'denials', 'denials', 'Denials: who was denied what, how we know, and the remedy'),
  { ...users, places: ABOUT_OTHERS },
  { ...users, places: SCREENS.filter(screen => !ABOUT_OTHERS.includes(screen)), label: null },
  go('l', 'log', 'log', 'Log: what happened, newest first'),
  {
    ...go('e', 'explorer', 'topics', 'Topics: all that is said on the broker, and that this user may read'),
    ...{ keys: ['e', 'E'], shown: 'e E', label: null, givesWay: true },
  },
  go('t', 'themes', 'theme', 'Themes: choose the colours'),
  {
    keys: ['H'],
    intent: { type: 'replay', ask: 'open' },
    places: SCREENS,
    shown: 'H',
    label: null,
    help: 'History: see again what was recorded, as it was; q comes back to now',
  },
  {
    keys: ['P'],
    intent: { type: 'change-house' },
    places: SCREENS,
    shown: 'P',
    label: null,
    help: 'Choose another house of those that are saved',
  },
  {
    keys: ['escape', 'backspace'],
    intent: { type: 'back' },
    places: SCREENS,
    shown: 'Esc',
    label: 'back',
    help: 'Back to where you came from',
  },
  look(['left'], 'earlier', '←', 'earlier', 'On a chart: page back and forth in time'),
  look(['right'], 'later', '→', null, 'On a chart: page back and forth in time'),
  look(['home'], 'oldest', 'Home', null, 'On a chart: the oldest that is kept, or now'),
  look(['end'], 'now', 'End', null, 'On a chart: the oldest that is kept, or now'),
  look([','], 'cursor-left', ',', null, 'On a chart: read the value at a time; < > in wide steps'),
  look(['.'], 'cursor-right', '.', null, 'On a chart: read the value at a time; < > in wide steps'),
  look(['<'], 'cursor-far-left', '<', null, 'On a chart: read the value at a time; < > in wide steps'),
  look(['>'], 'cursor-far-right', '>', null, 'On a chart: read the value at a time; < > in wide steps'),
  look(['='], 'compared', '=', null, 'On a chart: the same hours of yesterday, then last week'),
  { ...look(['@', 'g'], 'date', '@ g', null, 'On a chart: go to a date or a time of day'), givesWay: true },
  {
    keys: ['enter', 'y'],
    intent: { type: 'answer', isYes: true },
    places: ['dialog'],
    shown: 'Enter y',
    label: 'yes',
    help: 'Yes, do it',
  },
  {
    keys: ['escape', 'n', 'q', 'backspace'],
    intent: { type: 'answer', isYes: false },
    places: ['dialog'],
    shown: 'Esc n',
    label: 'no',
    help: 'No, leave it as it is',
  },
  {
    keys: ['ctrl+l'],
    intent: { type: 'repaint' },
    places: [...SCREENS, 'dialog'],
    shown: 'Ctrl-L',
    label: null,
    help: 'Draw the screen anew',
  },
  {
    keys: ['ctrl+z'],
    intent: { type: 'suspend' },
    places: [...SCREENS, 'dialog'],
    shown: 'Ctrl-Z',
    label: null,
    help: 'Go to sleep and give the shell the terminal; fg wakes it',
  },
  {
    keys: ['q'],
    intent: { type: 'leave' },
    places: SCREENS,
    shown: 'q',
    label: 'quit',
    help: 'Leave hometui; the house goes on',
  },
  {
    keys: ['ctrl+c'],
    intent: { type: 'leave' },
    places: [...SCREENS, 'dialog'],
    shown: 'Ctrl-C',
    label: null,
    help: 'Leave hometui at once',
  },
];
