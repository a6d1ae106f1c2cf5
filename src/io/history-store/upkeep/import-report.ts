import type { ImportFormat } from '../../../core/history/import/format.ts';
import type { ImportedRow, LineFault } from '../../../core/history/import/imported.ts';
import type { Span } from '../../../core/history/spans.ts';

/** A line that was not taken. */
export interface FaultyLine extends LineFault {
  /** From 1 on. */
  readonly line: number;
}

/** What an import has done. */
export interface Imported {
  readonly format: ImportFormat;
  readonly lines: number;
  /** Values that were read, and how many of them were not there before. */
  readonly values: number;
  readonly fresh: number;
  readonly events: number;
  readonly freshEvents: number;
  /** From the first to the last value, seconds since 1970; `null` where there is none. */
  readonly span: Span | null;
  /** Days that have them. */
  readonly days: number;
  /** By their names: values of sensors that nobody knows. */
  readonly unknown: ReadonlyMap<string, number>;
  /** What is no value, with how many. */
  readonly others: ReadonlyMap<string, number>;
  /** The first of the lines that were not taken, and how many there are. */
  readonly faults: readonly FaultyLine[];
  readonly faultCount: number;
  /** Nothing was imported: there was more rubbish than one would leave out. */
  readonly isRefused: boolean;
}

/** What a file tells of gaps. */
export interface Gaps {
  readonly rows: readonly Extract<ImportedRow, { kind: 'gap' }>[];
  /** From its first to its last line, seconds since 1970. */
  readonly within: Span;
}
