import { describe, expect, it } from 'vitest';
import { BLOCK_S, type Deflate, decodeBlock, encodeBlock, readBlockHead } from '../../../src/core/history/block.ts';

/** Bytes as they are, so that their number can be told. */
const plain: Deflate = { deflate: bytes => bytes, inflate: bytes => bytes };
const head = { series: 3, part: 249_432 };
const FROM = head.part * BLOCK_S;
const steady = Array.from({ length: 100 }, (_, place) => [FROM + 5 * place, 540]).flat();

describe('a block', () => {
  it('is of two hours, and says which two and of which series', () => {
    expect(BLOCK_S).toBe(7_200);
    expect(readBlockHead(encodeBlock(head, steady, plain))).toEqual(head);
  });

  it('gives its readings back, and costs two bytes for one that is as was to be expected', () => {
    const bytes = encodeBlock(head, steady, plain);
    expect(decodeBlock(bytes, plain)).toEqual(steady);
    // Kind, series and part are five bytes, the two counts two or three, the first time and value a byte more.
    expect(bytes.length).toBeLessThanOrEqual(2 * 100 + 5 + 4 + 2);
    expect(decodeBlock(encodeBlock(head, [], plain), plain)).toEqual([]);
  });

  it('is none where it is of another kind, or cannot be read', () => {
    for (const bytes of [Uint8Array.of(1, 2, 3), Uint8Array.of(2), Uint8Array.of(2, 200), new Uint8Array()]) {
      expect(readBlockHead(bytes)).toBeNull();
      expect(decodeBlock(bytes, plain)).toBeNull();
    }
    const whole = encodeBlock(head, steady, plain);
    for (let length = 0; length < whole.length; length++)
      expect(decodeBlock(whole.subarray(0, length), plain), `${length} bytes`).toBeNull();
    const broken: Deflate = {
      ...plain,
      inflate: () => {
        throw new Error('invalid distance');
      },
    };
    expect(decodeBlock(whole, broken)).toBeNull();
    expect(readBlockHead(whole)).toEqual(head);
  });
});
