/** So many characters are made in one call: arguments have a limit. */
const PIECE = 8_192;

/**
 * The first bytes as a text with one character for each of them (U+0000 to U+00FF): kept by the hundred thousand, small
 * texts take a tenth of what small arrays take.
 */
export function binaryText(bytes: Uint8Array, most: number): string {
  const end = Math.min(bytes.length, most);
  let text = '';
  for (let from = 0; from < end; from += PIECE) {
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(from, Math.min(end, from + PIECE)));
  }
  return text;
}

/** The bytes that such a text stands for. */
export function bytesOfText(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}
