import { openCsv } from './csv.ts';
import type { ReadLine } from './imported.ts';
import { readLineProtocol } from './line-protocol.ts';
import { readOpenMetrics } from './open-metrics.ts';

/** The forms that a file may have. */
export const IMPORT_FORMATS = ['csv', 'line-protocol', 'openmetrics'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** How a file is read. */
export interface FileReader {
  readonly format: ImportFormat;
  readonly readLine: ReadLine;
  /** Whether it is an export of our own, which tells when nobody listened. */
  readonly tellsGaps: boolean;
}

/**
 * How to read a file, by its first lines, or in the form that is asked for. `null` where they are nothing of the kind; empty
 * ones can be read as anything.
 */
export function openFormat(lines: readonly string[], asked: ImportFormat | null): FileReader | null {
  const filled = lines.filter(line => line.trim() !== '');
  for (const format of asked === null ? IMPORT_FORMATS : [asked]) {
    const reader = openAs(format, filled);
    if (reader !== null) return reader;
  }
  return null;
}

function openAs(format: ImportFormat, lines: readonly string[]): FileReader | null {
  if (format === 'csv') {
    const csv = openCsv(lines[0] ?? '');
    return csv === null ? null : { format, readLine: csv.readLine, tellsGaps: csv.isOwn };
  }
  const readLine = format === 'openmetrics' ? readOpenMetrics : readLineProtocol;
  // Most of the first lines say something in this form: one that is cut off or a remark does not decide.
  const good = lines.filter(line => readLine(line).ok).length;
  const said = lines.some(line => {
    const read = readLine(line);
    return read.ok && read.value.length > 0;
  });
  return said && 2 * good > lines.length ? { format, readLine, tellsGaps: false } : null;
}
