import type { Clock } from '../../io/clock.ts';
import { readSentUntil, writeSentUntil } from '../../io/engine/sent-until.ts';

/** How far a feed has come, kept so that the next run goes on there. Seconds since 1970. */
export interface Position {
  /** Up to when all has arrived; `null` where nothing has yet. */
  readonly sentUntil: () => number | null;
  readonly advance: (second: number) => void;
  /** What was heard from then on has come late, and is to be sent as well. */
  readonly goBack: (second: number) => void;
  readonly note: () => void;
}

/** It is written so often, ms: each write wears a card, and a run that goes on too early asks what has arrived. */
const NOTE_MS = 600_000;

/** Opens it where the last run left it. */
export function openPosition(folder: string, writeUrl: string, clock: Clock): Position {
  let sentUntil = readSentUntil(folder, writeUrl);
  let notedAt = clock.monotonicNow();
  const note = (): void => {
    notedAt = clock.monotonicNow();
    if (sentUntil !== null) writeSentUntil(folder, writeUrl, sentUntil);
  };
  return {
    sentUntil: () => sentUntil,
    advance: second => {
      const isFirst = sentUntil === null;
      sentUntil = Math.max(sentUntil ?? second, second);
      if (isFirst || clock.monotonicNow() - notedAt >= NOTE_MS) note();
    },
    goBack: second => {
      if (sentUntil !== null && second < sentUntil) sentUntil = second;
    },
    note,
  };
}
