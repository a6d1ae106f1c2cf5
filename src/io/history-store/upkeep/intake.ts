import type { HistoryEvent } from '../../../core/history/history-event.ts';
import {
  type ImportedReading,
  type ImportedRow,
  type LineFault,
  type ReadLine,
  timeFault,
} from '../../../core/history/import/imported.ts';
import { openTargets } from '../../../core/history/import/targets.ts';
import type { SeriesInfo } from '../../../core/history/series.ts';
import type { House } from '../../../core/house/house.ts';
import { fail } from '../../../core/result.ts';
import type { FaultyLine, Gaps, Imported } from './import-report.ts';
import { LONGEST_LINE } from './lines.ts';
import type { Spool } from './spool.ts';

/** What lines are taken in with. */
export interface IntakeSetup {
  readonly house: House;
  readonly map: ReadonlyMap<string, string>;
  readonly series: readonly SeriesInfo[];
  /** ms since 1970: nothing later is taken. */
  readonly now: number;
  readonly numberOf: (id: string, unit: string, scale: number) => number;
  readonly spool: Spool;
}

/** Takes the lines of a file in, one after the other, and counts. */
export interface Intake {
  readonly take: (line: string, readLine: ReadLine) => void;
  /** Whether there is more of it than one would leave out. */
  readonly isRubbish: () => boolean;
  readonly report: () => Omit<Imported, 'format' | 'fresh' | 'freshEvents' | 'days' | 'isRefused'>;
  readonly gaps: () => Gaps;
  readonly events: () => readonly HistoryEvent[];
  /** The numbers of all series that a value was taken for. */
  readonly series: () => readonly number[];
}

/** So many lines that cannot be read are told; more than these, and than one in a hundred, are rubbish. */
const MOST_TOLD = 20;
const MOST_FAULTS = 100;
const MOST_SHARE = 0.01;
/** Of names and events, so that a strange file does not fill the memory. */
const MOST_NAMES = 1_000;
const MOST_EVENTS = 200_000;

/** Makes an intake that has taken nothing yet. */
export function openIntake(setup: IntakeSetup): Intake {
  const { now, numberOf, spool } = setup;
  const targetOf = openTargets(setup.house, setup.series, setup.map);
  const [unknown, others] = [new Map<string, number>(), new Map<string, number>()];
  const faults: FaultyLine[] = [];
  const gaps: Gaps['rows'][number][] = [];
  const events: HistoryEvent[] = [];
  const numbers = new Set<number>();
  const counts = { lines: 0, values: 0, faults: 0 };
  const of = { values: openRange(), file: openRange() };
  const complain = (fault: LineFault): void => {
    counts.faults++;
    if (faults.length < MOST_TOLD) faults.push({ line: counts.lines, ...fault });
  };
  const takeReading = (reading: ImportedReading): void => {
    const target = targetOf(reading);
    if (!target.ok) complain(target.error);
    else if (target.value === null) count(unknown, reading.sensor);
    else {
      const { id, unit, scale, scaled } = target.value;
      const second = Math.floor(reading.at / 1_000);
      const n = numberOf(id, unit, scale);
      spool.add(n, second, scaled);
      numbers.add(n);
      counts.values++;
      for (const range of [of.values, of.file]) range.note(second);
    }
  };
  const takeRow = (row: ImportedRow): void => {
    if (row.kind === 'no-value') {
      count(others, row.what);
      return;
    }
    const at = row.kind === 'reading' ? row.at : row.kind === 'gap' ? row.from : row.event.at;
    const fault = timeFault(at, now);
    if (fault !== null) complain(fault);
    else if (row.kind === 'reading') takeReading(row);
    else if (row.kind === 'gap') {
      gaps.push(row);
      for (const edge of [row.from, row.until]) of.file.note(Math.floor(edge / 1_000));
    } else if (events.length < MOST_EVENTS) events.push(row.event);
  };
  const take = (line: string, readLine: ReadLine): void => {
    counts.lines++;
    const read =
      line.length > LONGEST_LINE ? fail(TOO_LONG) : readLine(counts.lines === 1 ? line.replace(/^\uFEFF/, '') : line);
    if (read.ok) for (const row of read.value) takeRow(row);
    else complain(read.error);
  };
  return {
    take,
    isRubbish: () => counts.faults > Math.max(MOST_FAULTS, MOST_SHARE * counts.lines),
    report: () => ({
      ...{ lines: counts.lines, values: counts.values, events: events.length, unknown, others },
      ...{ faults, faultCount: counts.faults, span: of.values.span() },
    }),
    gaps: () => ({ rows: gaps, within: of.file.span() ?? { from: 0, until: 0 } }),
    events: () => events,
    series: () => [...numbers],
  };
}

const TOO_LONG: LineFault = { message: 'it is too long to be a value', cure: 'Check that it is the right file.' };

function count(counts: Map<string, number>, name: string): void {
  if (counts.size < MOST_NAMES || counts.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function openRange() {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    note: (second: number): void => {
      from = Math.min(from, second);
      until = Math.max(until, second);
    },
    span: () => (from > until ? null : { from, until }),
  };
}
