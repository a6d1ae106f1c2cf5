import { openVerdictLines } from '../core/format/open-verdicts.ts';
import { leaveLines } from '../io/files/state-log.ts';
import type { HomeSession } from './session.ts';
import type { World } from './world.ts';

/**
 * Leaves a line in our log for each command that has no verdict yet: a line that dies in mid-command must not leave the
 * person guessing. To be called before the session is closed; may be called from a signal handler.
 */
export function leaveOpenVerdicts(session: HomeSession | null, { env, clock }: Pick<World, 'env' | 'clock'>): void {
  if (session !== null) leaveLines(env, openVerdictLines(session.store.getState(), clock.now()));
}
