/** The alphabet of base64url: RFC 4648, section 5. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((sign, value) => [sign, value]));

/** Bytes as base64url, without `=`. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const signs = Math.min(4, bytes.length - at + 1);
    for (let sign = 0; sign < signs; sign += 1) text += ALPHABET[(word >> (18 - 6 * sign)) & 63];
  }
  return text;
}

/**
 * The bytes that stand in a base64url text; `null` for any other way of writing them: `=`, blanks, `+` and `/`, bits
 * behind the last byte. So there is one text for some bytes, and none can be altered without a trace.
 */
export function fromBase64Url(text: string): Uint8Array | null {
  const length = Math.floor((text.length * 3) / 4);
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(length);
  let word = 0;
  let bits = 0;
  let filled = 0;
  for (const sign of text) {
    const value = VALUES.get(sign);
    if (value === undefined) return null;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[filled] = (word >> bits) & 0xff;
    filled += 1;
  }
  return (word & ((1 << bits) - 1)) === 0 ? bytes : null;
}
