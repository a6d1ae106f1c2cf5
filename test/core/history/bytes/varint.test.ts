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

  it.each([
    [[128], 1],
    [[200, 1], 1],
    [[200, 200, 1], 2],
    [[200, 200, 1], 1],
  ])('find no number in %j that ends behind %d bytes', (bytes, end) => {
    const reader = new ByteReader(Uint8Array.from(bytes), 0, end);
    expect(() => reader.whole()).toThrow(RangeError);
  });

  it('read a number that ends where the bytes do, and stand behind it', () => {
    const read = (...bytes: readonly number[]) => {
      const reader = new ByteReader(Uint8Array.of(...bytes, 9), 0, bytes.length);
      return [reader.whole(), reader.at, reader.isAtEnd];
    };
    expect([read(127), read(128, 1), read(255, 127), read(128, 128, 1), read(128, 0)]).toEqual([
      [127, 1, true],
      [128, 2, true],
      [16_383, 2, true],
      [16_384, 3, true],
      [0, 2, true],
    ]);
  });

  it.each([
    ...[0, -1, 1, -64, 63, 64, -8_192, 8_191, 8_192],
    ...[
      2 ** 30 - 1,
      2 ** 30,
      -(2 ** 30),
      -(2 ** 30) - 1,
      2 ** 31,
      -(2 ** 31),
      2 ** 32,
      -(2 ** 32) - 1,
      2 ** 52 - 1,
      -(2 ** 52),
    ],
  ])('give %d back with its sign', number => {
    const writer = new ByteWriter();
    writer.signed(number);
    expect(new ByteReader(writer.take()).signed()).toBe(number);
  });

  it('read many at once as one by one, to the begin of a list, and stand behind them', () => {
    const random = createRandom(4);
    for (let round = 0; round < 200; round++) {
      const numbers = Array.from({ length: random.below(12) }, () => Math.floor(random.next() * 2 ** random.below(53)));
      const writer = new ByteWriter();
      for (const number of [...numbers, 77]) writer.whole(number);
      const reader = new ByteReader(writer.take());
      const count = random.below(numbers.length + 1);
      const into = [-1, -2, -3];
      reader.wholes(count, into);
      expect(into).toEqual([...numbers.slice(0, count), ...[-1, -2, -3].slice(count)]);
      expect([...numbers, 77].slice(count).map(() => reader.whole())).toEqual([...numbers, 77].slice(count));
    }
  });

  it.each([[[]], [[128]], [[200, 200]], [[1, 200]]])('find fewer than two numbers in %j', bytes => {
    // A byte behind the end is not theirs.
    expect(() => new ByteReader(Uint8Array.of(...bytes, 1, 1), 0, bytes.length).wholes(2, [])).toThrow(RangeError);
  });

  it.each([
    [[5, 6], 2],
    [[5, 128, 1], 3],
    [[127, 255, 127], 3],
    [[5, 128, 128, 1], 4],
  ])('find two numbers in %j, and stand at %d', (bytes, at) => {
    const [one, other] = [new ByteReader(Uint8Array.of(...bytes, 9), 0, at), new ByteReader(Uint8Array.from(bytes))];
    const into: number[] = [];
    one.wholes(2, into);
    expect(into).toEqual([other.whole(), other.whole()]);
    expect([one.at, one.isAtEnd]).toEqual([at, true]);
  });

  it('go to another place, and end at another one', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3, 4), 3);
    reader.moveTo(1, 2);
    expect([reader.at, reader.whole(), reader.isAtEnd]).toEqual([1, 2, true]);
    expect(() => reader.whole()).toThrow(RangeError);
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
