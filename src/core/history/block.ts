import { FrameKind } from './bytes/frame.ts';
import { ByteReader, ByteWriter } from './bytes/varint.ts';
import { HOUR_S } from './calendar.ts';
import type { Readings } from './readings.ts';

/** Makes bytes shorter, and back (RFC 1951); handed in, since it is of Node.js. Throws for what it did not make. */
export interface Deflate {
  readonly deflate: (bytes: Uint8Array) => Uint8Array;
  readonly inflate: (bytes: Uint8Array) => Uint8Array;
}

/**
 * How long a block is, seconds: one of an hour takes a seventh more, and of one of four hours a wrong bit would cost as much
 * again.
 */
export const BLOCK_S = 2 * HOUR_S;

/** The place of one block: the readings of one series in two hours. */
export interface BlockHead {
  readonly series: number;
  /** Which two hours, counted from 1970. */
  readonly part: number;
}

/** The payload of a block; `readings` are those of its two hours, in their order. */
export function encodeBlock({ series, part }: BlockHead, readings: Readings, { deflate }: Deflate): Uint8Array {
  const [times, values] = [new ByteWriter(), new ByteWriter()];
  let [before, step, value] = [part * BLOCK_S, 0, 0];
  for (let place = 0; place < readings.length; place += 2) {
    const nextStep = (readings[place] ?? 0) - before;
    times.signed(nextStep - step);
    values.signed((readings[place + 1] ?? 0) - value);
    [before, step, value] = [readings[place] ?? 0, nextStep, readings[place + 1] ?? 0];
  }
  const plain = new ByteWriter();
  plain.whole(readings.length / 2);
  plain.whole(times.length);
  plain.append(times.take());
  plain.append(values.take());
  const writer = new ByteWriter();
  for (const number of [FrameKind.block, series, part]) writer.whole(number);
  writer.append(deflate(plain.take()));
  return writer.take();
}

/** Which block a payload is; `null` where it is none. */
export function readBlockHead(payload: Uint8Array): BlockHead | null {
  return quietly(() => {
    const reader = new ByteReader(payload);
    return reader.whole() === FrameKind.block ? { series: reader.whole(), part: reader.whole() } : null;
  });
}

/** The readings of a block; `null` where it is none. */
export function decodeBlock(payload: Uint8Array, { inflate }: Deflate): Readings | null {
  return quietly(() => {
    const reader = new ByteReader(payload);
    if (reader.whole() !== FrameKind.block) return null;
    reader.whole();
    const part = reader.whole();
    const plain = inflate(reader.rest());
    const times = new ByteReader(plain);
    const count = times.whole();
    const timesLength = times.whole();
    const values = new ByteReader(plain, times.at + timesLength);
    const readings: number[] = new Array(2 * count);
    let [second, step, value] = [part * BLOCK_S, 0, 0];
    for (let place = 0; place < 2 * count; place += 2) {
      step += times.signed();
      second += step;
      value += values.signed();
      readings[place] = second;
      readings[place + 1] = value;
    }
    return readings;
  });
}

/** `null` for bytes that cannot be read: they have a CRC that fits, so that they are of another program. */
function quietly<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
