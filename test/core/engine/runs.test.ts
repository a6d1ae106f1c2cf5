import { expect, it } from 'vitest';
import { runsOf } from '../../../src/core/engine/runs.ts';
import { createRandom } from '../../helpers/random/random.ts';

it('stretches of one length are one run, the long and the short night runs of their own', () => {
  const day = 86_400;
  const edges = [0, day, 2 * day, 2 * day + 82_800, 3 * day + 82_800];
  expect(runsOf(edges, 100)).toEqual([
    { from: 0, stepS: day, count: 2 },
    { from: 2 * day, stepS: 82_800, count: 1 },
    { from: 2 * day + 82_800, stepS: day, count: 1 },
  ]);
  expect(runsOf([0, 60, 120, 180], 2)).toEqual([
    { from: 0, stepS: 60, count: 2 },
    { from: 120, stepS: 60, count: 1 },
  ]);
  expect(runsOf([], 2)).toEqual([]);
  expect(runsOf([5], 2)).toEqual([]);
});

it('runs have all the edges and no others', () => {
  const random = createRandom(15);
  for (let round = 0; round < 500; round++) {
    const edges = [random.below(1_000)];
    for (let more = random.below(40); more > 0; more--)
      edges.push((edges.at(-1) ?? 0) + random.pick([60, 60, 3_600, 7]));
    const most = 1 + random.below(9);
    const runs = runsOf(edges, most);
    const again = runs.flatMap(({ from, stepS, count }) => Array.from({ length: count }, (_, at) => from + at * stepS));
    expect([...again, ...(edges.length > 1 ? edges.slice(-1) : [])]).toEqual(edges.length > 1 ? edges : []);
    expect(runs.every(({ count }) => count <= most)).toBe(true);
  }
});
