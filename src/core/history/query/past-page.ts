import type { House } from '../../house/house.ts';
import type { Issue } from '../../issue.ts';
import type { Result } from '../../result.ts';
import type { SeriesInfo } from '../series.ts';
import type { Span } from '../spans.ts';
import { readItems } from './items.ts';
import { type EventSource, type PageEvents, readPageEvents } from './page-events.ts';
import { type PastQuestion, toldSpan } from './past-question.ts';
import {
  type Gap,
  type GapKind,
  type HistoryBucket,
  type HistoryItem,
  type HistorySource,
  queryHistory,
} from './query.ts';
import type { Bucket } from './summarize.ts';
import { unitChange } from './unit-change.ts';

/**
 * Why a column has nothing. `unknown`: it was not heard here, and of who else was asked nobody has anything: why is not
 * known.
 */
export type PastGap = GapKind | 'unknown';

/** One column of a page. */
export interface PastColumn extends Bucket {
  readonly gap: PastGap | null;
}

/** A database on another machine that was asked for what is not kept here. `pi:8086` is a name. */
export type Elsewhere =
  /** It was asked, and has not answered yet; or it had nothing more. */
  | { readonly name: string; readonly kind: 'asked' | 'nothing' }
  /** Some of the columns are from there. */
  | { readonly name: string; readonly kind: 'told' }
  /** Why it does not tell, one sentence without a full stop. */
  | { readonly name: string; readonly kind: 'failed'; readonly why: string };

/** What is kept of it. */
export interface PastPage {
  readonly question: PastQuestion;
  /** One for each column. */
  readonly columns: readonly PastColumn[];
  readonly compared: readonly PastColumn[] | null;
  /** What happened in the house. */
  readonly events: PageEvents;
  /** From when on anything at all was kept, ms; `null` where nothing was. */
  readonly since: number | null;
  /** What the clock of the events is ahead of the time of day, ms: its days and hours begin so much later. */
  readonly aheadMs: number;
  /** Other units that the sensor had, which cannot be converted: what it said in them is left out. */
  readonly leftOut: readonly string[];
  /** How much of its time is over and was not heard here, from 0 to 1. */
  readonly unheardShare?: number;
  /** Who else was asked; absent where nobody was. It may reach further back than `since`. */
  readonly elsewhere?: Elsewhere;
}

/** A page, or what stands in the way of reading it. */
export interface PastAnswer {
  readonly question: PastQuestion;
  readonly result: Result<PastPage, Issue>;
}

/** A history that can be asked; seconds since 1970. */
export interface PastSource extends HistorySource, EventSource {
  readonly series: readonly SeriesInfo[];
}

/**
 * Answers a question from a history. `aheadMs` is what the clock of the events is ahead of the time of day, in whole
 * seconds; `now` the time of day, seconds. Throws what the source throws.
 */
export function readPastPage(
  source: PastSource,
  house: House,
  question: PastQuestion,
  { aheadMs, now, since }: { readonly aheadMs: number; readonly now: number; readonly since: number | null },
): PastPage {
  const { sensorId, comparedEdges } = question;
  const toSeconds = (edges: readonly number[]): readonly number[] => edges.map(edge => (edge - aheadMs) / 1_000);
  const edges = toSeconds(question.edges);
  const span = { from: edges[0] ?? 0, until: edges.at(-1) ?? 0 };
  const items = readItems(source.series, house, new Set([sensorId]));
  const unit = house.sensors.get(sensorId)?.unit ?? '';
  const { columns, gaps } = askInUnit(source, items, unit, edges, now);
  return {
    question,
    columns,
    compared: comparedEdges === null ? null : askInUnit(source, items, unit, toSeconds(comparedEdges), now).columns,
    unheardShare: shareOf(gaps, { from: edges[question.first] ?? span.from, until: Math.min(span.until, now) }),
    events: readPageEvents(source, { edges, now, told: toldSpan(question, aheadMs), aheadMs }),
    since: since === null ? null : since * 1_000 + aheadMs,
    aheadMs,
    leftOut: items.flatMap(item => (unitChange(item.unit, unit) === null ? [item.unit] : [])),
  };
}

/** What was said under several units, in one. */
function askInUnit(
  source: PastSource,
  items: readonly HistoryItem[],
  unit: string,
  edges: readonly number[],
  now: number,
): { readonly columns: readonly HistoryBucket[]; readonly gaps: readonly Gap[] } {
  // Of what was never kept there still is when somebody listened.
  const asked = items.length > 0 ? items : [{ id: '', unit, series: [], everyS: null, expireAfterS: null }];
  const answer = queryHistory(source, asked, edges, now);
  const [first = [], ...others] = answer.items.map(({ item, buckets }) =>
    buckets.map(bucket => inUnit(bucket, item, unit)),
  );
  const columns = first.map((bucket, place) =>
    others.reduce((sum, line) => addBucket(sum, line[place] ?? sum), bucket),
  );
  return { columns, gaps: answer.gaps };
}

/** How much of a stretch is in gaps, from 0 to 1. */
function shareOf(gaps: readonly Gap[], { from, until }: Span): number {
  if (until <= from) return 0;
  const inside = gaps.map(gap => Math.max(0, Math.min(gap.until, until) - Math.max(gap.from, from)));
  return inside.reduce((sum, length) => sum + length, 0) / (until - from);
}

function inUnit(bucket: HistoryBucket, item: HistoryItem, unit: string): HistoryBucket {
  const change = unitChange(item.unit, unit);
  // What has another unit was no silence, and who was never kept may not have been there.
  const isOther = change === null && bucket.n > 0;
  if (isOther || item.series.length === 0) {
    return {
      ...bucket,
      n: 0,
      min: null,
      max: null,
      mean: null,
      last: null,
      gap: bucket.gap === 'silent' ? null : bucket.gap,
    };
  }
  if (change === null) return bucket;
  const changed = (value: number | null): number | null => (value === null ? null : change(value));
  const { min, max, mean, last } = bucket;
  return { ...bucket, min: changed(min), max: changed(max), mean: changed(mean), last: changed(last) };
}

/** The same time under two units; both have values on the day of the change. */
function addBucket(one: HistoryBucket, other: HistoryBucket): HistoryBucket {
  // Of two that say nothing the one that has no gap tells that something was said all the same.
  if (other.n === 0) return one.n === 0 && other.gap === null ? other : one;
  if (one.n === 0) return other;
  const n = one.n + other.n;
  return {
    ...{ from: one.from, until: one.until, n, gap: null, last: other.last },
    min: Math.min(one.min ?? 0, other.min ?? 0),
    max: Math.max(one.max ?? 0, other.max ?? 0),
    mean: ((one.mean ?? 0) * one.n + (other.mean ?? 0) * other.n) / n,
  };
}
