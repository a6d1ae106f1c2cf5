import { sizeText, timesText } from '../../count-text.ts';
import { formatDuration } from '../../duration.ts';
import {
  type Occurrence,
  type OccurrenceDay,
  occurrenceCounts,
  occurrenceDays,
} from '../../history/query/occurrences.ts';
import { jsonText } from '../../json-text.ts';
import { clockText, MONTHS, twoDigits, WEEKDAYS } from '../../moment-text.ts';
import { csvRecord } from '../csv.ts';
import { isoTime } from '../iso-time.ts';
import type { Style } from '../style.ts';

/** What happened, day by day, for people: a heading with the counts, then a line for each. */
export function occurrencesText(occurrences: readonly Occurrence[], style: Style): string {
  const days = occurrenceDays(occurrences);
  const parts = days.map(day => dayText(day, style));
  if (days.length > 1) parts.push(`All days: ${countsText(occurrenceCounts(occurrences))}\n`);
  return parts.join('\n');
}

function dayText({ occurrences, counts }: OccurrenceDay, style: Style): string {
  const date = new Date(occurrences[0]?.at ?? 0);
  const month = MONTHS[date.getMonth()];
  const name = `${WEEKDAYS[date.getDay()]} ${twoDigits(date.getDate())} ${month} ${date.getFullYear()}`;
  const lines = occurrences.map(one => `  ${style(clockText(one.at), 'quiet')}  ${occurrenceText(one)}\n`);
  return `${style(name, 'title')}  ${countsText(counts)}\n${lines.join('')}`;
}

function countsText(counts: OccurrenceDay['counts']): string {
  return counts.map(({ label, count }) => `${label} ${timesText(count)}`).join(', ');
}

/** One of them without its time: `Door bell: rings, with a picture of 3.1 kB`. */
function occurrenceText({ label, word, count, at, until, snapshotBytes, note }: Occurrence): string {
  const said = word ?? (count === 1 ? timesText(1) : `${timesText(count)} within ${formatDuration(until - at)}`);
  const picture = snapshotBytes === null ? '' : `, with a picture of ${sizeText(snapshotBytes)}`;
  return `${label}: ${said}${picture}${note === null ? '' : ` (${note})`}`;
}

/** The header of the table. */
export const occurrenceCsvHeader = csvRecord([
  ...['at', 'until', 'id', 'label', 'kind', 'word', 'count', 'snapshot_bytes', 'note'],
]);

/** One of them as a record of the table. */
export function occurrenceCsv(one: Occurrence): string {
  const { at, until, id, label, kind, word, count, snapshotBytes, note } = one;
  return csvRecord([isoTime(at), isoTime(until), id, label, kind, word, count, snapshotBytes, note]);
}

/** One of them as a JSON object on a line. */
export function occurrenceJson({ at, until, ...others }: Occurrence): string {
  return `${jsonText({ at: isoTime(at), until: isoTime(until), ...others })}\n`;
}
