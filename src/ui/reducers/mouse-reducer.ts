import type { MouseEvent } from '../../terminal/input/key-event.ts';
import { type AppContext, type AppState, type AppStep, topPage } from '../state/app-state.ts';
import { stay, withTop } from '../state/app-step.ts';
import { chooseRow } from '../state/log-rows.ts';
import { moveTop } from '../state/move-page.ts';
import { changeTab } from '../state/sight.ts';
import type { Spot } from '../text/line.ts';
import { entryOf } from './date-entry.ts';
import { moveCommand } from './loaded-reducer.ts';
import { editSearch } from './search-reducer.ts';

/** Rows that one step of the wheel scrolls. */
const WHEEL_ROWS = 3;

/**
 * What the mouse does: a click chooses what it points at, the wheel moves the choice. Neither switches, opens or answers
 * anything: a hand that slips must not start a pump.
 */
export function pointAt(state: AppState, mouse: MouseEvent, context: AppContext): AppStep {
  const isAsked = state.login !== null || state.dialog !== null || state.jump !== null || entryOf(state) !== null;
  if (isAsked) return stay(state);
  if (mouse.action !== 'press') return scroll(state, mouse.action === 'wheel-up' ? 'up' : 'down', context);
  const spot = context.spotAt?.(mouse.column, mouse.row) ?? null;
  return spot === null ? stay(state) : choose(state, spot, context);
}

function scroll(state: AppState, to: 'up' | 'down', context: AppContext): AppStep {
  const key = { type: 'key', name: to, ctrl: false, alt: false, shift: false } as const;
  const moving = moveCommand(state, to);
  if (moving !== null && state.search === null)
    return { state, commands: Array.from({ length: WHEEL_ROWS }, () => moving) };
  let next = state;
  for (let row = 0; row < WHEEL_ROWS; row += 1) {
    if (next.search !== null) next = editSearch(next, next.search, key, context).state;
    else next = moveTop(next, to, context);
  }
  return stay(next);
}

function choose(state: AppState, spot: Spot, context: AppContext): AppStep {
  const page = topPage(state);
  if (state.search !== null) {
    return spot.kind === 'item' ? stay({ ...state, search: { ...state.search, chosen: spot.place } }) : stay(state);
  }
  if (spot.kind === 'tab') return changeTab(state, spot.place, context);
  if (page.screen === 'overview' && spot.kind === 'item') {
    const { on: _, ...others } = page;
    return stay(withTop(state, { ...others, focus: spot.place }));
  }
  if (spot.kind !== 'row') return stay(state);
  if (page.screen === 'log') return stay(withTop(state, chooseRow(page, spot.place, context.home)));
  return page.screen === 'clients' ? stay(withTop(state, { screen: 'clients', focus: spot.place })) : stay(state);
}
