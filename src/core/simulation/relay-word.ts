import { positionOfWord } from '../mqtt/position-word.ts';

/** Longer than any word a device understands; what is longer is not even looked at. */
const LONGEST = 64;

/**
 * What a command means to a device: the configured words, on/off, an/aus, 1/0 and true/false, in any case and with
 * blanks around it; `null` where it means nothing.
 */
export function parseRelayWord(payload: string, own: { readonly on: string; readonly off: string }): boolean | null {
  if (payload.length > LONGEST) return null;
  const word = payload.trim();
  const inAnyCase = { on: own.on.toLowerCase(), off: own.off.toLowerCase() };
  const position = positionOfWord(word, { on: own.on, off: own.off }) ?? positionOfWord(word.toLowerCase(), inAnyCase);
  return position === null ? null : position === 'on';
}
