import type { HistoryEvent } from '../../history/history-event.ts';
import type { HistoryBucket, HistoryItem } from '../../history/query/query.ts';
import type { Span } from '../../history/spans.ts';
import { jsonText } from '../../json-text.ts';
import { metricUnit } from '../../prometheus-unit.ts';
import { type CsvField, csvRecord } from '../csv.ts';
import { isoTime } from '../iso-time.ts';

/** One line of an exported history. */
export interface HistoryRow {
  /** ms since 1970; `until` for what lasts, and is not in it. */
  readonly at: number;
  readonly until: number | null;
  /**
   * `reading`; `bucket`, of which `value` is the mean; `not-listening`, `silent` and `damaged`, which are gaps; else what
   * happened, as in `watch`.
   */
  readonly type: string;
  readonly id: string | null;
  readonly unit: string | null;
  readonly value: number | null;
  readonly n: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
  readonly text: string | null;
}

const EMPTY = { id: null, unit: null, value: null, n: null, min: null, max: null, last: null, text: null };

/** One value; `second` since 1970. */
export function readingRow({ id, unit }: Pick<HistoryItem, 'id' | 'unit'>, second: number, value: number): HistoryRow {
  return { ...EMPTY, at: second * 1_000, until: null, type: 'reading', id, unit, value };
}

/** What was said in one stretch; an empty one is told by its gap. */
export function bucketRow({ id, unit }: HistoryItem, bucket: HistoryBucket): HistoryRow {
  const { from, until, n, min, max, mean, last, gap } = bucket;
  const at = { at: from * 1_000, until: until * 1_000 };
  if (n === 0) return { ...EMPTY, ...at, type: gap ?? 'bucket', id, unit, n };
  return { ...EMPTY, ...at, type: 'bucket', id, unit, value: mean, n, min, max, last };
}

/** A gap: of all where `id` is `null`. */
export function gapRow(type: string, { from, until }: Span, id: string | null): HistoryRow {
  return { ...EMPTY, at: from * 1_000, until: until * 1_000, type, id };
}

/** Something that happened. */
export function eventRow({ at, type, id, text }: HistoryEvent): HistoryRow {
  return { ...EMPTY, at, until: null, type, id, text };
}

const COLUMNS = ['at', 'until', 'type', 'id', 'unit', 'value', 'n', 'min', 'max', 'last', 'text'] as const;

/** The header of the CSV form. */
export const historyCsvHeader = csvRecord(COLUMNS);

/** The row as one CSV record. */
export function historyCsv(row: HistoryRow): string {
  const { at, until, ...others } = row;
  const times = [isoTime(at), until === null ? null : isoTime(until)];
  const fields: readonly CsvField[] = COLUMNS.slice(2).map(name => others[name as keyof typeof others]);
  return csvRecord([...times, ...fields]);
}

/** The row as one JSON object on a line, without what does not belong to it. */
export function historyJson({ at, until, type, ...others }: HistoryRow): string {
  const given = Object.entries(others).filter(([, value]) => value !== null);
  const end = until === null ? {} : { until: isoTime(until) };
  return `${jsonText({ type, at: isoTime(at), ...end, ...Object.fromEntries(given) })}\n`;
}

/**
 * A value in the line protocol of InfluxDB, its time in nanoseconds; '' for what is no value, for which the protocol has
 * no words.
 */
export function historyLineProtocol(row: HistoryRow, house: string): string {
  if (row.value === null || row.id === null) return '';
  const extra = row.n === null ? '' : `,min=${row.min},max=${row.max},last=${row.last},n=${row.n}i`;
  const tags = [`house=${escapeTag(house)}`, `sensor=${escapeTag(row.id)}`];
  // An empty tag is none in this protocol.
  if (row.unit !== null && row.unit !== '') tags.push(`unit=${escapeTag(row.unit)}`);
  return `hometui,${tags.join(',')} value=${row.value}${extra} ${row.at}000000\n`;
}

/** A tag's value, for the line protocol of InfluxDB. */
export function escapeTag(text: string): string {
  return text.replace(/[\\,= ]/g, '\\$&');
}

/** The metric of a unit in the OpenMetrics form, with what introduces it. */
export function openMetricsHead(unit: string): string {
  const name = openMetricsName(unit);
  const base = metricUnit(unit)?.name ?? 'value';
  const head = base === 'value' ? [] : [`# UNIT ${name} ${base}`];
  return `${[`# TYPE ${name} gauge`, ...head, `# HELP ${name} A value of a sensor; of several the mean.`].join('\n')}\n`;
}

/** The name that the values of a unit have, which is that of `status --format prometheus`. */
export function openMetricsName(unit: string): string {
  return `hometui_sensor_${metricUnit(unit)?.name ?? 'value'}`;
}

/** A value in the OpenMetrics form, in the base unit of its metric; '' for what is no value. */
export function historyOpenMetrics(row: HistoryRow, house: string): string {
  if (row.value === null || row.id === null) return '';
  const { factor, shift } = metricUnit(row.unit ?? '') ?? { factor: 1, shift: 0 };
  const labels: Record<string, string> = { sensor: row.id, house };
  if (metricUnit(row.unit ?? '') === null) labels.unit = row.unit ?? '';
  const text = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  const value = Number((row.value * factor + shift).toPrecision(12));
  return `${openMetricsName(row.unit ?? '')}{${text.join(',')}} ${value} ${row.at / 1_000}\n`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
