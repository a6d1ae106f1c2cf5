import { assertNever } from '../../core/assert-never.ts';
import type { Result } from '../../core/result.ts';
import type { AppAction } from '../../ui/reducers/app-reducer.ts';
import type { AppCommand, RightNews, RightPlan, RightRequest } from '../../ui/state/app-state.ts';

/** What was done, sentences, and the command that has the broker go by it. */
export interface Written {
  readonly text: string;
  readonly command: string;
}

/** What gives somebody a right by a line of the ACL file. */
export interface RightsDesk {
  /** Fails with a sentence for the person. */
  readonly plan: (request: RightRequest) => Promise<Result<RightPlan, string>>;
  /** Tries it on a broker of its own, with `onProgress` in the words of what is done; `null` where it was broken off. */
  readonly attempt: (
    plan: RightPlan,
    onProgress: (says: string) => void,
  ) => Promise<Exclude<RightNews, { kind: 'trying' }> | null>;
  /** Breaks that off. */
  readonly stop: () => void;
  /** Writes what was planned; fails with a sentence. */
  readonly carryOut: (plan: RightPlan, proof: string | null) => Promise<Result<Written, string>>;
}

type RightCommand = Extract<AppCommand, { type: 'plan-right' | 'try-right' | 'stop-trying' | 'allow-right' }>;

/** Does what the console wants done about a right, and tells it what came of it. */
export async function giveRight(
  command: RightCommand,
  desk: RightsDesk | undefined,
  dispatch: (action: AppAction) => void,
): Promise<void> {
  const tell = (news: RightNews): void => dispatch({ type: 'right-news', news });
  if (desk === undefined) {
    return dispatch({ type: 'key-refused', why: 'There is no ACL file here that could be changed' });
  }
  switch (command.type) {
    case 'plan-right': {
      const plan = await desk.plan(command.request);
      return dispatch(plan.ok ? { type: 'right-planned', plan: plan.value } : { type: 'key-refused', why: plan.error });
    }
    case 'try-right': {
      const news = await desk.attempt(command.plan, says => tell({ kind: 'trying', says }));
      return news === null ? undefined : tell(news);
    }
    case 'stop-trying':
      return desk.stop();
    case 'allow-right': {
      const done = await desk.carryOut(command.plan, command.proof);
      if (done.ok) return tell({ kind: 'said', isGood: true, ...done.value });
      return tell({ kind: 'said', isGood: false, text: done.error, command: null });
    }
    default:
      return assertNever(command);
  }
}
