import { formatDuration } from '../../duration.ts';
import { fitText } from '../../fit-text.ts';
import type { HistoryEvent } from '../../history/history-event.ts';
import type { GapKind, HistoryAnswer, HistoryBucket, ItemHistory } from '../../history/query/query.ts';
import type { Span } from '../../history/spans.ts';
import { formatValue } from '../../home/readings/value-text.ts';
import { decimalsOf, type House, labelOf } from '../../house/house.ts';
import { widestOf } from '../../text-width.ts';
import type { Style } from '../style.ts';

/** What a report for people is made of. */
export interface HistoryReport {
  readonly house: House;
  readonly answer: HistoryAnswer;
  /** Now, seconds since 1970: a stretch may end later. */
  readonly now: number;
  /** In the order of time. */
  readonly events: readonly HistoryEvent[];
  /** Whether each stretch is a line of its own. */
  readonly isTable: boolean;
  /** The local time of a moment, seconds since 1970, as `29 Nov 14:02`. */
  readonly timeText: (second: number) => string;
  readonly style: Style;
  /** What sparklines are drawn with, from the lowest to the highest. */
  readonly bars: readonly string[];
  /** What stands for each kind of gap in a sparkline. */
  readonly marks: Readonly<Record<GapKind, string>>;
}

/** So many of the newest events, and of the longest list of gaps, are told; the rest is counted. */
const MOST_LINES = 20;

/** The report: a sparkline and the sums of each sensor, or a table; then what nobody heard, who was silent, what happened. */
export function historyText(report: HistoryReport): string {
  const { answer, isTable } = report;
  const parts = [
    isTable ? table(report) : answer.items.map(item => summaryLine(item, report)).join('\n'),
    isTable ? '' : legend(report),
    gapPart('Nobody listened', spansOfKind(answer, 'not-listening'), report),
    gapPart('Damaged: kept, and cannot be read any more', spansOfKind(answer, 'damaged'), report),
    silencePart(report),
    unwrittenPart(report),
    eventPart(report),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function summaryLine({ item, buckets }: ItemHistory, report: HistoryReport): string {
  const { house, style, timeText, now } = report;
  const label = fitText(labelOf(house, item.id), labelWidth(report));
  const heard = buckets.filter(({ n }) => n > 0);
  const newest = heard.at(-1);
  if (newest === undefined)
    return `${style(label, 'title')}  ${sparkline(buckets, report)}  ${style('nothing was heard', 'quiet')}`;
  const [min, max] = rangeOf(heard);
  const count = heard.reduce((sum, { n }) => sum + n, 0);
  const mean = heard.reduce((sum, bucket) => sum + bucket.n * (bucket.mean ?? 0), 0) / count;
  const number = (value: number | null, unit = ''): string =>
    formatValue(value ?? 0, unit, decimalsOf(house.sensors.get(item.id)));
  const sums = `${number(min)} to ${number(max, item.unit)}, mean ${number(mean)}, last ${number(newest.last)} before ${timeText(Math.min(newest.until, now))}`;
  return `${style(label, 'title')}  ${sparkline(buckets, report)}  ${sums}`;
}

function sparkline(buckets: readonly HistoryBucket[], { bars, marks }: HistoryReport): string {
  const [min, max] = rangeOf(buckets.filter(({ n }) => n > 0));
  const span = max - min;
  return buckets
    .map(({ n, mean, gap }) => {
      if (n === 0) return gap === null ? ' ' : marks[gap];
      const share = span === 0 ? 0.5 : ((mean ?? 0) - min) / span;
      return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? '';
    })
    .join('');
}

/** What the marks in the sparklines mean, of those that are there. */
function legend({ answer, marks, style }: HistoryReport): string {
  const kinds = new Set(answer.items.flatMap(({ buckets }) => buckets.flatMap(({ gap }) => gap ?? [])));
  const words = (Object.keys(WORDS) as GapKind[]).filter(kind => kinds.has(kind) && marks[kind] !== ' ');
  return words.map(kind => style(`${marks[kind]} ${WORDS[kind]}`, 'quiet')).join('   ');
}

const WORDS: Readonly<Record<GapKind, string>> = {
  'not-listening': 'nobody listened',
  silent: 'silent',
  damaged: 'damaged',
};

function table(report: HistoryReport): string {
  const { answer, house, style, timeText } = report;
  const columns = answer.items.map(({ item, buckets }) => {
    const unit = item.unit === '' ? '' : ` ${item.unit}`;
    return [
      `${labelOf(house, item.id)}${unit}`,
      ...buckets.map(bucket => cell(bucket, decimalsOf(house.sensors.get(item.id)))),
    ];
  });
  const times = ['', ...(answer.items[0]?.buckets ?? []).map(({ from }) => timeText(from))];
  const all = [times, ...columns];
  const widths = all.map(widestOf);
  const lines = times.map((_, row) =>
    all
      .map((column, index) => fitText(column[row] ?? '', widths[index] ?? 0))
      .join('   ')
      .trimEnd(),
  );
  return lines.map((line, row) => (row === 0 ? style(line, 'title') : line)).join('\n');
}

function cell({ n, min, max, mean, gap }: HistoryBucket, decimals: number): string {
  if (n === 0) return gap === null ? '' : WORDS[gap];
  const number = (value: number | null): string => formatValue(value ?? 0, '', decimals);
  return `${number(mean)} (${number(min)} to ${number(max)})`;
}

function gapPart(title: string, spans: readonly Span[], { style, timeText }: HistoryReport): string {
  if (spans.length === 0) return '';
  const lines = spans.slice(-MOST_LINES).map(span => `  ${spanText(span, timeText)}`.trimEnd());
  return [style(title, 'title'), ...earlier(spans.length), ...lines].join('\n');
}

function silencePart({ answer, house, style, timeText }: HistoryReport): string {
  const all = answer.items.flatMap(({ item, silences }) => silences.map(span => ({ ...span, id: item.id })));
  const sorted = all.sort((one, other) => one.from - other.from);
  if (sorted.length === 0) return '';
  const lines = sorted
    .slice(-MOST_LINES)
    .map(({ id, ...span }) => `  ${spanText(span, timeText)}  ${labelOf(house, id)}`);
  return [style('Silent though somebody listened', 'title'), ...earlier(sorted.length), ...lines].join('\n');
}

function unwrittenPart({ answer: { items, knownUntil }, now, timeText }: HistoryReport): string {
  const until = Math.min(now, items[0]?.buckets.at(-1)?.until ?? now);
  return knownUntil < until ? `What is heard since ${timeText(knownUntil)} is not written yet.` : '';
}

function eventPart({ events, style, timeText }: HistoryReport): string {
  if (events.length === 0) return '';
  const lines = events.slice(-MOST_LINES).map(({ at, text }) => `  ${timeText(Math.floor(at / 1_000))}  ${text}`);
  return [style('What happened', 'title'), ...earlier(events.length), ...lines].join('\n');
}

function earlier(count: number): readonly string[] {
  return count > MOST_LINES ? [`  … ${count - MOST_LINES} before`] : [];
}

function spanText({ from, until }: Span, timeText: (second: number) => string): string {
  return `${timeText(from)} to ${timeText(until)}  ${formatDuration((until - from) * 1_000).padEnd(9)}`;
}

function spansOfKind({ gaps }: HistoryAnswer, kind: GapKind): readonly Span[] {
  return gaps.filter(gap => gap.kind === kind);
}

function rangeOf(heard: readonly HistoryBucket[]): readonly [min: number, max: number] {
  const min = heard.reduce((least, bucket) => Math.min(least, bucket.min ?? least), Number.POSITIVE_INFINITY);
  const max = heard.reduce((most, bucket) => Math.max(most, bucket.max ?? most), Number.NEGATIVE_INFINITY);
  return [min, max];
}

function labelWidth({ answer, house }: HistoryReport): number {
  return widestOf(answer.items.map(({ item }) => labelOf(house, item.id)));
}
