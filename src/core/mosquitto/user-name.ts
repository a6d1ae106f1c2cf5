/** The longest user name that the protocol can carry, bytes (MQTT 5.0, 1.5.4). */
const MAX_BYTES = 65_535;

/**
 * Why a password file of mosquitto cannot hold a user of this name, in words to be put behind it; `null` where it can.
 * Whatever is no fault is taken literally there: `*`, `%u`, blanks inside, letters of any script.
 */
export function userNameFault(name: string): string | null {
  if (name === '') return 'is empty';
  if (name.includes(':')) return 'has a colon, behind which the password stands in the file';
  if (name.startsWith('#')) return 'begins with #, which makes a comment of the line';
  // Blanks as C's isspace() has them, which the broker cuts off at both ends; the control characters are not allowed anyhow.
  if (/^ | $/.test(name)) return 'has a blank at its beginning or end, which mosquitto cuts off';
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return 'has a control character';
  if (name.startsWith('\ufeff')) return 'begins with a byte-order mark';
  if (/\p{Surrogate}|\ufffd/u.test(name)) return 'is no valid UTF-8';
  return new TextEncoder().encode(name).length > MAX_BYTES ? `is longer than ${MAX_BYTES} bytes` : null;
}
