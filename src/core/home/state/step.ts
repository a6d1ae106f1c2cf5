import type { Effect } from './effect.ts';
import type { HomeState } from './state.ts';

/** What an event leads to: the next state, and what is to be done in the world. */
export interface Step {
  readonly state: HomeState;
  readonly effects: readonly Effect[];
}

const NOTHING: readonly Effect[] = [];

/** A step that asks for nothing. */
export const stay = (state: HomeState): Step => ({ state, effects: NOTHING });
