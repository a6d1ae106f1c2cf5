import { describe, expect, it } from 'vitest';
import { chanceOf, MOST_CHANCE, outOfStep } from '../../../../src/core/discover/guess/chance.ts';

describe('the chance that so many tries hit', () => {
  it.each([
    [0, 3, 0.2, 1],
    [1, 1, 0.2, 0.2],
    [1, 2, 0.2, 0.36],
    [2, 2, 0.2, 0.04],
    [2, 3, 0.2, 0.104],
    [3, 3, 0.5, 0.125],
    [2, 2, 1, 1],
    [1, 2, 0, 0],
    [0, 0, 0.5, 1],
    [1, 0, 0.5, 0],
  ])('%d of %d, each with %d, is %d', (hits, tries, each, chance) => {
    expect(chanceOf(hits, tries, each)).toBeCloseTo(chance, 12);
  });

  it('proves nothing above one in twenty', () => {
    expect(MOST_CHANCE).toBe(0.05);
  });
});

describe('commands in step with what a topic says by itself', () => {
  const at = (...times: readonly number[]) => times.map(time => ({ at: 1_000_000 + time, text: 'on' }));
  const left = (times: readonly number[], periodMs: number | null, withinMs: number): readonly number[] =>
    outOfStep(at(...times), periodMs, withinMs).map(one => one.at - 1_000_000);

  it.each<[readonly number[], number | null, number, readonly number[]]>([
    [[0, 5_000, 10_000], null, 100, [0, 5_000, 10_000]],
    [[0, 5_000, 10_000], 5_000, 100, [0]],
    [[0, 5_100, 10_101], 5_000, 100, [0, 10_101]],
    [[0, 4_900, 9_799], 5_000, 100, [0, 9_799]],
    [[0, 2_500, 7_500, 11_000], 5_000, 100, [0, 2_500, 11_000]],
    [[], 5_000, 100, []],
  ])('%j at a pace of %j ms, %d ms apart, leave %j', (times, periodMs, withinMs, expected) => {
    // Of 10,101 after 5,100 the first is 100 in step with 0, and so none to be compared with.
    expect(left(times, periodMs, withinMs)).toEqual(expected);
  });
});
