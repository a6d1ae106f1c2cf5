import { describe, expect, it } from 'vitest';
import { filtersFor, type LookedAt } from '../../../src/core/explorer/filter-plan.ts';
import { matchesFilter } from '../../../src/core/mqtt/topic.ts';
import { createRandom } from '../../helpers/random/random.ts';

const looked = (part: Partial<LookedAt> = {}): LookedAt => ({
  ...{ unfolded: [], topics: [], filter: null, withSystem: false },
  ...part,
});

describe('what is listened to', () => {
  it.each([
    ['all', looked(), null, ['#']],
    ['all', looked({ withSystem: true, unfolded: ['a'] }), null, ['#', '$SYS/#']],
    ['all', looked(), ['heating/flow', 'heating/#', 'cellar/+'], ['heating/#', 'cellar/+']],
    ['parts', looked(), null, ['+']],
    ['parts', looked({ unfolded: ['a', 'a/b'], topics: ['a/x', 'c/d'] }), null, ['+', 'a/+', 'a/b/+', 'c/d']],
    ['parts', looked({ unfolded: ['$SYS'], topics: ['$SYS/x'], withSystem: true }), null, ['+', '$SYS/#']],
    ['parts', looked({ unfolded: ['a'], filter: 'a/#' }), null, ['a/#']],
  ] as const)('%s of %j, %j in place of #: %j', (extent, what, roots, filters) => {
    expect(filtersFor(extent, what, roots)).toEqual(filters);
  });

  it('never asks for the same topic twice, or a broker would send it twice', () => {
    const random = createRandom(11);
    const level = (): string => random.pick(['a', 'b', '', '$SYS', 'ü']);
    const topic = (): string => Array.from({ length: 1 + random.below(3) }, level).join('/');
    const topics = Array.from({ length: 200 }, topic);
    for (let round = 0; round < 300; round++) {
      const some = (): readonly string[] => Array.from({ length: random.below(8) }, topic);
      const what = looked({ unfolded: some(), topics: some(), withSystem: random.below(2) === 0 });
      for (const extent of ['all', 'parts'] as const) {
        const filters = filtersFor(extent, what, null);
        for (const one of topics) {
          const asked = filters.filter(filter => matchesFilter(filter, one));
          expect(asked.length, `${one} by ${asked}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});
