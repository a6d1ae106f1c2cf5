import { describe, expect, it } from 'vitest';
import { filterCovers, filtersOverlap } from '../../../src/core/mosquitto/filter-relation.ts';
import { matchesFilter } from '../../../src/core/mqtt/topic.ts';
import { createRandom } from '../../helpers/random/random.ts';

describe('filterCovers', () => {
  it.each([
    ['#', 'a/b', true],
    ['#', '#', true],
    ['#', '$SYS/#', false],
    ['+/#', '#', false],
    ['a/#', 'a', true],
    ['a/#', 'a/+/c', true],
    ['a/+', 'a/#', false],
    ['a/+', 'a/b', true],
    ['a/b', 'a/+', false],
    ['a', 'a/b', false],
  ])('%s covers %s: %s', (wide, narrow, expected) => {
    expect(filterCovers(wide, narrow)).toBe(expected);
  });
});

describe('against all short topics', () => {
  const LEVELS = ['a', 'b', ''];
  const topics = LEVELS.flatMap(one => [
    one,
    ...LEVELS.flatMap(two => [`${one}/${two}`, ...LEVELS.map(three => `${one}/${two}/${three}`)]),
  ])
    .concat('$a', '$a/b')
    .filter(topic => topic !== '');
  const random = createRandom(7);
  const filter = (): string => {
    const levels = Array.from({ length: 1 + random.below(3) }, () => random.pick(['a', 'b', '', '+', '+']));
    if (random.chance(0.3)) levels[levels.length - 1] = '#';
    if (random.chance(0.1)) levels[0] = '$a';
    return levels.join('/') || '+';
  };

  it('what covers matches all that the other matches, and what overlaps shares a topic', () => {
    for (let round = 0; round < 3_000; round++) {
      const [one, other] = [filter(), filter()];
      const shared = topics.filter(topic => matchesFilter(one, topic) && matchesFilter(other, topic));
      if (shared.length > 0) expect(filtersOverlap(one, other), `${one} ${other}`).toBe(true);
      if (!filterCovers(one, other)) continue;
      const missed = topics.filter(topic => matchesFilter(other, topic) && !matchesFilter(one, topic));
      expect(missed, `${one} covers ${other}`).toEqual([]);
    }
  });

  it('says no overlap where there is none', () => {
    for (const [one, other] of [
      ['a/+', 'b/#'],
      ['a', 'a/b'],
      ['#', '$a/#'],
      ['a/+/c', 'a/b/d'],
    ] as const) {
      expect(filtersOverlap(one, other)).toBe(false);
    }
  });
});

it.each([
  ['a', 'a/+'],
  ['+', 'a/+'],
  ['a', 'a/b'],
])('%s and %s have no topic in common: one has a level more', (one, other) => {
  expect(filtersOverlap(one, other)).toBe(false);
  expect(filtersOverlap(other, one)).toBe(false);
});
