import { cleanText } from '../../clean-text.ts';
import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import { addToJournal, type JournalEntry } from '../state/journal.ts';
import type { HomeState } from '../state/state.ts';

/** Lines older than this, ms, are history: they teach who is who, and are no news. */
export const NEWS_MS = 60_000;

/** A time that is no news, ms. */
export const LONG_AGO = 0;

/** When a line was written, as far as it says so. */
export function writtenAt(state: HomeState, entry: BrokerLogEntry): number {
  return entry.at ?? state.at;
}

/** Whether it is of now, and not of before we looked. */
export function isNews(state: HomeState, entry: BrokerLogEntry): boolean {
  return state.at - writtenAt(state, entry) <= NEWS_MS;
}

/** A client in a sentence, by its identifier. */
export function named(clientId: string | null): string {
  return clientId === null ? 'an unnamed client' : `"${cleanText(clientId, 40)}"`;
}

/** Tells it in the journal, where it is news. */
export function tell(state: HomeState, entry: BrokerLogEntry, level: JournalEntry['level'], text: string): HomeState {
  return isNews(state, entry) ? addToJournal(state, { level, kind: 'broker', subject: null, text }) : state;
}
