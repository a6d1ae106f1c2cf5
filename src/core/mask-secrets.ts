/** What stands in place of a secret, whatever its length. */
export const HIDDEN = '(hidden)';

/**
 * A text with the password hidden in each address in it: what stands between a colon and the last `@` of the same word,
 * with a scheme before it (`mqtt://me:pw@pi`) or without (`me:pw@pi`). For a whole address, `maskAddress` hides a password
 * with blanks in it too.
 */
export function maskSecrets(text: string): string {
  return text.replace(/\S+/g, maskAddress);
}

/** An address, or whatever was typed in place of one, with its password hidden: up to the last `@`. */
export function maskAddress(address: string): string {
  const [start, end] = secretIn(address);
  return start === end ? address : `${address.slice(0, start)}${HIDDEN}${address.slice(end)}`;
}

/** The same without the password and its colon, to be carried along. */
export function withoutSecret(address: string): string {
  const [start, end] = secretIn(address);
  return start === end ? address : `${address.slice(0, start - 1)}${address.slice(end)}`;
}

/** From where to where the password goes; twice the same place for none. */
function secretIn(address: string): readonly [start: number, end: number] {
  const end = address.lastIndexOf('@');
  let colon = address.indexOf(':');
  // The colon of a scheme is none before a password.
  while (colon >= 0 && address.startsWith('//', colon + 1)) colon = address.indexOf(':', colon + 1);
  return colon < 0 || colon + 1 >= end ? [0, 0] : [colon + 1, end];
}
