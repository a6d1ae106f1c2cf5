/** Why a message on a sealed topic was not taken; the words are those of every format. */
export type SealRefusal = (typeof SEAL_REFUSALS)[number];

/** All of them. */
export const SEAL_REFUSALS = ['forged', 'replayed', 'unsealed'] as const;

/** The newest genuine message of a device that seals what it sends. */
export interface SealMark {
  /** Which of its starts, and the tenths of a second since then, as it said. */
  readonly boot: number;
  readonly counter: number;
  /** With which key, by what tells keys apart. */
  readonly keyId: string;
  /**
   * When that start was by our clock, ms, as far as the quickest of its messages tells: by it a message that was held up is
   * known. `null` while that is not known.
   */
  readonly startedAt: number | null;
  /** When that message came, ms; `null` where it came in an earlier run. */
  readonly heardAt: number | null;
}

/** The last message on one topic that was not taken. */
export interface RefusedMessage {
  /** `null`: there is no key here, so that nothing is known of it. */
  readonly word: SealRefusal | null;
  /** When it came, ms. */
  readonly at: number;
  /** One clause: what was seen of it, and what that may mean. */
  readonly reason: string;
}

/** That a message was not taken, in words. */
export interface SealAlarm {
  readonly at: number;
  readonly text: string;
  readonly cure: string;
}

/** What is known of the seal of one client; nothing of one that does not seal. */
export interface ClientSeal {
  readonly mark: SealMark | null;
  /** By topic; a genuine message there ends it. */
  readonly refused: ReadonlyMap<string, RefusedMessage>;
  /** The last of them on any topic, which genuine messages do not end: somebody is on the line. */
  readonly alarm: SealAlarm | null;
  /** The ids of commands that were seen on its topics, the newest last; at most 16. */
  readonly commandIds: readonly string[];
}

/** Before the first message. */
export const noSeal: ClientSeal = { mark: null, refused: new Map(), alarm: null, commandIds: [] };
