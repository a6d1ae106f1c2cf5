import type { AppContext, AppState, AppStep, Page } from './app-state.ts';

/** How long an answer to a key stands, ms. */
const NOTICE_MS = 6_000;

/** A step that asks for nothing. */
export const stay = (state: AppState): AppStep => ({ state, commands: [] });

/** A step that says something. */
export function notice(state: AppState, context: AppContext, text: string): AppStep {
  // In a replay time goes by at any speed: there it stays until the next key.
  const until = context.replay == null ? context.home.at + NOTICE_MS : Number.POSITIVE_INFINITY;
  return stay({ ...state, notice: { text, until } });
}

/** The console with another page in the place of the one on top. */
export function withTop(state: AppState, page: Page): AppState {
  const [first, ...rest] = state.stack;
  return { ...state, stack: rest.length === 0 ? [page] : [first, ...rest.slice(0, -1), page] };
}

/** The console without the page on top, unless it is the only one. */
export function withoutTop(state: AppState): AppState {
  const [first, ...rest] = state.stack;
  return { ...state, stack: [first, ...rest.slice(0, -1)] };
}
