import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../../src/core/history/bytes/crc32.ts';
import {
  damageBehind,
  hasContent,
  makeFrame,
  payloadAt,
  readFrames,
} from '../../../../src/core/history/bytes/frame.ts';
import { joinBytes } from '../../../../src/core/history/day-file.ts';
import { createRandom } from '../../../helpers/random/random.ts';

const random = createRandom(2);
const payloads = Array.from({ length: 20 }, (_, index) =>
  Uint8Array.from({ length: 1 + random.below(60) }, (_, place) => (place === 0 ? index : random.below(256))),
);
const whole = joinBytes(payloads.map(makeFrame));
const textOf = (payload: Uint8Array): string => payload.join(' ');
const written = new Set(payloads.map(textOf));

describe('crc32', () => {
  it('is that of zlib and PNG', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

describe('readFrames', () => {
  it('finds what was written, and where it ends in the room behind it', () => {
    const { frames, end, damagedBytes } = readFrames(joinBytes([whole, new Uint8Array(500)]));
    expect(frames.map(({ payload }) => textOf(payload))).toEqual(payloads.map(textOf));
    expect([end, damagedBytes]).toEqual([whole.length, 0]);
  });

  it('loses one frame to a wrong byte, wherever it is, and reads nothing that was not written', () => {
    for (let place = 0; place < whole.length; place++) {
      const bytes = whole.slice();
      bytes[place] = (bytes[place] ?? 0) ^ (1 << random.below(8));
      const { frames } = readFrames(bytes);
      expect(frames.length, `byte ${place}`).toBe(payloads.length - 1);
      expect(frames.filter(({ payload }) => !written.has(textOf(payload)))).toEqual([]);
    }
  });

  it('reads all that is whole before a cut, wherever that is', () => {
    for (let length = 0; length < whole.length; length++) {
      const { frames, end } = readFrames(whole.subarray(0, length));
      expect(frames.map(({ payload }) => textOf(payload))).toEqual(payloads.slice(0, frames.length).map(textOf));
      expect(end).toBeLessThanOrEqual(length);
    }
  });

  it('counts what stands between two frames, unless it is room that was never used', () => {
    const [one, two] = payloads.slice(0, 2).map(makeFrame);
    if (one === undefined || two === undefined) throw new Error('there are more frames than that');
    const between = (...bytes: readonly number[]) => readFrames(joinBytes([one, Uint8Array.from(bytes), two]));
    for (const [bytes, damaged] of [
      [[], 0],
      [[0, 0, 0], 0],
      [[1], 1],
      [[0, 0, 7], 3],
      [[7, 0, 0, 0], 4],
    ] as const) {
      expect(between(...bytes), `${bytes}`).toMatchObject({ frames: { length: 2 }, damagedBytes: damaged });
    }
    // Behind the last one nothing was finished, and before the first there may be another thing.
    expect(readFrames(joinBytes([one, Uint8Array.of(7, 7)]))).toMatchObject({ damagedBytes: 0, end: one.length });
    expect(readFrames(joinBytes([Uint8Array.of(7, 7), one, two]), 2)).toMatchObject({ damagedBytes: 0 });
    expect(readFrames(joinBytes([one, two]), one.length).frames).toHaveLength(1);
  });

  it('takes nothing for a frame that holds nothing, or is longer than any', () => {
    // The CRC of nothing is 0.
    const empty = Uint8Array.of(0x68, 0, 0, 0, 0, 0, 0, 0);
    expect(readFrames(joinBytes([empty, Uint8Array.of(1, 2, 3)])).frames).toEqual([]);
    const long = new Uint8Array(1_048_577 + 8).fill(1);
    new DataView(long.buffer).setUint32(0, 0x68 | (1_048_577 << 8), true);
    new DataView(long.buffer).setUint32(4, crc32(long, 8), true);
    expect(payloadAt(long, 0)).toBeNull();
    const longest = makeFrame(new Uint8Array(1_048_576).fill(1));
    expect(payloadAt(longest, 0)).toHaveLength(1_048_576);
    expect(payloadAt(longest, 1)).toBeNull();
    expect(payloadAt(longest.subarray(0, -1), 0)).toBeNull();
  });

  it('reads the shortest one at the very end', () => {
    const shortest = makeFrame(Uint8Array.of(5));
    expect(payloadAt(shortest, 0)).toEqual(Uint8Array.of(5));
    expect(readFrames(shortest)).toMatchObject({ frames: [{ start: 0, end: 9 }], end: 9 });
  });

  it('survives rubbish', () => {
    const rubbish = Uint8Array.from({ length: 5_000 }, () => (random.chance(0.3) ? 0x68 : random.below(4)));
    expect(readFrames(rubbish).frames).toEqual([]);
  });
});

describe('makeFrame', () => {
  it.each([0, 1_048_577])('refuses %d bytes', length => {
    expect(() => makeFrame(new Uint8Array(length))).toThrow(RangeError);
  });
});

it('content is anything but zeros between two places', () => {
  const bytes = Uint8Array.of(0, 0, 3, 0);
  expect(hasContent(bytes, 0)).toBe(true);
  expect([hasContent(bytes, 0, 2), hasContent(bytes, 3), hasContent(bytes, 2, 3)]).toEqual([false, false, true]);
});

describe('what stands behind the last whole frame', () => {
  const last = makeFrame(Uint8Array.from({ length: 300 }, (_, place) => 1 + (place % 200)));
  const damageOf = (tail: Uint8Array): number => {
    const bytes = joinBytes([whole, tail]);
    return damageBehind(bytes, readFrames(bytes).end);
  };
  const changed = (place: number, bits: number): Uint8Array =>
    last.map((byte, at) => (at === place ? byte ^ bits : byte));

  it('is no damage where nothing stands there, a whole frame, or room', () => {
    for (const tail of [new Uint8Array(), last, new Uint8Array(500)]) expect(damageOf(tail)).toBe(0);
  });

  it('is a write that never ended where the file ends in it, or its room was never filled', () => {
    for (let length = 1; length < last.length; length++) expect(damageOf(last.slice(0, length)), `${length}`).toBe(0);
    const from = (place: number) => last.map((byte, at) => (at < place ? byte : 0));
    for (const place of [8, 100, last.length - 64]) expect(damageOf(from(place)), `${place}`).toBe(0);
  });

  it('is damage where it was all there: each of its bytes but its length, and bytes behind it', () => {
    for (const place of [0, 4, 7, 8, 150, last.length - 1]) expect(damageOf(changed(place, 1)), `${place}`).toBe(308);
    expect(damageOf(joinBytes([changed(8, 1), Uint8Array.of(9)]))).toBe(309);
    // 63 zeros may be what was written.
    expect(damageOf(last.map((byte, at) => (at < last.length - 63 ? byte : 0)))).toBe(308);
    // It is shorter than what is there.
    expect(damageOf(changed(2, 1))).toBe(308);
  });
});
