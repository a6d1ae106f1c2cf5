import type { Level } from '../readings/level.ts';
import type { ReadingFault } from './reading.ts';

/** A picture of an event, of which only this is kept. */
export interface Snapshot {
  /** When it was received, ms. */
  readonly at: number;
  readonly bytes: number;
}

/** What is known of something that is said in words: a state, a binary, an event or a counter. */
export interface WordReading {
  readonly id: string;
  /** The last word that could be read, as `readWord` gives it; `null` where none was ever received. */
  readonly word: string | null;
  /** Whether it was not said: its device did not say the other one for the time of `offAfter`. */
  readonly isPresumed: boolean;
  /** When it was received, ms, or of one that is presumed the other word; for a retained one that says nothing about its age. */
  readonly receivedAt: number | null;
  /** Whether it came from a retained message: its age is unknown. */
  readonly isRetained: boolean;
  /** Since when it has been this word, ms, as far as we saw it change; `null` where the change was not seen. */
  readonly changedAt: number | null;
  /** The last payload, where it could not be read; the last good word stays. */
  readonly fault: ReadingFault | null;
  /** How often an event happened since `countedSince`, retained messages left out. */
  readonly count: number;
  /** Since when it is counted, ms; `null` before the first. */
  readonly countedSince: number | null;
  /** The first picture that came with what happened last, or just before it; `null` where none did. */
  readonly snapshot: Snapshot | null;
  /** As last announced in the journal. */
  readonly level: Level;
}
