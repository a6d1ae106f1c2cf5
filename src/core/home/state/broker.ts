/** Where a line of the broker's log was read. */
export type LogSource = 'file' | 'journal' | 'topic';

/** How a refusal came to light; the words are the contract's. */
export type DenialEvidence = 'refused' | 'logged' | 'echo';

/** What was denied to whom. Equal denials are counted, not repeated. */
export interface Denial {
  readonly id: number;
  readonly firstAt: number;
  readonly at: number;
  /** From 1 on. */
  readonly count: number;
  readonly evidence: DenialEvidence;
  /** The MQTT client identifier, where known. */
  readonly client: string | null;
  readonly user: string | null;
  readonly access: 'connect' | 'subscribe' | 'publish';
  /** `null` for a refused login. */
  readonly topic: string | null;
  /** What happened, one sentence without a full stop. */
  readonly detail: string;
  /** What to do about it: the line to add, with file and line where they are known. */
  readonly remedy: string;
}

/** The broker cannot use its access control list, by the words of its log. */
export interface AclAlarm {
  /** When the broker said so, ms. */
  readonly at: number;
  /** Its words, clean and short. */
  readonly detail: string;
  /** When it has read its files again since, ms; `null` where it has not. */
  readonly reloadedAt: number | null;
}

/** What is known of the broker's program. */
export interface BrokerLife {
  /** `2.0.11`, by its log or its `$SYS`; `null` where nobody said. */
  readonly version: string | null;
  /** Whether it was started and has not yet said that it has read its files. */
  readonly isStarting: boolean;
  /** What it last said against its files, ms and its words, clean and short. */
  readonly complaint: { readonly at: number; readonly about: BrokerFile; readonly detail: string } | null;
  /** Why it does not run: it ended, or did not start, because of a file. */
  readonly end: { readonly how: 'ended' | 'not-started'; readonly about: BrokerFile; readonly detail: string } | null;
}

/** What is known of a broker of which nothing was heard. */
export const unknownBroker: BrokerLife = { version: null, isStarting: false, complaint: null, end: null };

export type BrokerFile = 'access control list' | 'password file';

/** A login that the broker's log told of. */
export interface KnownLogin {
  readonly user: string | null;
  readonly address: string;
  readonly port: number;
  /** When, ms; `null` where the log does not tell times. */
  readonly at: number | null;
  /** Whether the log has not told since that it is gone. */
  readonly isHere: boolean;
}

/** What was heard of the broker's log, by which way. */
export interface HeardLogEntry {
  readonly source: LogSource;
  readonly at: number;
  /** What it says, without its time: the log file and the log topic write that differently. */
  readonly words: string;
}

/** How one client identifier was taken over lately. */
export interface TakeOvers {
  /** When, ms, oldest first. */
  readonly times: readonly number[];
  /** Who had it, one after the other: before the first of them, and after each. */
  readonly logins: readonly KnownLogin[];
  /** The message of the issue that tells of it; `null` where nothing is wrong, as far as is known. */
  readonly told: string | null;
}

/** Until when, ms, a denial is of now: from then on it is history in the list of denials. */
export function denialCountsUntil({ at }: Pick<Denial, 'at'>): number {
  return at + 600_000;
}
