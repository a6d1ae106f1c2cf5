import type { PastColumn, PastGap, PastPage } from '../../core/history/query/past-page.ts';
import type { Bucket } from '../../core/home/readings/series.ts';

/** Columns with what was heard in them or, where that was nothing, why. */
export interface PastColumns {
  readonly buckets: readonly (Bucket | null)[];
  readonly gaps: readonly (PastGap | null)[];
}

/**
 * What we heard ourselves between edges, ms, together with what is kept of the same time. Both may know of a column: what
 * is kept is up to a minute old, and we may have heard only its end.
 */
export function joinPast(
  heard: readonly (Bucket | null)[],
  edges: readonly number[],
  past: PastPage | null,
): PastColumns {
  if (past === null) return { buckets: heard, gaps: heard.map(() => null) };
  const kept = keptBetween(past, past.columns, edges);
  let last: Bucket | null = null;
  const buckets = heard.map((bucket, place) => {
    const column = kept[place] ?? null;
    last = join(bucketOf(column), bucket) ?? holdOver(column, last);
    return last;
  });
  return { buckets, gaps: buckets.map((bucket, place) => (bucket === null ? (kept[place]?.gap ?? null) : null)) };
}

/** The hours that it is compared with, as far as they are known. */
export function comparedBetween(past: PastPage | null, edges: readonly number[]): readonly (Bucket | null)[] {
  if (past?.compared == null) return [];
  return keptBetween(past, past.compared, edges).map(bucketOf);
}

/** The columns that a page has for the same stretches; `null` where it has none. */
function keptBetween(
  { question }: PastPage,
  columns: readonly PastColumn[],
  edges: readonly number[],
): readonly (PastColumn | null)[] {
  const places = new Map(question.edges.map((edge, place) => [edge, place]));
  return edges.slice(0, -1).map((edge, place) => {
    const found = places.get(edge);
    return found === undefined || question.edges[found + 1] !== edges[place + 1] ? null : (columns[found] ?? null);
  });
}

function bucketOf(column: PastColumn | null): Bucket | null {
  if (column === null || column.n === 0) return null;
  const { from, n, min, max, mean, last } = column;
  if (min === null || max === null || mean === null || last === null) return null;
  return { startAt: from * 1_000, min, max, last, sum: mean * n, count: n };
}

/** Nothing was due yet: the value before it still holds. */
function holdOver(column: PastColumn | null, last: Bucket | null): Bucket | null {
  if (column === null || column.n > 0 || column.gap !== null || last === null) return null;
  const { last: value } = last;
  return { startAt: column.from * 1_000, min: value, max: value, last: value, sum: value, count: 1 };
}

function join(kept: Bucket | null, heard: Bucket | null): Bucket | null {
  if (kept === null || heard === null) return heard ?? kept;
  // Much of it was heard and kept: the mean is that of who knows more of it.
  const { sum, count } = kept.count > heard.count ? kept : heard;
  return {
    ...{ startAt: heard.startAt, last: heard.last, sum, count },
    min: Math.min(kept.min, heard.min),
    max: Math.max(kept.max, heard.max),
  };
}
