import { crc32 } from './crc32.ts';

/** What a frame of readings holds, by its first number. One that is not here is of a newer version, and left alone. */
export const FrameKind = { batch: 1, block: 2, index: 3, rollUp: 4, dayEnd: 5, steps: 6, state: 7, tally: 8 } as const;

/** Each frame begins with it: `h`. */
const MARK = 0x68;
/** Mark, length of the payload (3 bytes) and its CRC-32 (4 bytes), the low byte first. */
const HEAD_BYTES = 8;
/** The longest payload, bytes. Below 2^21 the length's last byte is a control character, which no JSON has. */
const LONGEST_PAYLOAD = 1_048_576;

/** A frame that was found whole. */
export interface Frame {
  /** Where it begins and ends in the bytes. */
  readonly start: number;
  readonly end: number;
  readonly payload: Uint8Array;
}

/** What a file of frames holds. */
export interface FramesRead {
  readonly frames: readonly Frame[];
  /** Where the last whole frame ends; what stands behind it was never finished. */
  readonly end: number;
  /** Bytes between whole frames that are no frame: damage. Zeros are room that is not used yet. */
  readonly damagedBytes: number;
}

/** A payload with its length and CRC before it. Throws a `RangeError` for one that is empty or too long. */
export function makeFrame(payload: Uint8Array): Uint8Array {
  const { length } = payload;
  if (length === 0 || length > LONGEST_PAYLOAD) throw new RangeError(`a frame cannot hold ${length} bytes`);
  const frame = new Uint8Array(HEAD_BYTES + length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, MARK | (length << 8), true);
  view.setUint32(4, crc32(payload), true);
  frame.set(payload, HEAD_BYTES);
  return frame;
}

/** Finds all whole frames from `start` on, as `visitFrames` does. */
export function readFrames(bytes: Uint8Array, start = 0): FramesRead {
  const frames: Frame[] = [];
  const read = visitFrames(bytes, start, (from, end) =>
    frames.push({ start: from - HEAD_BYTES, end, payload: bytes.subarray(from, end) }),
  );
  return { frames, ...read };
}

/**
 * Tells where the payload of each whole frame from `start` on begins and ends. Behind damage it goes on at the next place
 * where a mark, a length and a CRC fit together: one wrong bit costs one frame.
 */
export function visitFrames(
  bytes: Uint8Array,
  start: number,
  visit: (from: number, end: number) => void,
): Omit<FramesRead, 'frames'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = start;
  let damagedBytes = 0;
  for (let place = start; ; ) {
    const found = endOfFrame(bytes, view, place);
    if (found !== null) {
      if (place > end) damagedBytes += countDamage(bytes, end, place);
      visit(place + HEAD_BYTES, found);
      end = found;
      place = end;
      continue;
    }
    place = bytes.indexOf(MARK, place + 1);
    if (place < 0) return { end, damagedBytes };
  }
}

/** So many zeros in a row are room that was made for a frame and never filled: of what is deflated there are not so many. */
const UNFILLED_BYTES = 64;

/**
 * The damaged bytes behind the last whole frame, which ends at `end`: none where only zeros stand there, or the begin of a
 * frame that is longer than the file or has room that was never filled. Such a write never ended, and nobody counts on it.
 */
export function damageBehind(bytes: Uint8Array, end: number): number {
  if (!hasContent(bytes, end)) return 0;
  const left = bytes.length - end;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isBegun = left < HEAD_BYTES || left < HEAD_BYTES + (view.getUint32(end, true) >>> 8);
  if (bytes[end] === MARK && isBegun) return 0;
  let zeros = 0;
  for (let place = end; place < bytes.length; place++) {
    zeros = bytes[place] === 0 ? zeros + 1 : 0;
    if (zeros >= UNFILLED_BYTES) return 0;
  }
  return left;
}

/** The payload of the frame that begins there; `null` where none does. */
export function payloadAt(bytes: Uint8Array, place: number): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = endOfFrame(bytes, view, place);
  return end === null ? null : bytes.subarray(place + HEAD_BYTES, end);
}

/** Whether anything but zeros stands between two places. */
export function hasContent(bytes: Uint8Array, start: number, end = bytes.length): boolean {
  for (let place = start; place < end; place++) if (bytes[place] !== 0) return true;
  return false;
}

/** Where the frame ends that begins there; `null` where none does. */
function endOfFrame(bytes: Uint8Array, view: DataView, start: number): number | null {
  if (bytes[start] !== MARK || start + HEAD_BYTES >= bytes.length) return null;
  const length = view.getUint32(start, true) >>> 8;
  const from = start + HEAD_BYTES;
  const end = from + length;
  if (length === 0 || length > LONGEST_PAYLOAD || end > bytes.length) return null;
  if (crc32(bytes, from, end) !== view.getUint32(start + 4, true)) return null;
  return end;
}

/** A run of zeros that fills what is between two frames was room that was never used. */
function countDamage(bytes: Uint8Array, start: number, end: number): number {
  return hasContent(bytes, start, end) ? end - start : 0;
}
