const ON = new Set(['on', 'an', '1', 'true']);
const OFF = new Set(['off', 'aus', '0', 'false']);

/** Longer than any word a device understands; what is longer is not even looked at. */
const LONGEST = 64;

/**
 * What a command means to a device: on/off, an/aus, 1/0, true/false and the configured words, in any case and with
 * blanks around it; `null` where it means nothing.
 */
export function parseRelayWord(payload: string, own: { readonly on: string; readonly off: string }): boolean | null {
  if (payload.length > LONGEST) return null;
  const word = payload.trim().toLowerCase();
  if (ON.has(word) || word === own.on.toLowerCase()) return true;
  if (OFF.has(word) || word === own.off.toLowerCase()) return false;
  return null;
}
