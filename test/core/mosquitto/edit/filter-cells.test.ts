import { describe, expect, it } from 'vitest';
import { cellsOf, exampleOf } from '../../../../src/core/mosquitto/edit/filter-cells.ts';
import { filterCovers } from '../../../../src/core/mosquitto/filter-relation.ts';
import { matchesFilter } from '../../../../src/core/mqtt/topic.ts';
import { createRandom, type Random } from '../../../helpers/random/random.ts';

/** The topics that two filters have in common, as the filter that is cut out of the one by the other. */
function intersectFilters(one: string, other: string): string | null {
  const [, both] = cellsOf([one], [other]) ?? [];
  // Where the other covers the one whole, nothing is cut off.
  return both ?? (filterCovers(other, one) ? one : null);
}

describe('two filters', () => {
  it.each([
    ['a/#', 'a', 'a'],
    ['#', '+/b', '+/b'],
    ['a/+/c', '+/b/#', 'a/b/c'],
    ['a/#', 'a/+', 'a/+'],
    ['a', 'b', null],
    ['#', '$SYS/#', null],
    ['$SYS/+', '$SYS/#', '$SYS/+'],
  ])('%s and %s have in common %s', (one, other, both) => {
    expect([intersectFilters(one, other), intersectFilters(other, one)]).toEqual([both, both]);
  });

  it('have in common what both match, on random filters', () => {
    const random = createRandom(7);
    for (let round = 0; round < 3_000; round++) {
      const [one, other] = [randomFilter(random), randomFilter(random)];
      const topic = Array.from({ length: 1 + random.below(4) }, () => random.pick(['a', 'b', '', '$x'])).join('/');
      const both = intersectFilters(one, other);
      const isInBoth = topic !== '' && matchesFilter(one, topic) && matchesFilter(other, topic);
      expect(topic !== '' && both !== null && matchesFilter(both, topic), `${one} ${other} ${topic}`).toBe(isInBoth);
    }
  });
});

describe('cellsOf', () => {
  it('cuts the topics of a filter where the others end', () => {
    const cells = cellsOf(['a/#'], ['a/+', '+/b', 'x/#']) ?? [];
    expect(cells).toEqual(['a/#', 'a/+', 'a/b']);
    expect(cells.map(cell => exampleOf(cell, [...cells, '+/b']))).toEqual(['a', 'a/x', 'a/b']);
  });

  it('knows of a cell of which the narrower ones leave nothing', () => {
    expect(exampleOf('a/#', ['a', 'a/+/#'])).toBeNull();
  });

  it('gives up where there are too many pieces', () => {
    const wide = Array.from({ length: 13 }, (_, at) =>
      [...Array(13).keys()].map(level => (level === at ? 'a' : '+')).join('/'),
    );
    expect(cellsOf(['#'], wide)).toBeNull();
  });
});

function randomFilter(random: Random): string {
  const levels = Array.from({ length: 1 + random.below(3) }, () => random.pick(['a', 'b', '+', '', '$x']));
  const filter = [...levels, ...(random.chance(0.3) ? ['#'] : [])].join('/');
  return filter === '' ? '#' : filter;
}
