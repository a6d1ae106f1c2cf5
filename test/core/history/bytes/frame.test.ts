import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../../src/core/history/bytes/crc32.ts';
import { makeFrame, readFrames } from '../../../../src/core/history/bytes/frame.ts';
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
