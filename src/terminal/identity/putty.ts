import type { ProbeReplies } from './probe-replies.ts';

/** Switches PuTTY (and xterm) from an 8-bit character set to UTF-8; PuTTY manual 4.10.1, ISO 2022 `ESC % G`. */
export const SELECT_UTF8 = '\u001b%G';

/** Back to the character set that was configured. */
export const SELECT_DEFAULT_CHARSET = '\u001b%@';

/**
 * Whether the device attributes are those of PuTTY: a VT102 (`?6c`) that calls itself version 136. No other
 * terminal gives both answers. The answer to `^E` would say it too, but it arrives as typed text.
 */
export function isAnsweredByPutty(replies: ProbeReplies | null): boolean {
  return replies !== null && replies.primaryAttributes === '6' && replies.secondaryAttributes === '0;136;0';
}
