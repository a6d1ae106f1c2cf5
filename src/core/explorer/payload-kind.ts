import { cleanText } from '../clean-text.ts';
import { sizeText } from '../count-text.ts';

/** A format of pictures, by its own definition: what the first bytes are, and where its size stands. */
interface PictureFormat {
  readonly name: string;
  readonly begin: readonly number[];
  /** Width and height in points; `null` where they are not among the bytes that are here. */
  readonly sizeOf: (view: DataView) => readonly [number, number] | null;
}

const PICTURES: readonly PictureFormat[] = [
  {
    name: 'PNG',
    begin: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    // The first chunk is IHDR (PNG, section 11.2.1).
    sizeOf: view => (view.byteLength < 24 ? null : [view.getUint32(16), view.getUint32(20)]),
  },
  { name: 'JPEG', begin: [0xff, 0xd8, 0xff], sizeOf: jpegSize },
  {
    name: 'GIF',
    begin: [0x47, 0x49, 0x46, 0x38],
    sizeOf: view => (view.byteLength < 10 ? null : [view.getUint16(6, true), view.getUint16(8, true)]),
  },
];

/** From segment to segment to the frame header (ITU T.81, section B.2.2): SOF0 to SOF15 but for DHT, JPG and DAC. */
function jpegSize(view: DataView): readonly [number, number] | null {
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
  return null;
}

/** What picture a payload is, of which `kept` bytes are here: `PNG picture, 640 × 480`; `null` where it is none. */
export function pictureText(kept: Uint8Array): string | null {
  const picture = PICTURES.find(({ begin }) => begin.every((byte, place) => kept[place] === byte));
  if (picture === undefined) return null;
  const size = picture.sizeOf(new DataView(kept.buffer, kept.byteOffset, kept.byteLength));
  return `${picture.name} picture${size === null ? '' : `, ${size[0]} × ${size[1]}`}`;
}

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
  const picture = pictureText(kept);
  if (picture !== null) return `(${picture}, ${sizeText(bytes)})`;
  const text = payloadText(kept, bytes);
  if (text === null) return `(${sizeText(bytes)} that are no text)`;
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? '(blank)' : cleanText(kept.length < bytes ? `${line}…` : line, columns);
}
