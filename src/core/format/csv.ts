import { cleanWhole } from '../clean-text.ts';

/** One field of a table; `null` is an empty one. */
export type CsvField = string | number | boolean | null;

/**
 * One record of RFC 4180: fields that need it are quoted, and the line ends with CR LF. A text that a spreadsheet would
 * take for a formula gets an apostrophe before it: topics and client identifiers come from strangers. For the same reason a
 * character that could move a cursor is replaced: CSV has no way to write it otherwise.
 */
export function csvRecord(fields: readonly CsvField[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(field: CsvField): string {
  if (field === null) return '';
  if (typeof field !== 'string') return String(field);
  const clean = cleanWhole(field);
  const safe = /^[=+\-@]/.test(clean) ? `'${clean}` : clean;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
