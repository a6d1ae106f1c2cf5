import type { Issue } from '../../core/issue.ts';
import type { DiskFacts } from '../../io/files/disk-facts.ts';
import { HistoryRefusal } from '../../io/history-store/place.ts';
import { pruneHistory, removalTexts } from '../../io/history-store/upkeep/prune.ts';
import type { HistoryLimits } from './limits.ts';
import type { Trouble } from './trouble.ts';

/** Where is recorded, and how much room there may be taken. */
export interface Room {
  readonly folder: string;
  readonly limits: HistoryLimits;
  readonly readDiskFacts: (folder: string) => DiskFacts | null;
}

const MIB = 1_048_576;

/** Told as long as the clock of the machine says a time before this program was written. */
export const clockUnset = new HistoryRefusal({
  severity: 'warning',
  message: 'the clock of this machine was never set: what is heard is kept for an hour, and not recorded yet',
  cure: 'It goes on by itself, at the right times, when a time server has answered: timedatectl shows whether one does.',
});

/** The words of a refusal. */
export function asIssue(error: unknown): Issue {
  if (error instanceof HistoryRefusal) return error.issue;
  throw error;
}

/** Tells that the disk is another machine's: there are fewer promises to build on. */
export function tellNetwork({ folder, readDiskFacts }: Room, trouble: Trouble): void {
  const network = readDiskFacts(folder)?.network ?? null;
  if (network === null) return;
  const message = `the history in ${folder} is on a disk of another machine (${network}): a cut there may cost more than a minute`;
  const cure = 'Set XDG_STATE_HOME to a folder on a disk of this machine, and let only one machine record into it.';
  trouble.tell(new HistoryRefusal({ severity: 'warning', message, cure }));
}

/** Why no values are recorded: so little room is left that others need it more; `null` where there is enough. */
export function lackOfRoom({ folder, limits, readDiskFacts }: Room): HistoryRefusal | null {
  const free = readDiskFacts(folder)?.freeBytes ?? Number.POSITIVE_INFINITY;
  if (free >= limits.floorBytes) return null;
  const [left, floor] = [free, limits.floorBytes].map(bytes => Math.floor(bytes / MIB));
  const message = `no values are recorded into ${folder}: ${left} MB are free on its disk, and ${floor} MB are left to others`;
  const cure =
    'Make room: it goes on by itself, and what was heard meanwhile is kept for an hour. "historyFloorMb" sets how much is left.';
  return new HistoryRefusal({ severity: 'warning', message, cure });
}

/** Removes what need not be kept, and tells the history which it was; gives by how much the rest is too large, bytes. */
export async function prune(
  { folder, limits, say }: Room & { readonly say: (text: string) => void },
  today: number,
  pause: () => Promise<void>,
): Promise<number> {
  const pruned = await pruneHistory(folder, limits, today, pause);
  for (const text of removalTexts(pruned, limits)) say(text);
  return pruned.overBy;
}

/** Tells that the history is larger than it may be, by so many bytes, though nothing more can be removed. */
export function tellOver(overBy: number, { folder, limits }: Room, trouble: Trouble): void {
  if (overBy === 0) {
    trouble.settle();
    return;
  }
  const [over, budget] = [overBy, limits.budgetBytes ?? 0].map(bytes => Math.ceil(bytes / MIB));
  const message = `the history in ${folder} is ${over} MB larger than the ${budget} MB that it may take, and no more of it can be removed`;
  const cure =
    'Raise "historyBudgetMb" in the settings: the last seven days, the roll-ups of an hour and the events stay.';
  trouble.tell(new HistoryRefusal({ severity: 'warning', message, cure }));
}
