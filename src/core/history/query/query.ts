import { clipListening, heardOf, knownOf, type Listening } from '../listening.ts';
import type { RollUp, RollUpRows, RollUpStep } from '../roll-up.ts';
import { type SeriesInfo, unscaleValue } from '../series.ts';
import { gapsBetween, lengthOf, mergeSpans, type Span } from '../spans.ts';
import { openSilenceFinder, type SilenceFinder } from './silence.ts';
import { rollUpFor } from './step.ts';
import { type Bucket, openSummary, type Summary } from './summarize.ts';
import { type WrittenBy, writtenSpan } from './written.ts';

/** Where the readings come from; values as they are kept, seconds since 1970. */
export interface HistorySource extends WrittenBy {
  /**
   * Tells all that series said in a stretch, that of each in the order of time; with `step` by that roll-up where there is
   * one. Gives what is known of the listening within the stretch.
   */
  readonly read: (
    series: ReadonlySet<number>,
    span: Span,
    step: RollUpStep | null,
    visitor: HistoryVisitor,
  ) => Listening;
}

/** Is told what series said. */
export interface HistoryVisitor {
  readonly reading: (series: number, second: number, value: number) => void;
  readonly rollUp: (series: number, step: RollUpStep, row: RollUp) => void;
  /** The same for the rows of a day at once, where it is there: of a year there are so many that an object of each takes long. */
  readonly rollUps?: (series: number, step: RollUpStep, rows: RollUpRows) => void;
}

/** One line of a chart that is asked for: a sensor with one unit. */
export interface HistoryItem {
  readonly id: string;
  readonly unit: string;
  /** What it is kept under: several where its digits were changed. */
  readonly series: readonly SeriesInfo[];
  /** What the house file says of how often it speaks, seconds; `null` where it does not. */
  readonly everyS: number | null;
  readonly expireAfterS: number | null;
}

/** What an item said. */
export interface ItemHistory {
  readonly item: HistoryItem;
  readonly buckets: readonly HistoryBucket[];
  /** When it said nothing though somebody listened. */
  readonly silences: readonly Span[];
}

/** A stretch with the reason why nothing was heard in it; `null` where something was, or where nothing was due yet. */
export interface HistoryBucket extends Bucket {
  readonly gap: GapKind | null;
}

/**
 * Why there is nothing: `not-listening`: nobody heard the house then. `silent`: somebody listened, and it said nothing.
 * `damaged`: it was kept, and cannot be read any more.
 */
export type GapKind = 'not-listening' | 'silent' | 'damaged';

/** A stretch of which nothing is known of the house. */
export interface Gap extends Span {
  readonly kind: Exclude<GapKind, 'silent'>;
}

/** The answer to a question. */
export interface HistoryAnswer {
  readonly items: readonly ItemHistory[];
  readonly gaps: readonly Gap[];
  /** Up to when it is known what was heard, seconds since 1970: of what comes after it nothing is said. */
  readonly knownUntil: number;
}

/**
 * What items said between edges, in seconds, rising: read from the coarsest roll-up that no edge cuts. Nothing is said of
 * what comes after `now`.
 */
export function queryHistory(
  source: HistorySource,
  items: readonly HistoryItem[],
  edges: readonly number[],
  now: number,
): HistoryAnswer {
  const within = { from: edges[0] ?? 0, until: Math.min(edges.at(-1) ?? 0, now) };
  const lines = openLines(items, within, edges);
  const bySeries = new Map(
    lines.flatMap(line =>
      line.item.series.map(series => [series.n, { ...line, factor: 10 ** -series.scale }] as const),
    ),
  );
  const listening = source.read(new Set(bySeries.keys()), within, rollUpFor(edges), {
    reading: (n, second, value) => {
      const line = bySeries.get(n);
      if (line === undefined) return;
      line.summary.add(second, value * line.factor);
      line.finder.spoke(second, second);
    },
    rollUp: (n, step, row) => {
      const line = bySeries.get(n);
      if (line === undefined) return;
      line.summary.addSample(row.index * step, row.n, row, line.factor);
      line.finder.spoke(row.index * step, (row.index + 1) * step);
    },
    rollUps: (n, step, rows) => {
      const line = bySeries.get(n);
      if (line === undefined) return;
      line.summary.addRollUps(step, rows, line.factor);
      tellSpoken(line.finder, step, rows);
    },
  });
  return answerOf(lines, listening, writtenSpan(source, listening, within, now));
}

/** What is gathered for one line of a chart. */
export interface Line {
  readonly item: HistoryItem;
  readonly summary: Summary;
  readonly finder: SilenceFinder;
}

/** Opens what gathers the answer to a question; each line is then told, in the order of time, what its item said. */
export function openLines(items: readonly HistoryItem[], within: Span, edges: readonly number[]): readonly Line[] {
  return items.map(item => ({ item, summary: openSummary(edges), finder: openSilenceFinder(within, item) }));
}

/** The answer from what the lines were told. */
export function answerOf(lines: readonly Line[], listening: Listening, within: Span): HistoryAnswer {
  return {
    items: lines.map(line => itemHistory(line, listening, within)),
    gaps: gapsOf(listening, within),
    knownUntil: within.until,
  };
}

/** What of a stretch nobody heard, and what was lost, in the order of time. */
export function gapsOf(listening: Listening, within: Span): readonly Gap[] {
  const { lost } = listening;
  const known = mergeSpans([...knownOf(listening, null), ...lost]);
  const gaps: readonly Gap[] = [
    ...gapsBetween(known, within).map(span => ({ ...span, kind: 'not-listening' as const })),
    ...lost.map(span => ({ ...span, kind: 'damaged' as const })),
  ];
  return gaps.toSorted((one, other) => one.from - other.from);
}

/** Tells of the rows that follow each other without one between them. */
function tellSpoken(finder: SilenceFinder, step: RollUpStep, rows: RollUpRows): void {
  const { length } = rows;
  if (length === 0) return;
  const begin = rows.indexAt(0);
  // Nearly always nothing is missing, and of a year there are so many that looking at each takes long.
  const isWhole = rows.indexAt(length - 1) - begin === length - 1;
  let [first, next] = [begin, isWhole ? begin + length : begin];
  for (let place = 0; place < length && !isWhole; place++) {
    const index = rows.indexAt(place);
    if (index !== next) {
      finder.spoke(first * step, next * step, next - first);
      first = index;
    }
    next = index + 1;
  }
  finder.spoke(first * step, next * step, next - first);
}

function itemHistory({ item, summary, finder }: Line, listening: Listening, within: Span): ItemHistory {
  const numbers = item.series.map(({ n }) => n);
  const heard = heardOf(listening, numbers);
  const known: Listening = { heard: knownOf(listening, numbers), lost: listening.lost };
  const digits = Math.max(0, ...item.series.map(({ scale }) => scale));
  const round = (value: number): number => unscaleValue(Math.round(value * 10 ** digits), digits);
  const buckets = summary.buckets(round).map(bucket => ({
    ...bucket,
    gap:
      bucket.n > 0 || bucket.from >= within.until
        ? null
        : gapOf({ ...bucket, until: Math.min(bucket.until, within.until) }, known, stretch =>
            finder.isSilentIn(stretch, heard),
          ),
  }));
  return { item, buckets, silences: finder.silences(heard) };
}

/** Why a stretch is empty: by what makes up the most of it. */
function gapOf(bucket: Span, known: Listening, isSilentIn: (stretch: Span) => boolean): GapKind | null {
  const part = clipListening(known, bucket);
  const [heardS, lostS] = [lengthOf(part.heard), lengthOf(part.lost)];
  const unheardS = bucket.until - bucket.from - heardS - lostS;
  if (lostS > 0 && lostS >= heardS) return 'damaged';
  if (unheardS > heardS) return 'not-listening';
  // Less than it takes to be due: the value before it still holds.
  return isSilentIn(bucket) ? 'silent' : null;
}
