import type { HouseStep } from '../alarms/condition.ts';
import { say } from '../alarms/measured.ts';
import type { HomeState } from '../home/state/state.ts';

/** Since when a burner or a pump is known to run. */
export interface Run {
  /** ms; `null` while it does not run, or that is not known. */
  readonly sinceAt: number | null;
  /** Whether it was seen to begin: else it may have run for longer. */
  readonly isSeen: boolean;
  /** Whether it is known where it stands. */
  readonly isKnown: boolean;
}

const UNKNOWN: Run = { sinceAt: null, isSeen: false, isKnown: false };
const RESTS: Run = { ...UNKNOWN, isKnown: true };

/** The run that is known of at the begin. */
export function startRun(state: HomeState, id: string): Run {
  return nextRun(RESTS, state, id);
}

/** The run after a step: it ends with what is not heard any more, and what came in such a gap was not seen to begin. */
export function stepRun(run: Run, { after }: HouseStep, id: string): Run {
  return nextRun(run, after, id);
}

function nextRun(run: Run, state: HomeState, id: string): Run {
  const said = say(state, id);
  if (said.kind === 'unwatched') return UNKNOWN;
  if (said.word !== 'on') return RESTS;
  if (run.sinceAt !== null) return run;
  const seenAt = run.isKnown ? said.changedAt : null;
  return { sinceAt: seenAt ?? state.at, isSeen: seenAt !== null, isKnown: true };
}

/** How long it has run at the least, ms; `null` while it does not. */
export function runMs({ sinceAt }: Run, { at }: HomeState): number | null {
  return sinceAt === null ? null : Math.max(0, at - sinceAt);
}
