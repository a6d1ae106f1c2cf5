import { formatDuration } from '../../duration.ts';
import { clientLabelOf } from '../../house/house.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { CommandSeal } from '../../sealed/seal-seen.ts';
import type { HomeState } from '../state/state.ts';
import { getRow } from '../state/table.ts';

/** A command names a message of its device, which takes it for 30 s after that: so long at most before it is sent, ms. */
const NAMED_FOR_MS = 25_000;

/**
 * With what a command on this topic is sealed, by the number of the command; `null` where its device does not seal. The
 * error says as a clause why it cannot be, and then what to do.
 */
export function commandSeal(
  state: HomeState,
  topic: string,
  commandId: number,
): Result<CommandSeal | null, readonly [why: string, cure: string]> {
  const clientId = state.house.sealed.get(topic);
  if (clientId === undefined) return ok(null);
  const mark = getRow(state.clients, clientId)?.seal.mark ?? null;
  const silentMs = mark?.heardAt == null ? null : state.at - mark.heardAt;
  if (mark === null || silentMs === null || silentMs > NAMED_FOR_MS) {
    const device = clientLabelOf(state.house, clientId);
    const since = silentMs === null ? 'yet' : `for ${formatDuration(silentMs)}`;
    return fail([
      `nothing genuine was heard of ${device} ${since}, and a sealed command has to name what it said last`,
      `Nothing was sent: look whether ${device} is live, then try again`,
    ]);
  }
  // Two of ours at the same millisecond differ by the number, those of others by the millisecond.
  const id = String(Math.floor(state.at) * 100 + (commandId % 100));
  return ok({ boot: mark.boot, counter: mark.counter, id });
}
