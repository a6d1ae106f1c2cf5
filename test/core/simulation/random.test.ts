import { describe, expect, it } from 'vitest';
import { createRandom, seedFor } from '../../../src/core/simulation/random.ts';

const draw = (seed: number, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('createRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(draw(7, 20)).toEqual(draw(7, 20));
    expect(draw(7, 20)).not.toEqual(draw(8, 20));
  });

  it('is even: each tenth of [0, 1) gets its share', () => {
    const counts = new Array<number>(10).fill(0);
    for (const value of draw(3, 20_000)) counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it('draws normal numbers around 0 with deviation 1, never beyond 4', () => {
    const random = createRandom(11);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(4);
  });

  it('picks each item sooner or later and refuses an empty list', () => {
    const random = createRandom(5);
    expect(new Set(Array.from({ length: 50 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
    expect(() => random.pick([])).toThrow(RangeError);
  });
});

describe('seedFor', () => {
  it('gives each name its own seed, always the same', () => {
    expect(seedFor(1, 'heating')).toBe(seedFor(1, 'heating'));
    expect(seedFor(1, 'heating')).not.toBe(seedFor(1, 'dhtclient'));
    expect(seedFor(1, 'heating')).not.toBe(seedFor(2, 'heating'));
  });
});

it('gives on each machine what it gave on the first', () => {
  expect(draw(1, 3).map(value => value * 2 ** 32)).toEqual([2_693_262_067, 11_749_833, 2_265_367_787]);
  // FNV-1a of the name alone.
  expect([seedFor(0, ''), seedFor(0, 'a'), seedFor(0, 'foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});
