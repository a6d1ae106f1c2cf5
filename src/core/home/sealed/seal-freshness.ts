import type { Freshness } from '../state/client.ts';
import type { ClientSeal, RefusedMessage, SealAlarm } from '../state/seal.ts';
import type { HomeState } from '../state/state.ts';
import { getRow, rowsOf } from '../state/table.ts';

/** So long after it came, ms, a message that was not taken is what there is to say of a topic. */
const TOLD_FOR_MS = 600_000;

interface Told {
  readonly freshness: Freshness;
  readonly reason: string | null;
}

/**
 * What is said of something of a client that seals: where nothing fresh is heard of it, but messages that are not taken
 * come, that they do. `topic` is that of an item; `null` for the client as a whole.
 */
export function underSeal<Report extends Told>(
  state: HomeState,
  clientId: string | undefined,
  topic: string | null,
  report: Report,
): Report {
  if (report.freshness !== 'waiting' && report.freshness !== 'stale') return report;
  const seal = clientId === undefined ? undefined : getRow(state.clients, clientId)?.seal;
  const refused = seal === undefined ? undefined : lastRefused(seal, topic);
  if (refused === undefined || state.at - refused.at > TOLD_FOR_MS) return report;
  const { word, reason } = refused;
  return { ...report, freshness: word ?? report.freshness, reason };
}

/** The newest word of somebody on the line, as long as it is told; `null` where there is none. */
export function sealAlarm(state: HomeState): SealAlarm | null {
  if (state.house.sealed.size === 0) return null;
  const alarms = rowsOf(state.clients).flatMap(({ seal }) => seal.alarm ?? []);
  const told = alarms.filter(({ at }) => state.at - at <= TOLD_FOR_MS);
  return told.reduce<SealAlarm | null>((last, one) => (last === null || one.at > last.at ? one : last), null);
}

function lastRefused({ refused }: ClientSeal, topic: string | null): RefusedMessage | undefined {
  if (topic !== null) return refused.get(topic);
  return [...refused.values()].reduce<RefusedMessage | undefined>(
    (last, one) => (last === undefined || one.at >= last.at ? one : last),
    undefined,
  );
}
