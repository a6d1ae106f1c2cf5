import type { HomeState } from '../../core/home/state/state.ts';
import type { AppCommand, AppContext, AppState } from '../state/app-state.ts';
import type { Readable } from '../state/pace.ts';
import { type AppAction, reduceApp } from './app-reducer.ts';

/** Keeps what the person at the screen has chosen, and hands on what is to be done. */
export interface AppStore extends Readable<AppState> {
  readonly dispatch: (action: AppAction) => void;
}

/** How the console's own state is kept. */
export interface AppStoreOptions {
  readonly initial: AppState;
  readonly home: Readable<HomeState>;
  /** Everything else that decisions look at. */
  readonly context: () => Omit<AppContext, 'home'>;
  readonly runCommand: (command: AppCommand) => void;
}

/** Makes the store of the console's own state. Listeners are called after each change, commands run after that. */
export function createAppStore({ initial, home, context, runCommand }: AppStoreOptions): AppStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispatch: action => {
      const step = reduceApp(state, action, { ...context(), home: home.getState() });
      const isChanged = step.state !== state;
      state = step.state;
      if (isChanged) for (const listener of [...listeners]) listener();
      for (const command of step.commands) runCommand(command);
    },
  };
}
