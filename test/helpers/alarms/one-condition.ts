import type { Condition, Judgement } from '../../../src/core/alarms/condition.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { mapRows } from '../../../src/core/home/state/table.ts';
import type { House } from '../../../src/core/house/house.ts';
import { NOON, session } from '../house/house-run.ts';

/** What each item says, by its id: a number of a sensor, a word of a relay; `null` for one that is not heard any more. */
export type Said = Readonly<Record<string, number | string | null>>;

/** One condition, asked at moments that may lie anywhere: to the millisecond, without the messages in between. */
export interface OneCondition {
  /** So many ms after noon these are so, and each that was named before still is. */
  at(
    ms: number,
    said?: Said,
    more?: {
      readonly listeningSince?: number | null;
      readonly event?: HomeEvent['type'];
      /** Nothing of the house was heard, ever since. */
      readonly isSilent?: boolean;
    },
  ): OneCondition;
  /** What is found now, or so many ms after noon with nothing heard meanwhile, where it was raised before or was not. */
  judge(isRaised?: boolean, laterMs?: number): Judgement;
}

/** A condition in a house with a link since noon and these words at its begin. */
export function openCondition(house: House, condition: Condition, first: Said = {}): OneCondition {
  let state = say({ ...createState(house, session, NOON), listeningSince: NOON }, NOON, first);
  let memory = condition.start(state);
  const one: OneCondition = {
    at: (ms, said = {}, { listeningSince = state.listeningSince, event = 'ticked', isSilent = false } = {}) => {
      const before = state;
      const later = { ...before, at: NOON + ms, listeningSince };
      state = isSilent ? later : say(later, NOON + ms, said);
      const step = { event: { type: event, at: NOON + ms } as HomeEvent, before, after: state };
      memory = condition.step === undefined ? memory : condition.step(memory, step);
      return one;
    },
    judge: (isRaised = false, laterMs = state.at - NOON) =>
      condition.judge(memory, { ...state, at: NOON + laterMs }, isRaised),
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
