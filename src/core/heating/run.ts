import type { HouseStep } from '../alarms/condition.ts';
import { say } from '../alarms/measured.ts';
import type { HomeState } from '../home/state/state.ts';

/** Since when a burner or a pump is known to run. */
export interface Run {
  /** ms; `null` while it does not run, or that is not known. */
  readonly sinceAt: number | null;
  /** Whether it was seen to begin: else it may have run for longer. */
  readonly isSeen: boolean;
}

const NONE: Run = { sinceAt: null, isSeen: false };

/** The run that is known of at the begin. */
export function startRun(state: HomeState, id: string): Run {
  return nextRun(NONE, state, id);
}

/** The run after a step: it ends with what is not heard any more. */
export function stepRun(run: Run, { after }: HouseStep, id: string): Run {
  return nextRun(run, after, id);
}

function nextRun(run: Run, state: HomeState, id: string): Run {
  const said = say(state, id);
  if (said.kind === 'unwatched' || said.word !== 'on') return run === NONE ? run : NONE;
  const { changedAt } = said;
  if (changedAt !== null) return changedAt === run.sinceAt ? run : { sinceAt: changedAt, isSeen: true };
  return run.sinceAt === null || run.isSeen ? { sinceAt: state.at, isSeen: false } : run;
}

/** How long it has run at the least, ms; `null` while it does not. */
export function runMs({ sinceAt }: Run, { at }: HomeState): number | null {
  return sinceAt === null ? null : Math.max(0, at - sinceAt);
}
