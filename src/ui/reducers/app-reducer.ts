import { assertNever } from '../../core/assert-never.ts';
import type { PastAnswer } from '../../core/history/query/past-page.ts';
import type { Position } from '../../core/home/state/switch.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import { labelOf } from '../../core/house/house.ts';
import type { KeyEvent, MouseEvent } from '../../terminal/input/key-event.ts';
import type { Intent } from '../keys/intent.ts';
import { intentOf, nameOfKey } from '../keys/keymap.ts';
import {
  type AppContext,
  type AppState,
  type AppStep,
  type Page,
  type RightNews,
  type RightPlan,
  type TopicDialog,
  topPage,
} from '../state/app-state.ts';
import { notice, stay, withoutTop, withTop } from '../state/app-step.ts';
import { moveTop } from '../state/move-page.ts';
import { askForPast, takePast } from '../state/past.ts';
import { changeTab, chosenId, toggleFavourite, toggleUnwell } from '../state/sight.ts';
import { changeWindow, lookAt } from './chart-reducer.ts';
import { editEntry, entryOf } from './date-entry.ts';
import { filterLog, filterLogBySubject, openChosen, openEntry } from './go-reducer.ts';
import { backCommand, moveCommand, typedCommand } from './loaded-reducer.ts';
import { editLogFilter, openLogFilter, typedLog } from './log-reducer.ts';
import { editLogin, followLink } from './login-reducer.ts';
import { pointAt } from './mouse-reducer.ts';
import { askReplay, editJump, enterPast, leavePast } from './replay-reducer.ts';
import { answerRight, askForRight, takeRightNews } from './right-reducer.ts';
import { editSearch, openSearch } from './search-reducer.ts';
import { editSetting } from './set-reducer.ts';
import { adjust, askForSwitch, command, request, toggleFocused } from './switch-reducer.ts';

/** What can happen to the console: a key, why the last one could do nothing, news of the house, or of its past. */
export type AppAction =
  | { readonly type: 'key'; readonly key: KeyEvent }
  | { readonly type: 'pointed'; readonly mouse: MouseEvent }
  | { readonly type: 'key-refused'; readonly why: string }
  | { readonly type: 'link-changed' }
  /** The past is shown from now on, or the living house again. */
  | { readonly type: 'time-changed'; readonly isPast: boolean }
  /** The house changed, or time went by: a chart may need more of the past. */
  | { readonly type: 'house-changed' }
  | { readonly type: 'past-read'; readonly answer: PastAnswer }
  /** What an asked right takes in the ACL file. */
  | { readonly type: 'right-planned'; readonly plan: RightPlan }
  /** Something is to be published among the topics. */
  | { readonly type: 'topic-asked'; readonly dialog: TopicDialog }
  /** How it goes with a right that was asked for. */
  | { readonly type: 'right-news'; readonly news: RightNews };

/** The one place where the console's own state changes. Pure and total. What a chart lacks of the past is asked for. */
export function reduceApp(state: AppState, action: AppAction, context: AppContext): AppStep {
  return askForPast(reduceAction(state, action, context), context);
}

function reduceAction(state: AppState, action: AppAction, context: AppContext): AppStep {
  if (action.type === 'house-changed') return stay(state);
  if (action.type === 'time-changed') return stay(action.isPast ? enterPast(state) : leavePast(state));
  if (action.type === 'past-read') return stay(takePast(state, action.answer));
  // A login that was refused in the past asks for nothing now.
  if (action.type === 'link-changed') return stay(context.replay == null ? followLink(state, context.home) : state);
  if (action.type === 'pointed') return pointAt(state, action.mouse, context);
  if (action.type === 'key-refused') return notice(state, context, action.why);
  if (action.type === 'right-planned') {
    return stay({ ...state, dialog: { ...action.plan, stage: { kind: 'asked' } } });
  }
  if (action.type === 'topic-asked') return stay({ ...state, dialog: action.dialog });
  if (action.type === 'right-news') return takeRightNews(state, action.news, context);
  const seen = context.hasRing === true ? { ...state, pressedAt: context.home.at } : state;
  return pressKey(seen.notice === null ? seen : { ...seen, notice: null }, action.key, context);
}

/** A key, for what is being typed or else for what it means here; the last answer is gone by then. */
function pressKey(fresh: AppState, key: KeyEvent, context: AppContext): AppStep {
  if (fresh.login !== null) return editLogin(fresh, fresh.login, key);
  const chord = chordOf(key, context);
  if (chord !== null) return act(fresh, chord, context);
  const entry = entryOf(fresh);
  if (entry !== null) return editEntry(fresh, entry, key, context);
  if (fresh.search !== null) return editSearch(fresh, fresh.search, key, context);
  const log = typedLog(fresh);
  if (log !== null) return editLogFilter(fresh, log, key, context);
  if (fresh.jump !== null) return editJump(fresh, fresh.jump, key, context);
  if (fresh.dialog !== null && 'entry' in fresh.dialog) {
    const send = (closed: AppState, id: string, target: Position) => command(closed, id, target, context);
    return editSetting(fresh, fresh.dialog, key, context, send);
  }
  const typed = typedCommand(fresh, key, context);
  if (typed !== null) return { state: fresh, commands: [typed] };
  if (key.type === 'paste') return notice(fresh, context, 'Pasted text is not taken for keys');
  const place = fresh.dialog === null ? topPage(fresh).screen : 'dialog';
  const intent = intentOf(context.keymap, place, nameOfKey(key));
  return intent.type === 'nothing' ? notice(fresh, context, intent.why) : act(fresh, intent, context);
}

/** What Ctrl-C, Ctrl-L and Ctrl-Z mean, also where something is asked or typed; `null` for any other key. */
function chordOf(key: KeyEvent, { keymap }: AppContext): Intent | null {
  if (key.type === 'paste' || !key.ctrl) return null;
  const intent = intentOf(keymap, 'dialog', nameOfKey(key));
  return intent.type === 'nothing' ? null : intent;
}

function act(state: AppState, intent: Intent, context: AppContext): AppStep {
  const page = topPage(state);
  switch (intent.type) {
    case 'explore':
    case 'screen':
      return { state, commands: [intent] };
    case 'move': {
      const moving = moveCommand(state, intent.to);
      return moving === null ? stay(moveTop(state, intent.to, context)) : { state, commands: [moving] };
    }
    case 'go':
      return go(state, intent.screen, context);
    case 'open':
      return open(state, context);
    case 'turn':
      return stay(turn(state));
    case 'back':
      return back(state, context);
    case 'toggle':
      return askForSwitch(state, intent.switchId, context);
    case 'toggle-focused':
      return toggleFocused(state, context);
    case 'adjust':
      return adjust(state, intent.by, context);
    case 'change-window': {
      const id = chosenId(state, context.home);
      const isSet = context.home.house.switches.get(id ?? '')?.kind === 'number';
      return isSet ? adjust(state, intent.by, context) : changeWindow(state, intent.by, context);
    }
    case 'look':
      return lookAt(state, intent.to, context);
    case 'replay':
      return askReplay(state, intent.ask);
    case 'tab':
      return changeTab(state, intent.to, context);
    case 'favourite':
      return toggleFavourite(state, context);
    case 'unwell':
      return page.screen === 'log' ? filterLog(state, page, context) : toggleUnwell(state, context);
    case 'same-subject':
      return page.screen === 'log' ? filterLogBySubject(state, page, context) : stay(state);
    case 'search':
      return page.screen === 'log' ? openLogFilter(state, page) : openSearch(state);
    case 'allow':
      return askForRight(state, context);
    case 'answer':
      return answer(state, intent.isYes, context);
    case 'change-house':
      return changeHouse(state, context);
    case 'repaint':
      return { state, commands: [{ type: 'repaint' }] };
    case 'suspend':
      return { state, commands: [{ type: 'suspend' }] };
    case 'leave':
      return { state, commands: [{ type: 'leave', code: 0 }] };
    default:
      return assertNever(intent);
  }
}

function go(state: AppState, screen: Extract<Intent, { type: 'go' }>['screen'], context: AppContext): AppStep {
  const top = topPage(state);
  if (top.screen === screen) return back(state, context);
  if (screen === 'explorer' && context.replay != null) {
    return notice(state, context, 'A replay has no link to the broker: no topic is heard in it. q ends it');
  }
  if (screen === 'explorer' && context.explorer == null) return notice(state, context, 'There is no broker to explore');
  // Screens lie on the overview or on a detail, never on each other: Esc always leads back to the house.
  const kept = state.stack.filter(page => page.screen === 'overview' || page.screen === 'detail');
  const [first = { screen: 'overview', focus: 0 } as const, ...rest] = kept;
  const settled = top.screen === 'themes' ? { ...state, theme: top.before } : state;
  const page = firstPage(screen, settled.theme, context);
  return stay({ ...settled, stack: [first, ...rest, page] });
}

function firstPage(screen: Extract<Intent, { type: 'go' }>['screen'], theme: string, context: AppContext): Page {
  if (screen === 'themes') return { screen, focus: Math.max(0, context.themeNames.indexOf(theme)), before: theme };
  if (screen === 'users') return { screen, focus: 0, access: 'read' };
  return screen === 'log' ? { screen, focus: 0, anchor: null } : { screen, focus: 0 };
}

function open(state: AppState, context: AppContext): AppStep {
  const page = topPage(state);
  if (page.screen === 'log') return openEntry(state, page, context);
  if (page.screen === 'overview') return openChosen(state, page, context);
  if (page.screen !== 'themes') return stay(state);
  return { state: withoutTop(state), commands: [{ type: 'keep-theme', theme: state.theme }] };
}

/** How many parts there are is known when they are drawn. */
function turn(state: AppState): AppState {
  const page = topPage(state);
  switch (page.screen) {
    case 'detail':
    case 'clients':
    case 'denials':
    case 'users':
    case 'log':
      return withTop(state, { ...page, part: (page.part ?? 0) + 1 });
    default:
      return state;
  }
}

function back(state: AppState, context: AppContext): AppStep {
  const page = topPage(state);
  if (page.screen === 'detail' && page.chart != null && page.chart.cursor !== null) {
    return stay(withTop(state, { ...page, chart: { ...page.chart, cursor: null } }));
  }
  const inner = backCommand(state, context);
  if (inner !== null) return { state, commands: [inner] };
  if (state.stack.length === 1 && context.replay != null) return askReplay(state, 'end');
  if (state.stack.length === 1) return notice(state, context, 'This is the overview; q leaves hometui');
  const below = withoutTop(state);
  if (page.screen === 'themes') return stay({ ...below, theme: page.before });
  if (page.screen !== 'detail') return stay(below);
  // The arrow keys may have gone on to another item meanwhile.
  return stay(withTop(below, { ...topPage(below), focus: page.focus }));
}

/** Not while a command is on its way: nobody would learn what became of it. */
function changeHouse(state: AppState, context: AppContext): AppStep {
  const { house, switches } = context.home;
  const open = context.replay == null ? rowsOf(switches).find(({ command }) => command !== null) : undefined;
  if (open !== undefined) return notice(state, context, `${labelOf(house, open.id)}: a command is still on its way`);
  return { state, commands: [{ type: 'change-house' }] };
}

function answer(state: AppState, isYes: boolean, context: AppContext): AppStep {
  const { dialog } = state;
  const closed = { ...state, dialog: null };
  if (dialog === null) return stay(closed);
  if ('question' in dialog) return { state: closed, commands: [{ type: 'explore-answer', isYes }] };
  if ('stage' in dialog) return answerRight(state, dialog, isYes, context);
  if (!('target' in dialog)) return stay(closed);
  const label = labelOf(context.home.house, dialog.switchId);
  if (!isYes) return notice(closed, context, `${label} was left as it is`);
  return request(closed, dialog.switchId, dialog.target, context);
}
