/**
 * Characters that must not reach a terminal from the network: C0 and C1 controls (escape sequences begin with them),
 * line and paragraph separators, bidirectional overrides and isolates (Unicode TR36, "Bidirectional Text Spoofing"),
 * zero-width characters, the byte-order mark, tag characters and lone surrogates.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/**
 * Text from outside (payloads, topics, client identifiers, log lines, labels) made safe to show: each unsafe
 * character becomes one `replacement`, and what is longer than `maxLength` code points is cut with `…`.
 * The result holds no character that moves a cursor, changes a colour or reorders its neighbours.
 */
export function cleanText(text: string, maxLength = 200, replacement = '\u{fffd}'): string {
  // Cut first: a payload may be 256 MiB (MQTT 5, section 2.1.4) and only its beginning is ever shown.
  const head = text.length > maxLength * 2 ? text.slice(0, maxLength * 2) : text;
  const clean = [...head.replace(UNSAFE, replacement)];
  if (clean.length <= maxLength && head.length === text.length) return clean.join('');
  return `${clean.slice(0, Math.max(0, maxLength - 1)).join('')}…`;
}

/** A text of any length with each unsafe character replaced, one UTF-16 code unit after the other. */
export function replaceUnsafe(text: string, replacement: (unit: string) => string): string {
  return text.replace(UNSAFE, character => character.split('').map(replacement).join(''));
}

/** `cleanText` for a text whose length is its own: nothing is cut. */
export function cleanWhole(text: string): string {
  return text.replace(UNSAFE, '\u{fffd}');
}

/** `cleanText` for a text of several lines, which stay lines; none of them is cut below 10,000 characters. */
export function cleanLines(text: string): string {
  return text
    .split('\n')
    .map(line => cleanText(line, 10_000))
    .join('\n');
}
