import { restoreState } from '../../core/history/replay/kept-state.ts';
import type { KeptMoment } from '../../core/history/replay/kept-steps.ts';
import type { PastStep } from '../../core/history/replay/past-steps.ts';
import { emptySeries, joinSeries, type Series } from '../../core/home/readings/series.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import type { Session } from '../../core/home/state/link.ts';
import { createState, type HomeState } from '../../core/home/state/state.ts';
import { getRow, mapRows } from '../../core/home/state/table.ts';
import { update } from '../../core/home/update.ts';
import type { House } from '../../core/house/house.ts';

/** The house of then, as far as its steps were taken again. What they ask for in the world is not done. */
export interface Rerun {
  readonly state: HomeState;
  /** The commands of the recording by their numbers, and which number they have here. */
  readonly commands: ReadonlyMap<number, number>;
}

/** The house before anything of it is known: connected, as it was heard. */
export function beginRerun(house: House, session: Session, at: number): Rerun {
  const link = { phase: 'connected', protocol: '5', connectedAt: at } as const;
  const { state } = update(createState(house, session, at), { type: 'link-changed', at, link });
  return { state: { ...state, journal: [] }, commands: new Map() };
}

/** The house as it was kept, with what its sensors said before that. */
export function rerunFrom({ state: kept }: KeptMoment, house: House, before: ReadonlyMap<string, Series>): Rerun {
  const state = restoreState(kept, house);
  const readings = mapRows(state.readings, row => {
    const series = before.get(row.id);
    return series === undefined ? row : { ...row, series: joinSeries(series, row.series) };
  });
  // What was on its way then has the number that it had.
  return { state: { ...state, readings }, commands: new Map() };
}

/** The charts as they are by now, by sensor. */
function seriesIn({ readings }: HomeState): ReadonlyMap<string, Series> {
  return new Map(readings.ids.map(id => [id, getRow(readings, id)?.series ?? emptySeries]));
}

/** Takes one step again. */
export function takeStep(rerun: Rerun, step: PastStep): Rerun {
  if (step.kind === 'moment') return rerunFrom(step.moment, rerun.state.house, seriesIn(rerun.state));
  const event = asHere(step.event, rerun.commands);
  const { state } = update(rerun.state, event);
  if (event.type !== 'switch-requested' || step.commandId === null) return { ...rerun, state };
  const command = getRow(state.switches, event.switchId)?.command;
  if (command == null) return { ...rerun, state };
  return { state, commands: new Map(rerun.commands).set(step.commandId, command.id) };
}

/** Lets time go by. */
export function passTo(rerun: Rerun, at: number): Rerun {
  return { ...rerun, state: update(rerun.state, { type: 'ticked', at }).state };
}

/** Answers name the command by the number that it has here. */
function asHere(event: HomeEvent, commands: Rerun['commands']): HomeEvent {
  if (!('commandId' in event)) return event;
  return { ...event, commandId: commands.get(event.commandId) ?? event.commandId };
}
