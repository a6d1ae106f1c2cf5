import { type BlockHead, readBlockHead } from './block.ts';
import { FrameKind, makeFrame, payloadAt, readFrames } from './bytes/frame.ts';
import { ByteReader, ByteWriter } from './bytes/varint.ts';
import { type Listening, readListening, readSingle, writeListening, writeSingle } from './listening.ts';

/** What a sealed day begins with, and its last four bytes. */
const MAGIC = new TextEncoder().encode('HTDAY1\0\0');
const TAIL_MARK = new TextEncoder().encode('HTIX');
const TAIL_BYTES = 8;

/** Where a block stands in its file: `offset` is where its frame begins. */
export interface BlockPlace extends BlockHead {
  readonly offset: number;
}

/** What a sealed day holds. */
export interface DayFile {
  readonly blocks: readonly BlockPlace[];
  /** What the index says beyond the blocks; `null` where it is damaged, so that the blocks were looked for. */
  readonly listening: Listening | null;
}

/** Puts a sealed day together: first the blocks as they come, at last the index. */
export function openDayFile(): {
  /** The bytes of a block, to be written behind those before it. */
  readonly add: (head: BlockHead, payload: Uint8Array) => Uint8Array;
  /** The bytes that end the file. */
  readonly end: (listening: Listening) => Uint8Array;
} {
  const blocks: BlockPlace[] = [];
  let length = MAGIC.length;
  return {
    add: (head, payload) => {
      const frame = makeFrame(payload);
      const bytes = blocks.length === 0 ? joinBytes([MAGIC, frame]) : frame;
      blocks.push({ ...head, offset: length });
      length += frame.length;
      return bytes;
    },
    end: listening => {
      const index = makeFrame(encodeIndex(blocks, listening));
      const tail = new Uint8Array(TAIL_BYTES);
      new DataView(tail.buffer).setUint32(0, length, true);
      tail.set(TAIL_MARK, 4);
      return joinBytes([...(blocks.length === 0 ? [MAGIC] : []), index, tail]);
    },
  };
}

/** Reads a sealed day by its index, or where that is damaged by looking for the blocks. */
export function readDayFile(bytes: Uint8Array): DayFile {
  const index = readIndex(bytes);
  if (index !== null) return index;
  const blocks = readFrames(bytes, MAGIC.length).frames.flatMap(({ start, payload }) => {
    const head = readBlockHead(payload);
    return head === null ? [] : [{ ...head, offset: start }];
  });
  return { blocks, listening: null };
}

/** The bytes behind each other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    joined.set(part, place);
    place += part.length;
  }
  return joined;
}

function encodeIndex(blocks: readonly BlockPlace[], listening: Listening): Uint8Array {
  const writer = new ByteWriter();
  writer.whole(FrameKind.index);
  writeListening(writer, listening);
  writer.whole(blocks.length);
  let [series, part, offset] = [0, 0, 0];
  for (const block of blocks) {
    writer.signed(block.series - series);
    writer.signed(block.part - part);
    writer.whole(block.offset - offset);
    ({ series, part, offset } = block);
  }
  writeSingle(writer, listening);
  return writer.take();
}

function readIndex(bytes: Uint8Array): DayFile | null {
  const tail = bytes.length - TAIL_BYTES;
  if (tail < 0 || TAIL_MARK.some((byte, place) => bytes[tail + 4 + place] !== byte)) return null;
  const offset = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(tail, true);
  const payload = payloadAt(bytes, offset);
  if (payload === null) return null;
  try {
    const reader = new ByteReader(payload);
    if (reader.whole() !== FrameKind.index) return null;
    const listening = readListening(reader);
    const blocks = readPlaces(reader);
    return { listening: { ...listening, ...readSingle(reader) }, blocks };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readPlaces(reader: ByteReader): readonly BlockPlace[] {
  const blocks: BlockPlace[] = [];
  let [series, part, offset] = [0, 0, 0];
  for (let left = reader.whole(); left > 0; left--) {
    series += reader.signed();
    part += reader.signed();
    offset += reader.whole();
    blocks.push({ series, part, offset });
  }
  return blocks;
}
