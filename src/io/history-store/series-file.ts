import { join } from 'node:path';
import {
  FORMAT_VERSION,
  parseSeriesTable,
  type SeriesInfo,
  seriesLine,
  tableHeader,
} from '../../core/history/series.ts';
import { type OpenDiskFile, syncFolder } from './disk-file.ts';
import { SERIES_FILE } from './file-names.ts';
import { HistoryRefusal } from './place.ts';

/** The table of series, for its one writer. */
export interface SeriesFile {
  /** The number of a series; a new one is written by the next `save`. */
  readonly numberOf: (id: string, unit: string, scale: number) => number;
  /** Resolves when all numbers that were given out are on the disk. Rejects with what the system says; to be called again. */
  readonly save: () => Promise<void>;
  /** Whether its name is another file's by now. */
  readonly isGone: () => Promise<boolean>;
  /** All that have a number. */
  readonly all: () => readonly SeriesInfo[];
  readonly close: () => Promise<void>;
}

/** What a new table must respect. */
export interface Numbers {
  /** No number below it is given out. */
  readonly unused: number;
  /** What has a number already, wherever the table went that said so. */
  readonly known: readonly SeriesInfo[];
}

/**
 * Opens the table and begins it where there is none. Rejects with a `HistoryRefusal` for a table of a newer program, and
 * with what the system says.
 */
export async function openSeriesFile(
  folder: string,
  { unused, known: given }: Numbers,
  openFile: OpenDiskFile,
): Promise<SeriesFile> {
  const path = join(folder, SERIES_FILE);
  const file = await openFile(path);
  try {
    const bytes = await file.read();
    if (bytes.length === 0) await syncFolder(folder);
    const text = new TextDecoder().decode(bytes);
    const table = parseSeriesTable(text);
    refuseNewer(folder, table.version);
    const lost = given.filter(series => !table.series.some(({ n }) => n === series.n));
    const known = new Map([...table.series, ...lost].map(series => [keyOf(series), series]));
    let next = Math.max(table.next, unused, ...given.map(({ n }) => n + 1));
    let end = bytes.length;
    // A line that was cut off stays behind as one that nobody reads.
    let added = bytes.length === 0 ? tableHeader() : text.endsWith('\n') ? '' : '\n';
    added += lost.map(seriesLine).join('');
    return {
      numberOf: (id, unit, scale) => {
        const found = known.get(keyOf({ id, unit, scale }));
        if (found !== undefined) return found.n;
        const series = { n: next++, id, unit, scale };
        known.set(keyOf(series), series);
        added += seriesLine(series);
        return series.n;
      },
      isGone: file.isGone,
      all: () => [...known.values()],
      save: async () => {
        if (added === '') return;
        const lines = added;
        const encoded = new TextEncoder().encode(lines);
        await file.write(encoded, end);
        await file.sync();
        end += encoded.length;
        added = added.slice(lines.length);
      },
      close: file.close,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Throws a `HistoryRefusal` for a history that a newer program wrote: what this one does to it could be wrong. */
export function refuseNewer(folder: string, version: number | null): void {
  if (version === null || version <= FORMAT_VERSION) return;
  const message = `the history in ${folder} is of a newer hometui: its format is ${version}, and this one knows ${FORMAT_VERSION}`;
  throw new HistoryRefusal({ severity: 'warning', message, cure: 'Use the newer hometui; nothing was changed.' });
}

function keyOf({ id, unit, scale }: Pick<SeriesInfo, 'id' | 'unit' | 'scale'>): string {
  return JSON.stringify([id, unit, scale]);
}
