import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../../src/core/history/bytes/varint.ts';
import { createRandom } from '../../../helpers/random/random.ts';

describe('ByteWriter and ByteReader', () => {
  it('give back what was written, of any size and sign', () => {
    const random = createRandom(1);
    const numbers = Array.from({ length: 2_000 }, () => Math.floor(random.next() * 2 ** random.below(53)));
    const edges = [0, 127, 128, 16_383, 16_384, Number.MAX_SAFE_INTEGER];
    const writer = new ByteWriter();
    for (const number of [...edges, ...numbers]) writer.whole(number);
    for (const number of numbers) writer.signed(random.chance(0.5) ? -Math.floor(number / 2) : Math.floor(number / 2));
    const reader = new ByteReader(writer.take());
    expect([...edges, ...numbers].map(() => reader.whole())).toEqual([...edges, ...numbers]);
    expect(numbers.map(() => Math.abs(reader.signed()))).toEqual(numbers.map(number => Math.floor(number / 2)));
    expect(reader.rest()).toHaveLength(0);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuse %d', number => {
    expect(() => new ByteWriter().whole(number)).toThrow(RangeError);
  });

  it.each([[[]], [[128]], [[255, 255, 255, 255, 255, 255, 255, 255, 1]]])('find no number in %j', bytes => {
    expect(() => new ByteReader(Uint8Array.from(bytes)).whole()).toThrow(RangeError);
  });
});
