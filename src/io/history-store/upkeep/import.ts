import { accessSync, constants, statSync } from 'node:fs';
import { DAY_S } from '../../../core/history/calendar.ts';
import { type FileReader, type ImportFormat, openFormat } from '../../../core/history/import/format.ts';
import { clipListening, type Listening } from '../../../core/history/listening.ts';
import { gapsBetween, mergeSpans, type Span } from '../../../core/history/spans.ts';
import type { House } from '../../../core/house/house.ts';
import { type FileFault, fileFaultOf, NO_FILE } from '../../files/text-file.ts';
import { HistoryRefusal } from '../place.ts';
import { openHistoryReader } from '../reader.ts';
import { type HistoryWriter, openHistoryWriter } from '../writer.ts';
import { readLockOwner } from '../writer-lock.ts';
import { addEvents } from './import-events.ts';
import type { Gaps, Imported } from './import-report.ts';
import { openIntake } from './intake.ts';
import { readLines } from './lines.ts';
import { openSpool, type Spool } from './spool.ts';
import { refusalOf, type Upkeep } from './with-history.ts';

/** What is to be imported. */
export interface ImportSetup extends Upkeep {
  readonly path: string;
  readonly house: House;
  /** `null`: by what the file holds. */
  readonly format: ImportFormat | null;
  /** Names of the file by the id of the sensor that they are. */
  readonly map: ReadonlyMap<string, string>;
}

/**
 * Imports a file: a value that is there already is not doubled, so that it can be done again. The values of a day become
 * visible at once. What is broken off while the file is read has changed nothing; later whole days are there, and the same
 * import goes on. Rejects with a `HistoryRefusal` where somebody else writes or the file is nothing of the kind, and with
 * what the system says.
 */
export async function importHistory(setup: ImportSetup): Promise<Imported> {
  const { folder, wallNow, openFile, path } = setup;
  const size = statSync(path).size;
  const owner = readOwner(folder, wallNow());
  if (owner !== null) throw refusalOf(folder, owner);
  const writer = await openHistoryWriter(folder, { wallNow, openFile, role: 'upkeep' });
  try {
    const spool = openSpool(folder);
    try {
      return await importWith({ ...setup, size }, writer, spool);
    } finally {
      spool.close();
    }
  } finally {
    await writer.close();
  }
}

/** The file is in no form that can be imported. */
export class UnreadableFile extends HistoryRefusal {}

/** Why a file cannot be imported, in words; `null` where nothing is known against it. */
export function importFault(path: string): FileFault | null {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return { code: 'EISDIR', why: 'it is a folder' };
    if (!found.isFile()) return { code: NO_FILE, why: 'it is no ordinary file' };
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    return fileFaultOf(error);
  }
}

function readOwner(folder: string, wallNow: number): ReturnType<typeof readLockOwner> {
  try {
    return readLockOwner(folder, wallNow);
  } catch {
    // What is wrong with the folder is told by who opens it.
    return null;
  }
}

async function importWith(
  setup: ImportSetup & { readonly size: number },
  writer: HistoryWriter,
  spool: Spool,
): Promise<Imported> {
  const { folder, path, house, map, size, wallNow, pause, onProgress } = setup;
  const known = openHistoryReader(folder).series;
  const intake = openIntake({ house, map, series: known, now: wallNow(), numberOf: writer.numberOf, spool });
  let reader: FileReader | null = null;
  for await (const { lines, bytes } of readLines(path)) {
    reader ??= openReader(path, lines, setup.format);
    for (const line of lines) intake.take(line, reader.readLine);
    if (intake.isRubbish()) return { ...intake.report(), ...NOTHING, format: reader.format, isRefused: true };
    // The second half of the way is that of the days.
    onProgress(bytes, 2 * size);
    await pause();
  }
  const format = reader?.format ?? 'csv';
  const days = spool.finish();
  let fresh = 0;
  const told = reader?.tellsGaps === true ? listeningOf(intake.gaps(), intake.series()) : null;
  for (const [place, day] of days.entries()) {
    const listening = told === null ? null : clipListening(told, { from: day * DAY_S, until: (day + 1) * DAY_S });
    fresh += await writer.addDay(day, { log: spool.read(day), listening }, pause);
    onProgress(size + (size * (place + 1)) / days.length, 2 * size);
    await pause();
  }
  const freshEvents = await addEvents(folder, intake.events(), writer);
  return { ...intake.report(), format, fresh, freshEvents, days: days.length, isRefused: false };
}

const NOTHING = { fresh: 0, freshEvents: 0, days: 0 };

function openReader(path: string, lines: readonly string[], format: ImportFormat | null): FileReader {
  const [first = '', ...rest] = lines.slice(0, 50);
  const reader = openFormat([first.replace(/^\uFEFF/, ''), ...rest], format);
  if (reader !== null) return reader;
  const isJson = first.trimStart().startsWith('{');
  const what = format === null ? 'neither CSV nor line protocol nor OpenMetrics' : `no ${NAMES[format]}`;
  throw new UnreadableFile({
    severity: 'error',
    message: `${path} is ${what}: nothing was imported`,
    cure: isJson
      ? 'It seems to be JSON: export it anew with --format csv.'
      : 'It takes CSV with time, sensor and value, an export of ours, line protocol or OpenMetrics.',
  });
}

const NAMES: Readonly<Record<ImportFormat, string>> = {
  csv: 'CSV with time, sensor and value',
  'line-protocol': 'line protocol',
  openmetrics: 'OpenMetrics',
};

/** What our own export tells: who was exported was listened to from its first to its last line, less the gaps. */
function listeningOf(gaps: Gaps, series: readonly number[]): Listening {
  const spansOf = (type: string): readonly Span[] =>
    mergeSpans(
      gaps.rows
        .filter(row => row.type === type)
        .map(({ from, until }) => ({ from: Math.floor(from / 1_000), until: Math.ceil(until / 1_000) })),
    );
  const [unheard, lost] = [spansOf('not-listening'), spansOf('damaged')];
  const heard = gapsBetween(mergeSpans([...unheard, ...lost]), gaps.within);
  return { heard: [], lost, of: new Map(series.map(n => [n, heard])) };
}
