import type { SealedText } from './sealed-text.ts';

/**
 * What was found of a message on a topic whose device seals. `unsealed`: it came in the clear. `forged`: it is not sealed
 * with the key of that device for that topic. `no-key`: there is none here to open it with.
 */
export type SealSeen = OpenedSeal | { readonly kind: 'unsealed' | 'forged' | 'no-key' };

/** A genuine message: when it was sent by the count of its device, and which key it is sealed with. */
export interface OpenedSeal extends Pick<SealedText, 'boot' | 'counter' | 'id'> {
  readonly kind: 'opened';
  /** Tells keys apart; it is none itself. */
  readonly keyId: string;
  /** Whether that is the key before the last rotation. */
  readonly isPrevious: boolean;
}

/** What a command is sealed with: the last message of its device that was heard, and an id of its own. */
export type CommandSeal = Pick<SealedText, 'boot' | 'counter' | 'id'>;
