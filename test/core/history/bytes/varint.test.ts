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

  it.each([
    [0, 1],
    [127, 1],
    [128, 2],
    [16_383, 2],
    [16_384, 3],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('write %d in %d bytes', (number, length) => {
    const writer = new ByteWriter();
    writer.whole(number);
    expect([writer.length, writer.take().length]).toEqual([length, length]);
  });

  it.each([0, 1, 1_015, 1_016, 1_017, 1_023, 1_024, 1_025, 3_000])('keep all behind %d bytes', count => {
    const writer = new ByteWriter();
    const bytes = Uint8Array.from({ length: count }, (_, place) => place % 251);
    writer.append(bytes);
    writer.whole(Number.MAX_SAFE_INTEGER);
    writer.append(bytes);
    expect(writer.take().subarray(0, count)).toEqual(bytes);
    expect(writer.take().subarray(count + 8)).toEqual(bytes);
  });

  it('find no number that is larger than any that can be written', () => {
    const read = (last: number) => new ByteReader(Uint8Array.of(...Array.from({ length: 7 }, () => 255), last)).whole();
    expect(read(15)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => read(16)).toThrow(RangeError);
  });

  it('know where they stand, and when nothing is left', () => {
    const reader = new ByteReader(Uint8Array.of(9, 1, 2, 9), 1, 3);
    expect([reader.at, reader.isAtEnd]).toEqual([1, false]);
    reader.whole();
    expect([reader.at, reader.isAtEnd, [...reader.rest()]]).toEqual([2, false, [2]]);
    reader.whole();
    expect([reader.at, reader.isAtEnd]).toEqual([3, true]);
    expect(() => reader.whole()).toThrow(RangeError);
  });
});
