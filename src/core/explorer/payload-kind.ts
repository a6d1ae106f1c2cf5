import { cleanText } from '../clean-text.ts';

/** Of pictures: what the first bytes are, by the formats' own definitions. */
const PICTURES: readonly (readonly [name: string, begin: readonly number[]])[] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
];

/** The text of a payload, of which `kept` bytes are here; `null` where it is none. */
export function payloadText(kept: Uint8Array, bytes: number): string | null {
  try {
    // The end of what is kept may stand in the middle of a sign.
    return new TextDecoder('utf-8', { fatal: true }).decode(kept, { stream: kept.length < bytes });
  } catch {
    return null;
  }
}

/** A payload in one line of up to `columns` signs: its text, or what it is. */
export function payloadLine(kept: Uint8Array, bytes: number, columns: number): string {
  if (bytes === 0) return '(empty)';
  const picture = PICTURES.find(([, begin]) => begin.every((byte, place) => kept[place] === byte));
  if (picture !== undefined) return `(${picture[0]} picture, ${sizeText(bytes)})`;
  const text = payloadText(kept, bytes);
  if (text === null) return `(${sizeText(bytes)} that are no text)`;
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? '(blank)' : cleanText(kept.length < bytes ? `${line}…` : line, columns);
}

/** `12 bytes`, `1.5 kB`. */
function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
