import type { Cadence } from '../readings/cadence.ts';
import type { Level } from '../readings/level.ts';
import type { Range } from '../readings/range.ts';
import type { Series } from '../readings/series.ts';
import type { Freshness } from './client.ts';

/** What is known of one sensor. */
export interface Reading {
  readonly id: string;
  /** The last good value, in the unit of the sensor; `null` where none was ever received. */
  readonly value: number | null;
  /** When that value was received, ms; for a retained one that says nothing about its age. */
  readonly receivedAt: number | null;
  /** Whether that value came from a retained message: its age is unknown. */
  readonly isRetained: boolean;
  /** When anything that was not retained was last heard on its topic, ms: good values and broken payloads alike. */
  readonly heardAt: number | null;
  /** The last payload, where it could not be read as a value or was not believed; the last good value stays. */
  readonly fault: ReadingFault | null;
  /** A jump that physics forbids: it waits for the next reading, whatever that says. */
  readonly held: ReadingFault | null;
  readonly cadence: Cadence;
  readonly series: Series;
  /** The scale that its values taught, where the house file has none; `null` before the first. */
  readonly learnedRange: Range | null;
  /** As last announced in the journal. */
  readonly freshness: Freshness;
  /** As last announced in the journal. */
  readonly level: Level;
}

/** A payload that is no value: why, in words, and when it came. */
export interface ReadingFault {
  readonly at: number;
  /** A clause, as in `"err" is not a number`; clean and short. */
  readonly reason: string;
  /** The value that it says and nobody can believe, by `whyDoubted`; absent where none can be read. */
  readonly doubted?: number;
}

/** How a payload that is no value is called. */
export function faultWord({ doubted }: ReadingFault): 'unreadable' | 'implausible' {
  return doubted === undefined ? 'unreadable' : 'implausible';
}
