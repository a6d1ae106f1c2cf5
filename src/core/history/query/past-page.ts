import type { House } from '../../house/house.ts';
import type { Issue } from '../../issue.ts';
import type { Result } from '../../result.ts';
import type { HistoryEvent } from '../history-event.ts';
import type { SeriesInfo } from '../series.ts';
import type { Span } from '../spans.ts';
import { readItems } from './items.ts';
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

/** What a chart wants to know of the past of one sensor. Times are ms on the clock of the house's events. */
export interface PastQuestion {
  readonly sensorId: string;
  /** When its columns begin and the last one ends, rising, whole seconds. */
  readonly edges: readonly number[];
  /** The first column that is shown: those before are room of a page that stands still. */
  readonly first: number;
  /** The same for the hours that it is compared with, as many; `null` where it is not. */
  readonly comparedEdges: readonly number[] | null;
  /** As of when: a page that reaches up to now is asked for again and again. */
  readonly asOf: number;
  /** Whether all that is kept is asked for, so that it is to be found out from when on anything is. */
  readonly wantsAll?: boolean;
  /**
   * In a replay: what came after this moment, ms, is not told. Its times are those of the wall of then. Absent where the
   * living house is shown.
   */
  readonly endsAt?: number;
}

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
  /** The newest of what happened in the house, in the order of time. */
  readonly events: readonly PastEvent[];
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

/** Something that happened and is worth a mark, at a time in ms. */
export interface PastEvent {
  readonly at: number;
  readonly mark: EventMark;
  readonly text: string;
}

/** The marks, from the least to the worst. `trouble`: a silence, a limit, a lost link. */
export const EVENT_MARKS = ['switched', 'trouble', 'denied'] as const;
export type EventMark = (typeof EVENT_MARKS)[number];

/** A history that can be asked; seconds since 1970. */
export interface PastSource extends HistorySource {
  readonly series: readonly SeriesInfo[];
  readonly events: (span: Span) => readonly HistoryEvent[];
}

/** So many events at the most are told of a page. */
const MOST_EVENTS = 200;
/** On a longer page each column would have a mark, s. */
const LONGEST_WITH_EVENTS_S = 32 * 86_400;

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
    events:
      span.until - span.from > LONGEST_WITH_EVENTS_S
        ? []
        : eventsIn(source, { from: span.from, until: Math.min(span.until, now + 1) }, aheadMs),
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

function eventsIn(source: PastSource, span: Span, aheadMs: number): readonly PastEvent[] {
  const events = source.events(span).flatMap(event => {
    const mark = markOf(event);
    return mark === null ? [] : [{ at: event.at + aheadMs, mark, text: event.text }];
  });
  return events.slice(-MOST_EVENTS);
}

/** The mark of an event; `null` for what is not worth one. */
function markOf({ type, severity }: HistoryEvent): EventMark | null {
  if (type === 'denial' || (type === 'verdict' && severity === 'critical')) return 'denied';
  if (severity === 'warning' || severity === 'critical') return 'trouble';
  return type === 'switch' || type === 'verdict' ? 'switched' : null;
}
