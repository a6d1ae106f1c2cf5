import type { Effect } from '../core/home/state/effect.ts';
import type { HomeEvent } from '../core/home/state/event.ts';
import type { HomeState } from '../core/home/state/state.ts';
import { update } from '../core/home/update.ts';

/** One step of the house: the state before an event and after it. */
export interface Step {
  readonly event: HomeEvent;
  readonly before: HomeState;
  readonly after: HomeState;
}

/** The one place where the house's state is kept. */
export interface HomeStore {
  /** Brings one event in. The state is new when this returns; an effect that answers at once is worked off in order. */
  readonly dispatch: (event: HomeEvent) => void;
  readonly getState: () => HomeState;
  /** Calls at most once per turn of the event loop after the state has changed; gives what takes the listener back. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Calls for each event as soon as it is in, before its effects are run; gives what takes the observer back. */
  readonly observe: (observer: (step: Step) => void) => () => void;
}

/** How the store waits for the end of the turn; the event loop's `setImmediate` unless given. */
export type Defer = (call: () => void) => void;

/** Makes a store. `runEffects` gets the effects of each event once; it may dispatch. */
export function createStore(
  initial: HomeState,
  runEffects: (effects: readonly Effect[]) => void,
  defer: Defer = setImmediate,
): HomeStore {
  let state = initial;
  let isRunning = false;
  let isToldSoon = false;
  const queue: HomeEvent[] = [];
  const listeners = new Set<() => void>();
  const observers = new Set<(step: Step) => void>();

  const tellSoon = (): void => {
    if (isToldSoon) return;
    isToldSoon = true;
    defer(() => {
      isToldSoon = false;
      for (const listener of [...listeners]) listener();
    });
  };
  const step = (event: HomeEvent): void => {
    const before = state;
    const next = update(before, event);
    state = next.state;
    if (next.state !== before) tellSoon();
    for (const observer of [...observers]) observer({ event, before, after: next.state });
    if (next.effects.length > 0) runEffects(next.effects);
  };
  const dispatch = (event: HomeEvent): void => {
    queue.push(event);
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) step(next);
    } finally {
      isRunning = false;
    }
  };
  return {
    dispatch,
    getState: () => state,
    subscribe: listener => addTo(listeners, listener),
    observe: observer => addTo(observers, observer),
  };
}

function addTo<Item>(items: Set<Item>, item: Item): () => void {
  items.add(item);
  return () => items.delete(item);
}
