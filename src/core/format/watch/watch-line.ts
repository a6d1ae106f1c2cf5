import { cleanText } from '../../clean-text.ts';
import { type CsvField, csvRecord } from '../csv.ts';
import { isoTime } from '../iso-time.ts';
import type { Role, Style } from '../style.ts';
import type { WatchEvent } from './watch-event.ts';

const ROLES: Readonly<Record<WatchEvent['level'], Role | null>> = {
  info: null,
  good: 'good',
  warning: 'warning',
  critical: 'critical',
};

/** The line for people: the time of day, as `timeText` writes it, what happened, and what to do about a denial. */
export function watchText(event: WatchEvent, timeText: (at: number) => string, style: Style): string {
  const role = ROLES[event.level];
  const text = role === null ? event.text : style(event.text, role);
  const { remedy } = event.detail;
  const cure = typeof remedy === 'string' && remedy !== '' ? `. ${cleanText(remedy, 500)}` : '';
  return `${style(timeText(event.at), 'quiet')}  ${text}${cure}\n`;
}

/** The header of `watch --format csv`. */
export const watchCsvHeader = csvRecord(['at', 'type', 'id', 'value', 'unit', 'freshness', 'severity', 'text']);

/** The line as one CSV record. Its value is one that was heard: of a word that is presumed the text alone tells. */
export function watchCsv({ type, at, id, text, level, detail }: WatchEvent): string {
  const value = detail.presumed === true ? null : (detail.value ?? detail.state ?? detail.verdict ?? null);
  const field = (candidate: unknown): CsvField =>
    typeof candidate === 'string' || typeof candidate === 'number' ? candidate : null;
  return csvRecord([isoTime(at), type, id, field(value), field(detail.unit), field(detail.freshness), level, text]);
}
