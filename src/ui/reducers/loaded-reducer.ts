import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { Intent } from '../keys/intent.ts';
import { type AppCommand, type AppContext, type AppState, type KeyTaker, topPage } from '../state/app-state.ts';

/** What a screen that keeps for itself what is chosen on it makes of keys; `null` where the one on top is none. */
function takerOf(state: AppState, { explorer, screens }: AppContext): KeyTaker | null {
  const { screen } = topPage(state);
  if (screen === 'explorer') return explorer ?? null;
  return screen === 'alarms' || screen === 'visitors' ? (screens ?? null) : null;
}

/** A key for what is being typed there; `null` where nothing is. */
export function typedCommand(state: AppState, key: KeyEvent, context: AppContext): AppCommand | null {
  if (state.dialog !== null || takerOf(state, context)?.isTyping !== true) return null;
  return { type: topPage(state).screen === 'explorer' ? 'explore-key' : 'screen-key', key };
}

/** A move that such a screen makes by itself; `null` for any other. */
export function moveCommand(state: AppState, to: Extract<Intent, { type: 'move' }>['to']): AppCommand | null {
  const { screen } = topPage(state);
  if (screen === 'explorer') return { type: 'explore', ask: to };
  return screen === 'alarms' || screen === 'visitors' ? { type: 'screen', ask: to } : null;
}

/** The way back within it; `null` where there is none. */
export function backCommand(state: AppState, context: AppContext): AppCommand | null {
  if (takerOf(state, context)?.isDeep !== true) return null;
  return { type: topPage(state).screen === 'explorer' ? 'explore' : 'screen', ask: 'back' };
}
