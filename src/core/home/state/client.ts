import type { AvailabilityWord } from '../../house/availability-word.ts';
import type { ClientSeal, SealRefusal } from './seal.ts';

/**
 * How fresh something is; the words are the contract's. Those of a seal: what is not taken is all that comes, and nothing
 * else is fresh.
 */
export type Freshness = 'waiting' | 'retained' | 'live' | 'late' | 'stale' | 'offline' | SealRefusal;

/** How often a client speaks: the cadence of the sensor whose silence is noticed first. */
export interface ClientCadence {
  readonly ms: number;
  readonly source: 'learned' | 'configured' | 'assumed';
  /** The id of that sensor; `null` while none is known. */
  readonly pace: string | null;
  /** How long the house file lets that sensor be silent; `null` where it does not say. It beats the cadence. */
  readonly expireAfterMs: number | null;
}

/** A word of availability with the topic that it came on, and whether it was a retained message. */
export interface Saying extends AvailabilityWord {
  readonly topic: string;
  readonly isRetained: boolean;
}

/** What was said of one item on topics of its own. */
export interface ItemPresence {
  /** The last word that is known on each of them, in the order in which they came. */
  readonly sayings: readonly Saying[];
  /** Set while it is said to be gone. */
  readonly offline: ClientState['offline'];
  /** Whether people were told that there was a word that nobody knows. */
  readonly hasToldPuzzle: boolean;
}

/** What is known of one client of the house. */
export interface ClientState {
  readonly id: string;
  /** When anything that was not retained was last heard from it, ms. */
  readonly heardAt: number | null;
  /** Said by its will, its availability topic or the broker's log; gone as soon as it speaks again. */
  readonly offline: { readonly at: number; readonly reason: string } | null;
  /** The last word on its availability topics; `null` where none came. */
  readonly said: Saying | null;
  /** The last word that is known on each of them, in the order in which they came. */
  readonly sayings: readonly Saying[];
  /** Whether people were told that it says a word that nobody knows. */
  readonly hasToldPuzzle: boolean;
  /** As last announced in the journal: `update` compares with it at each tick. */
  readonly freshness: Freshness;
  /** Since when it has been live without a break, ms; means nothing while `freshness` is another than live. */
  readonly liveSince: number | null;
  readonly cadence: ClientCadence;
  /** MQTT client identifiers that log lines showed for its user, newest last; at most 4. */
  readonly clientIds: readonly string[];
  /** Of one that seals what it sends. */
  readonly seal: ClientSeal;
  /** The keepalive of its last login, seconds, as the broker's log said; 0 means the broker never notices a silence. */
  readonly keepaliveSeconds: number | null;
}
