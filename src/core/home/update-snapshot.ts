import { sizeText } from '../count-text.ts';
import { labelOf } from '../house/house.ts';
import { hearFromClient } from './clients/update-client.ts';
import { addToJournal } from './state/journal.ts';
import type { Message } from './state/message.ts';
import { type HomeState, pastNote, saidAt } from './state/state.ts';
import { getRow, setRow } from './state/table.ts';
import type { Snapshot, WordReading } from './state/word.ts';

/** A picture comes no earlier than this before what it shows, and no later than this after it, ms. */
const BEFORE_MS = 10_000;
const AFTER_MS = 60_000;

/**
 * A picture of an event came: its size is noted. One that the broker had kept is of nobody knows when, and of what did not
 * happen a picture is no news: a camera may send them all day.
 */
export function receiveSnapshot(state: HomeState, id: string, { payload, isRetained }: Message): HomeState {
  const row = getRow(state.words, id);
  if (row === undefined || isRetained || payload.length === 0) return state;
  const heard = hearFromClient(state, id);
  if (snapshotOfLast(row) !== null) return heard;
  const snapshot: Snapshot = { at: saidAt(state), bytes: payload.length };
  const next = { ...row, snapshot };
  const noted = { ...heard, words: setRow(heard.words, id, next) };
  if (snapshotOfLast(next) === null) return noted;
  return addToJournal(noted, { level: 'info', kind: 'item', subject: id, text: snapshotText(noted, id, snapshot) });
}

/** The picture of what happened last; `null` where there is none, or only an older one. */
export function snapshotOfLast({ receivedAt, isRetained, snapshot }: WordReading): Snapshot | null {
  if (snapshot === null || receivedAt === null || isRetained) return null;
  const laterMs = snapshot.at - receivedAt;
  return laterMs >= -BEFORE_MS && laterMs <= AFTER_MS ? snapshot : null;
}

/** What is told of a picture: one sentence without a full stop. */
export function snapshotText(state: HomeState, id: string, { bytes }: Snapshot): string {
  return `${labelOf(state.house, id)}: a picture of ${sizeText(bytes)} came${pastNote(state)}`;
}
