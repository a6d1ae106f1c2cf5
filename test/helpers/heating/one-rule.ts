import type { Judgement } from '../../../src/core/alarms/condition.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { mapRows } from '../../../src/core/home/state/table.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { NOON, session } from '../house/house-run.ts';
import { heatingAlarms } from './heating-run.ts';

/** What each item says, by its id: a number of a sensor, a word of a relay; `null` for one that is not heard any more. */
export type Said = Readonly<Record<string, number | string | null>>;

/** One rule, asked at moments that may lie anywhere: to the millisecond, without the messages in between. */
export interface OneRule {
  /** So many ms after noon these are so, and each that was named before still is. */
  at(
    ms: number,
    said?: Said,
    more?: { readonly listeningSince?: number | null; readonly event?: HomeEvent['type'] },
  ): OneRule;
  /** What is found now, where it was raised before or was not. */
  judge(isRaised?: boolean): Judgement;
}

/** A rule of a house by its id, with a link since noon and these words at its begin. */
export function openRule(config: HouseConfig, id: string, first: Said = {}): OneRule {
  const house = createHouse(config);
  const rule = heatingAlarms(house).find(one => one.id === id);
  if (rule === undefined) throw new Error(`this house has no rule ${id}`);
  const { condition } = rule;
  let state = say({ ...createState(house, session, NOON), listeningSince: NOON }, NOON, first);
  let memory = condition.start(state);
  const one: OneRule = {
    at: (ms, said = {}, { listeningSince = state.listeningSince, event = 'ticked' } = {}) => {
      const before = state;
      state = say({ ...before, at: NOON + ms, listeningSince }, NOON + ms, said);
      memory =
        condition.step?.(memory, { event: { type: event, at: NOON + ms } as HomeEvent, before, after: state }) ??
        memory;
      return one;
    },
    judge: (isRaised = false) => condition.judge(memory, state, isRaised),
  };
  return one;
}

function say(state: HomeState, at: number, said: Said): HomeState {
  return {
    ...state,
    readings: mapRows(state.readings, row => {
      const value = said[row.id] === undefined ? row.value : said[row.id];
      const heardAt = typeof value === 'number' ? at : null;
      return { ...row, value: typeof value === 'number' ? value : null, receivedAt: heardAt, heardAt };
    }),
    switches: mapRows(state.switches, row => {
      const position = said[row.id] === undefined ? row.position : said[row.id];
      if (typeof position !== 'string') return { ...row, position: null, receivedAt: null, changedAt: null };
      const changedAt = row.position === null || row.position === position ? row.changedAt : at;
      return { ...row, position, receivedAt: at, changedAt };
    }),
    clients: mapRows(state.clients, row => ({ ...row, heardAt: at })),
  };
}
