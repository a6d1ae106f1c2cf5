import { parsePast } from '../../core/history/query/when.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { ReplayAsk } from '../keys/intent.ts';
import type { AppContext, AppState, AppStep } from '../state/app-state.ts';
import { typeText } from '../state/typed-text.ts';

/** More than any moment takes. */
const LONGEST = 60;

/** What a key asks of a replay. */
export function askReplay(state: AppState, ask: ReplayAsk): AppStep {
  if (ask === 'go-to') return { state: { ...state, jump: '' }, commands: [] };
  return { state, commands: [{ type: 'replay', ask }] };
}

/** The console on the past: it begins on the overview, and remembers where it was. */
export function enterPast(state: AppState): AppState {
  const { isKept, answer } = state.past;
  const past = { isKept, asked: null, answer: null, page: null };
  // What was asked of the living house, and is answered meanwhile, is asked again then.
  const live = { ...state, past: { ...state.past, asked: answer?.question ?? null } };
  return {
    ...state,
    stack: [{ screen: 'overview', focus: 0 }],
    dialog: null,
    search: null,
    notice: null,
    past,
    live,
  };
}

/** The console on the living house again, where it was; a theme that was chosen and what was marked meanwhile stay. */
export function leavePast(state: AppState): AppState {
  const { live, theme, favourites, notice } = state;
  return live === null ? state : { ...live, theme, favourites, notice: notice === null ? null : live.notice };
}

/** What a key does while a moment is asked for. */
export function editJump(state: AppState, typed: string, key: KeyEvent, { now = 0 }: AppContext): AppStep {
  const edited = (jump: string | null): AppStep => ({ state: { ...state, jump }, commands: [] });
  const made = typeText(typed, key, LONGEST);
  switch (made.type) {
    case 'text':
      return edited(made.text);
    case 'escape':
      return edited(null);
    case 'enter':
      return typed.trim() === '' ? edited(null) : goTo(state, typed, now);
    case 'key':
      return edited(typed);
  }
}

/** What is not understood stays to be mended. */
function goTo(state: AppState, typed: string, now: number): AppStep {
  const when = parsePast(typed, now);
  if (when.ok) return { state: { ...state, jump: null }, commands: [{ type: 'replay-to', at: when.value }] };
  const notice = { text: `"${typed.trim()}" is not understood. ${when.error}`, until: Number.POSITIVE_INFINITY };
  return { state: { ...state, notice }, commands: [] };
}
