import { describe, expect, it } from 'vitest';
import { noEvents } from '../../../src/core/history/query/page-events.ts';
import type { PastPage } from '../../../src/core/history/query/past-page.ts';
import type { GapKind, HistoryBucket } from '../../../src/core/history/query/query.ts';
import type { Bucket } from '../../../src/core/home/readings/series.ts';
import { comparedBetween, joinPast } from '../../../src/ui/charts/past-columns.ts';

const EDGES = [0, 60_000, 120_000, 180_000];

const kept = (place: number, values: readonly number[], gap: GapKind | null = null): HistoryBucket => ({
  ...{ from: place * 60, until: place * 60 + 60, n: values.length, gap },
  min: values.length === 0 ? null : Math.min(...values),
  max: values.length === 0 ? null : Math.max(...values),
  mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
  last: values.at(-1) ?? null,
});

const heard = (place: number, values: readonly number[]): Bucket => ({
  ...{ startAt: place * 60_000, min: Math.min(...values), max: Math.max(...values), last: values.at(-1) ?? 0 },
  ...{ sum: values.reduce((sum, value) => sum + value, 0), count: values.length },
});

const page = (columns: readonly HistoryBucket[], compared: readonly HistoryBucket[] | null = null): PastPage => ({
  question: { sensorId: 'flow', edges: EDGES, first: 0, comparedEdges: null, asOf: 0 },
  ...{ columns, compared, events: noEvents, since: 0, aheadMs: 0, leftOut: [] },
});

describe('what was heard and what is kept', () => {
  it('is one, and values that both know of are not counted twice', () => {
    const past = page([kept(0, [1, 2, 3]), kept(1, [4, 5, 6]), kept(2, [], 'not-listening')]);
    const { buckets, gaps } = joinPast([null, heard(1, [6, 9]), heard(2, [10])], EDGES, past);
    expect(buckets.map(bucket => bucket && [bucket.min, bucket.max, bucket.last, bucket.sum / bucket.count])).toEqual([
      [1, 3, 3, 2],
      [4, 9, 9, 5],
      [10, 10, 10, 10],
    ]);
    expect(gaps).toEqual([null, null, null]);
  });

  it('tells why there is nothing, and lets a value hold where nothing was due yet', () => {
    const past = page([kept(0, [5]), kept(1, []), kept(2, [], 'silent')]);
    const { buckets, gaps } = joinPast([null, null, null], EDGES, past);
    expect(buckets.map(bucket => bucket?.last ?? null)).toEqual([5, 5, null]);
    expect(gaps).toEqual([null, null, 'silent']);
  });

  it('takes of a page only what has the same columns', () => {
    const past = page([kept(0, [1]), kept(1, [2]), kept(2, [3])], [kept(0, [7]), kept(1, [8]), kept(2, [])]);
    const edges = [60_000, 120_000, 170_000];
    expect(joinPast([null, null], edges, past).buckets.map(bucket => bucket?.last)).toEqual([2, undefined]);
    expect(comparedBetween(past, EDGES).map(bucket => bucket?.last)).toEqual([7, 8, undefined]);
    expect(comparedBetween(null, EDGES)).toEqual([]);
  });

  it('is what was heard, where nothing is kept', () => {
    const own = [null, heard(1, [3]), null];
    expect(joinPast(own, EDGES, null)).toEqual({ buckets: own, gaps: [null, null, null] });
  });
});
