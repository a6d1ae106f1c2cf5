import { describe, expect, it } from 'vitest';
import { type Bucket, openSummary } from '../../../../src/core/history/query/summarize.ts';
import type { RollUp } from '../../../../src/core/history/roll-up.ts';
import { rollUpRows } from '../../../helpers/history/samples.ts';
import { createRandom, type Random } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

type Said = readonly [second: number, value: number];

const same = (value: number): number => value;

/** Rising edges, now and then some of no length between them. */
const someEdges = (random: Random): readonly number[] => {
  let edge = 100 + random.below(20);
  return Array.from({ length: 1 + random.below(7) }, () => {
    edge += random.below(4) * 5;
    return edge;
  });
};

/** What a summary is, in a few words: of what was said in a stretch the least, the greatest, the mean and the newest. */
function model(edges: readonly number[], said: readonly Said[]): readonly Bucket[] {
  return edges.slice(1).map((until, place) => {
    const from = edges[place] ?? 0;
    const inside = said.filter(([second]) => second >= from && second < until);
    if (inside.length === 0) return { from, until, n: 0, min: null, max: null, mean: null, last: null };
    const values = inside.map(([, value]) => value);
    const newest = Math.max(...inside.map(([second]) => second));
    return {
      ...{ from, until, n: inside.length, min: Math.min(...values), max: Math.max(...values) },
      mean: values.reduce((sum, value) => sum + value, 0) / inside.length,
      // Of several in one second the one that was told last.
      last: inside.findLast(([second]) => second === newest)?.[1] ?? null,
    };
  });
}

describe('a summary', () => {
  it('says of each stretch what the list of its values says, in whichever order they come', () => {
    const random = createRandom(31);
    for (let round = 0; round < rounds(2_000); round++) {
      const edges = someEdges(random);
      const said = Array.from({ length: random.below(12) }, (): Said => [95 + random.below(80), random.below(41) - 20]);
      const summary = openSummary(edges);
      for (const [second, value] of said) summary.add(second, value);
      expect(summary.buckets(same)).toEqual(model(edges, said));
    }
  });

  it('says the same of rows as of the values that they sum up', () => {
    const random = createRandom(32);
    for (let round = 0; round < rounds(2_000); round++) {
      const edges = someEdges(random);
      const said: Said[] = [];
      const rows: RollUp[] = [];
      for (let index = 19; index < 40; index++) {
        // Even, so that the mean of two is a whole number.
        const values = Array.from({ length: random.below(3) }, () => 2 * random.below(41) - 40);
        if (values.length === 0) continue;
        said.push(...values.map((value): Said => [5 * index, value]));
        const [min, max] = [Math.min(...values), Math.max(...values)];
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        rows.push({ index, n: values.length, min, max, mean, last: values.at(-1) ?? 0 });
      }
      const summary = openSummary(edges);
      summary.addRollUps(5, rollUpRows(rows), 1);
      expect(summary.buckets(same)).toEqual(model(edges, said));
      // Told in two parts, of which the newer one comes first.
      const parts = openSummary(edges);
      const cut = random.below(rows.length + 1);
      for (const part of [rows.slice(cut), rows.slice(0, cut)]) parts.addRollUps(5, rollUpRows(part), 1);
      expect(parts.buckets(same)).toEqual(model(edges, said));
    }
  });

  it('has the values of a row by its factor, and each as it is to be shown', () => {
    const summary = openSummary([0, 600]);
    summary.addRollUps(300, rollUpRows([{ index: 0, n: 3, min: -10, max: 40, mean: 20, last: 30 }]), 0.5);
    summary.addSample(0, 1, { min: 8, max: 12, mean: 10, last: 8 });
    expect(summary.buckets(value => value * 100)).toEqual([
      { from: 0, until: 600, n: 4, min: -500, max: 2_000, mean: 1_000, last: 800 },
    ]);
  });

  it('sums up whole numbers as such before it multiplies them', () => {
    const summary = openSummary([0, 10]);
    const rows = [1, 2, 3].map(index => ({
      index,
      n: 1,
      min: 2 ** 50 + index,
      max: 2 ** 50 + index,
      mean: 2 ** 50 + index,
      last: index,
    }));
    summary.addRollUps(1, rollUpRows(rows), 1);
    expect(summary.buckets(same)).toEqual([
      { from: 0, until: 10, n: 3, min: 2 ** 50 + 1, max: 2 ** 50 + 3, mean: 2 ** 50 + 2, last: 3 },
    ]);
  });

  it('has no stretch with fewer than two edges', () => {
    for (const edges of [[], [5]]) {
      const summary = openSummary(edges);
      summary.add(5, 1);
      expect(summary.buckets(same)).toEqual([]);
    }
  });
});
