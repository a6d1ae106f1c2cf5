import {
  bucketRow,
  eventRow,
  gapRow,
  type HistoryRow,
  historyCsv,
  historyCsvHeader,
  historyJson,
  historyLineProtocol,
  historyOpenMetrics,
  openMetricsHead,
  openMetricsName,
  readingRow,
} from '../../core/format/history/history-row.ts';
import { BLOCK_S } from '../../core/history/block.ts';
import { DAY_S } from '../../core/history/calendar.ts';
import { heardOf, joinListening, type Listening } from '../../core/history/listening.ts';
import { gapsOf, type HistoryBucket, type HistoryItem, queryHistory } from '../../core/history/query/query.ts';
import { openSilenceFinder } from '../../core/history/query/silence.ts';
import { writtenSpan } from '../../core/history/query/written.ts';
import type { RollUp, RollUpStep } from '../../core/history/roll-up.ts';
import { unscaleValue } from '../../core/history/series.ts';
import type { Span } from '../../core/history/spans.ts';
import type { HistoryReader } from '../../io/history-store/reader.ts';
import type { AskedTime } from './question.ts';

/** The forms in which a history is carried away. */
export type ExportFormat = 'csv' | 'jsonl' | 'openmetrics' | 'line-protocol';

/** What is exported. */
export interface Export {
  readonly reader: HistoryReader;
  readonly items: readonly HistoryItem[];
  readonly time: AskedTime;
  /** Now, seconds since 1970: nothing is said of what comes after it. */
  readonly now: number;
  readonly house: string;
  /** Whose events are wanted; `null` for all. */
  readonly only: ReadonlySet<string> | null;
}

/** What is told of the way: days done and days in all. */
export type Progress = (done: number, all: number) => void;

/** The export in pieces of a day at the most, so that it can be broken off and a year needs no more memory than that. */
export function* exportHistory(given: Export, format: ExportFormat, onProgress: Progress): Generator<string> {
  if (format === 'openmetrics') {
    yield* openMetrics(given, onProgress);
    return;
  }
  if (format === 'csv') yield historyCsvHeader;
  const line: Record<typeof format, (row: HistoryRow) => string> = {
    csv: historyCsv,
    jsonl: historyJson,
    'line-protocol': row => historyLineProtocol(row, given.house),
  };
  for (const rows of rowsByDay(given, onProgress)) yield rows.map(line[format]).join('');
}

/** Rows in the order of time. */
function* rowsByDay(given: Export, onProgress: Progress): Generator<readonly HistoryRow[]> {
  const { reader, time, only } = given;
  const isAbout = (id: string | null): boolean => only === null || (id !== null && only.has(id));
  const span = { from: time.edges[0] ?? time.from, until: time.edges.at(-1) ?? time.until };
  const events = reader.events(span).filter(({ id }) => isAbout(id));
  if (time.stepS !== null) {
    const { items, gaps } = queryHistory(reader, given.items, time.edges, given.now);
    const rows = items.flatMap(({ item, buckets }) => buckets.map(bucket => bucketRow(item, bucket)));
    yield inOrder([...rows, ...gaps.map(gap => gapRow(gap.kind, gap, null)), ...events.map(eventRow)]);
    return;
  }
  const told = { from: span.from, until: Math.min(span.until, given.now) };
  const [days, parts] = [cutAt(told, DAY_S), cutAt(told, BLOCK_S)];
  // Each of the two rounds is half of the way.
  const gaps = yield* findGaps(given, days, done => onProgress(done, 2 * days.length));
  const others = [...gaps, ...events.map(eventRow)];
  for (const [place, part] of parts.entries()) {
    const rows = readingsOf(given, given.items, part);
    yield inOrder([...rows, ...others.filter(({ at }) => at >= part.from * 1_000 && at < part.until * 1_000)]);
    onProgress(parts.length + place + 1, 2 * parts.length);
  }
}

/** What was not heard, and who was silent: known only when all was read. Gives an empty piece after each day. */
function* findGaps(
  { reader, items, now, time }: Export,
  days: readonly Span[],
  onProgress: (done: number) => void,
): Generator<readonly HistoryRow[], readonly HistoryRow[]> {
  const within = { from: time.from, until: Math.min(time.until, now) };
  const finders = items.map(item => ({ item, finder: openSilenceFinder(within, item) }));
  const bySeries = new Map(finders.flatMap(({ item, finder }) => item.series.map(({ n }) => [n, finder] as const)));
  const parts: Listening[] = [];
  for (const [place, day] of days.entries()) {
    const reading = (n: number, second: number): void => bySeries.get(n)?.spoke(second, second);
    const rollUp = (n: number, step: RollUpStep, { index }: RollUp): void =>
      bySeries.get(n)?.spoke(index * step, (index + 1) * step);
    parts.push(reader.read(new Set(bySeries.keys()), day, null, { reading, rollUp }));
    onProgress(place + 1);
    yield [];
  }
  const listening = joinListening(parts);
  return [
    ...gapsOf(listening, writtenSpan(reader, listening, within, now)).map(gap => gapRow(gap.kind, gap, null)),
    ...finders.flatMap(({ item, finder }) =>
      finder.silences(heardOf(listening, numbersOf(item))).map(span => gapRow('silent', span, item.id)),
    ),
  ];
}

const numbersOf = ({ series }: HistoryItem): readonly number[] => series.map(({ n }) => n);

/** OpenMetrics wants all of a metric together, and in it all of a sensor. */
function* openMetrics(given: Export, onProgress: Progress): Generator<string> {
  const { items, time } = given;
  const span = { from: time.edges[0] ?? time.from, until: Math.min(time.edges.at(-1) ?? time.until, given.now) };
  const days = cutAt(span, DAY_S);
  const names = [...new Set(items.map(({ unit }) => openMetricsName(unit)))];
  let done = 0;
  for (const name of names) {
    const same = items.filter(({ unit }) => openMetricsName(unit) === name);
    yield openMetricsHead(same[0]?.unit ?? '');
    for (const item of same) {
      const pieces =
        time.stepS === null ? days.map(day => () => readingsOf(given, [item], day)) : [() => bucketsOf(given, item)];
      for (const piece of pieces) {
        yield piece()
          .map(row => historyOpenMetrics(row, given.house))
          .join('');
        onProgress(++done, items.length * pieces.length);
      }
    }
  }
  yield '# EOF\n';
}

function bucketsOf({ reader, time, now }: Export, item: HistoryItem): readonly HistoryRow[] {
  const { items } = queryHistory(reader, [item], time.edges, now);
  return items.flatMap(({ buckets }) => buckets.map(bucket => bucketRow(item, bucket)));
}

function readingsOf({ reader }: Export, items: readonly HistoryItem[], day: Span): readonly HistoryRow[] {
  const bySeries = new Map(items.flatMap(item => item.series.map(one => [one.n, { item, scale: one.scale }] as const)));
  const rows: HistoryRow[] = [];
  reader.read(new Set(bySeries.keys()), day, null, {
    reading: (n, second, value) => {
      const known = bySeries.get(n);
      if (known !== undefined) rows.push(readingRow(known.item, second, unscaleValue(value, known.scale)));
    },
    // Of a day whose readings are gone.
    rollUp: (n, step, row) => {
      const known = bySeries.get(n);
      if (known !== undefined) rows.push(bucketRow(known.item, rolledBucket(row, step, known.scale)));
    },
  });
  return rows;
}

function rolledBucket({ index, n, min, max, mean, last }: RollUp, step: RollUpStep, scale: number): HistoryBucket {
  const [low, high, middle, newest] = [min, max, mean, last].map(value => unscaleValue(value, scale));
  const values = { min: low ?? 0, max: high ?? 0, mean: middle ?? 0, last: newest ?? 0 };
  return { from: index * step, until: (index + 1) * step, n, ...values, gap: null };
}

function inOrder(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  return [...rows].sort((one, other) => one.at - other.at);
}

/** The stretch cut where days of UTC, or the parts of them that are kept as one, begin. */
function cutAt({ from, until }: Span, lengthS: number): readonly Span[] {
  const parts: Span[] = [];
  for (let start = from; start < until; ) {
    const end = Math.min(until, (Math.floor(start / lengthS) + 1) * lengthS);
    parts.push({ from: start, until: end });
    start = end;
  }
  return parts;
}
