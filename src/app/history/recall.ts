import { readRecentPast } from '../../core/history/query/recent-past.ts';
import { type Clock, wallTimeOf } from '../../io/clock.ts';
import { openHistoryReader } from '../../io/history-store/reader.ts';
import { isHistoryFault } from '../../io/history-store/trouble.ts';
import type { HomeStore } from '../store.ts';

/** Brings what the history keeps of a short while ago into the house. Where it cannot be read the house begins without. */
export function recall(store: HomeStore, folder: string, clock: Clock): void {
  const at = clock.now();
  const wallAt = wallTimeOf(clock, at);
  try {
    const time = { aheadMs: at - wallAt, now: Math.floor(wallAt / 1_000) };
    const past = readRecentPast(openHistoryReader(folder), store.getState().house, time);
    store.dispatch({ type: 'history-read', at, past });
  } catch (error) {
    // Who writes it, and a chart that is asked for, say what is wrong with it.
    if (!isHistoryFault(error)) throw error;
  }
}
