import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import type { LogSource } from '../state/broker.ts';
import type { HomeState } from '../state/state.ts';

/** For how long the same line may still come by another way, ms. */
const ECHO_MS = 10_000;
/** How many lines are remembered for that. */
const MOST_REMEMBERED = 64;

/**
 * Remembers a log line, and says whether it is the second coming of one: a console that reads the log file and
 * `$SYS/broker/log/#` hears each line by both ways, while two equal lines by one way are two events.
 */
export function hearLogEntry(
  state: HomeState,
  entry: BrokerLogEntry,
  source: LogSource,
): { readonly state: HomeState; readonly isEcho: boolean } {
  const words = JSON.stringify({ ...entry, at: null });
  const recent = state.recentLog.filter(heard => state.at - heard.at <= ECHO_MS);
  const first = recent.find(heard => heard.words === words && heard.source !== source);
  const recentLog =
    first === undefined
      ? [...recent, { source, at: state.at, words }].slice(-MOST_REMEMBERED)
      : recent.filter(heard => heard !== first);
  return { state: { ...state, recentLog }, isEcho: first !== undefined };
}
