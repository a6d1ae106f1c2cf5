import type { DaemonSnapshot } from '../../core/format/status-snapshot.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Issue } from '../../core/issue.ts';

/** What came of asking the daemon of a house. */
export type Answer =
  /** All that it knows, at the time of this moment: it has listened until now. */
  | { readonly kind: 'heard'; readonly state: HomeState; readonly daemon: DaemonSnapshot }
  /** There is one, and what it knows is not what would be heard from here: why, a clause about it, and whether it ails. */
  | { readonly kind: 'unused'; readonly pid: number | null; readonly why: string; readonly isAtFault: boolean }
  /** There is none, or it is to be passed by. */
  | { readonly kind: 'none' };

/** Why a daemon that is there was not asked, for who wonders that it takes as long as without one; `null` where none is. */
export function daemonNote(answer: Answer): Issue | null {
  if (answer.kind !== 'unused') return null;
  const { pid, why } = answer;
  const who = pid === null ? 'the daemon' : `the daemon, process ${pid}`;
  return { severity: 'info', message: `the broker was asked, and not ${who}: ${why}` };
}
