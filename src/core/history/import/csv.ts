import { fail, ok } from '../../result.ts';
import {
  type ImportedRow,
  isNoValue,
  type LineFault,
  NO_NUMBER,
  NO_TIME,
  type ReadLine,
  readNumber,
  readTime,
} from './imported.ts';

/** The fields of one record of RFC 4180; `null` where a quote is not closed. */
function splitRecord(line: string, separator: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(separator);
  const fields: string[] = [];
  for (let place = 0; ; ) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(line.slice(place));
    const end = line.indexOf(separator, place + (quoted?.[0].length ?? 0));
    const until = end < 0 ? line.length : end;
    if (quoted === null && line[place] === '"') return null;
    fields.push(quoted === null ? line.slice(place, until) : (quoted[1] ?? '').replaceAll('""', '"'));
    if (end < 0) return fields;
    place = end + 1;
  }
}

/** Names that the columns of others have. */
const TIMES = ['time', 'at', 'timestamp', '_time', 'date', 'datetime', 'last_changed', 'last_updated'];
const SENSORS = ['sensor', 'id', 'name', 'entity_id', 'series', 'metric'];
const VALUES = ['value', '_value', 'state', 'mean'];
const UNITS = ['unit', 'unit_of_measurement'];

/**
 * Reads CSV by its first line: as our own export writes it, by the names of its columns, or without names as time, sensor,
 * value. `null` where the first line is neither. The line that named the columns says nothing else. `isOwn`: an export of
 * ours, in whatever order its columns are.
 */
export function openCsv(first: string): { readonly readLine: ReadLine; readonly isOwn: boolean } | null {
  const separator = [',', ';', '\t'].find(sign => line(first, sign).length >= 3);
  if (separator === undefined) return null;
  const names = line(first, separator).map(name => name.trim().toLowerCase());
  const isOwn = ['at', 'until', 'type', 'id', 'value'].every(name => names.includes(name));
  const find = (known: readonly string[]): number => names.findIndex(name => known.includes(name));
  const isNamed = find(TIMES) >= 0 && find(SENSORS) >= 0 && find(VALUES) >= 0;
  const isBare = !isNamed && readTime(names[0] ?? '') !== null && names.length === 3;
  if (!isOwn && !isNamed && !isBare) return null;
  const columns = isBare
    ? { time: 0, sensor: 1, value: 2, unit: -1 }
    : { time: find(TIMES), sensor: find(SENSORS), value: find(VALUES), unit: find(UNITS) };
  const readLine: ReadLine = text => {
    if (text === '' || (!isBare && text === first)) return ok([]);
    const fields = splitRecord(text, separator);
    if (fields === null)
      return fail({ message: 'a quote in it is not closed', cure: 'Close it: a record is one line.' });
    if (isOwn) return readOwn(name => fields[names.indexOf(name)] ?? '');
    const at = readTime((fields[columns.time] ?? '').trim());
    if (at === null) return fail(NO_TIME);
    const sensor = (fields[columns.sensor] ?? '').trim();
    if (sensor === '') return fail({ message: 'it names no sensor', cure: 'It takes time, sensor and value.' });
    // A comma stands for the point where it cannot stand between the fields.
    const said = (fields[columns.value] ?? '').trim();
    const unit = columns.unit < 0 ? null : (fields[columns.unit] ?? '').trim();
    return readValue(separator === ',' ? said : said.replace(/^(-?\d+),(\d+)$/, '$1.$2'), { at, sensor, unit });
  };
  return { readLine, isOwn };
}

const line = (text: string, separator: string): readonly string[] => splitRecord(text, separator) ?? [];

function readValue(text: string, of: { at: number; sensor: string; unit: string | null }): ReturnType<ReadLine> {
  const value = readNumber(text);
  if (value !== null) return ok([{ kind: 'reading', base: null, ...of, value }]);
  return isNoValue(text) ? ok([{ kind: 'no-value', what: 'lines without a value' }]) : fail(NO_NUMBER);
}

/** A line of our own export (`core/format/history-row.ts`). */
function readOwn(field: (name: string) => string): ReturnType<ReadLine> {
  const at = readTime(field('at'));
  if (at === null) return fail(NO_TIME);
  const type = field('type');
  const id = plainText(field('id'));
  if (type === 'reading') return readValue(field('value'), { at, sensor: id, unit: plainText(field('unit')) });
  if (type === 'bucket') return ok([{ kind: 'no-value', what: 'stretches with several values in one' }]);
  if (type === 'silent') return ok([]);
  if (type === 'not-listening' || type === 'damaged') return readGap(type, at, field('until'), id);
  const text = plainText(field('text'));
  if (!/^[a-z][a-z-]*$/.test(type) || text === '') return fail(NOT_OURS);
  const event = { at, type, id: id === '' ? null : id, severity: 'info', text, detail: {} };
  return ok([{ kind: 'event', event }]);
}

function readGap(
  type: 'not-listening' | 'damaged',
  from: number,
  end: string,
  id: string,
): { ok: true; value: readonly ImportedRow[] } | { ok: false; error: LineFault } {
  // With a sensor it is an empty stretch of `--every`: the gap itself has a line of its own.
  if (id !== '') return ok([]);
  const until = readTime(end);
  return until === null || until < from ? fail(NO_TIME) : ok([{ kind: 'gap', type, from, until }]);
}

const NOT_OURS: LineFault = { message: 'it is no line of an export', cure: 'Leave the line out.' };

/** Without the apostrophe that keeps a spreadsheet from taking a text for a formula. */
function plainText(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
