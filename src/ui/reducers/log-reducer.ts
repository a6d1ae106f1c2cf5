import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { type AppContext, type AppState, type AppStep, topPage } from '../state/app-state.ts';
import { stay, withTop } from '../state/app-step.ts';
import { filterByWords, type LogPage } from '../state/log-rows.ts';
import { typeText } from '../state/typed-text.ts';

/** Longer than what a person types of an entry. */
const LONGEST = 60;

/** The log, where what it is to be limited to is being typed; `null` where nothing is. */
export function typedLog(state: AppState): LogPage | null {
  const page = topPage(state);
  return page.screen === 'log' && page.isTyping === true ? page : null;
}

/** Begins to type words, or goes on with those that are there. */
export function openLogFilter(state: AppState, page: LogPage): AppStep {
  return stay(withTop(state, { ...page, isTyping: true }));
}

/** What a key does meanwhile: the log follows each of them. */
export function editLogFilter(state: AppState, page: LogPage, key: KeyEvent, { home }: AppContext): AppStep {
  const made = typeText(page.filter?.words ?? '', key, LONGEST);
  const { isTyping: _, ...typed } = page;
  switch (made.type) {
    case 'text':
      return stay(withTop(state, filterByWords(page, made.text, home)));
    case 'enter':
      return stay(withTop(state, typed));
    case 'escape':
      return stay(withTop(state, filterByWords(typed, '', home)));
    case 'key':
      return stay(state);
  }
}
