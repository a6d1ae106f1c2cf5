import { crc32 } from './bytes/crc32.ts';

/** What a number of the store stands for: one sensor as long as it has the same unit and the same digits. */
export interface SeriesInfo {
  /** Its number in the files, from 0 on; never used for another. */
  readonly n: number;
  readonly id: string;
  readonly unit: string;
  /** A value is kept as the whole number nearest to value × 10^scale; 1 to 4. */
  readonly scale: number;
}

/** The version of the format that this program writes, and the newest that it reads. */
export const FORMAT_VERSION = 1;

/** The largest whole number that is kept: the difference of two such still has whole steps. */
const LARGEST = 2 ** 51;

/** The value as it is kept; `null` where it is too large for that. */
export function scaleValue(value: number, scale: number): number | null {
  // There is no -0 in whole numbers.
  const scaled = Math.round(value * 10 ** scale) + 0;
  return Math.abs(scaled) <= LARGEST ? scaled : null;
}

/** The value of what was kept, without the digits that a division makes up. */
export function unscaleValue(scaled: number, scale: number): number {
  return Number((scaled / 10 ** scale).toFixed(scale));
}

/** The first line of the table: what wrote it. */
export function tableHeader(): string {
  return withCrc(JSON.stringify({ format: 'hometui history', version: FORMAT_VERSION }));
}

/** The line of one series. */
export function seriesLine({ n, id, unit, scale }: SeriesInfo): string {
  return withCrc(JSON.stringify({ n, id, unit, scale }));
}

/** What the table of series says. */
export interface SeriesTable {
  readonly series: readonly SeriesInfo[];
  /** Of the format that wrote it; `null` where its first line is missing or damaged. */
  readonly version: number | null;
  /** The lowest number that no line can have had. */
  readonly next: number;
  /** Lines that cannot be read: what they named is shown under no name. */
  readonly damagedLines: number;
}

/** Reads the table; a line whose CRC does not fit is left out, whatever it seems to say. */
export function parseSeriesTable(text: string): SeriesTable {
  const lines = text.split('\n').filter(line => line !== '');
  const read = lines.map(readLine);
  const version = read.map(versionIn).find(found => found !== null) ?? null;
  const series = read.flatMap(found => (isSeries(found) ? [found] : []));
  const next = Math.max(lines.length, ...series.map(({ n }) => n + 1));
  return { series, version, next, damagedLines: read.filter(found => found === null).length };
}

/**
 * The table without its damaged lines. Each leaves a line that says nothing in its place, so that the number that it may
 * have given is given to nobody else. `nameless` is how many named a series.
 */
export function mendSeriesTable(text: string): { readonly text: string; readonly nameless: number } {
  const lines = text.split('\n').filter(line => line !== '');
  const damaged = lines.filter(line => readLine(line) === null);
  const isHeaderWhole = lines[0] !== undefined && readLine(lines[0]) !== null;
  const rest = isHeaderWhole ? lines : lines.slice(1);
  const kept = rest.map(line => (readLine(line) === null ? withCrc(JSON.stringify({ lost: true })) : `${line}\n`));
  const nameless = damaged.length - (isHeaderWhole ? 0 : 1);
  return { text: (isHeaderWhole ? '' : tableHeader()) + kept.join(''), nameless };
}

function withCrc(json: string): string {
  return `${json}\t${crcOf(json)}\n`;
}

function crcOf(json: string): string {
  return crc32(new TextEncoder().encode(json)).toString(16).padStart(8, '0');
}

function readLine(line: string): unknown {
  const [json = '', crc] = line.split('\t');
  if (crc !== crcOf(json)) return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function versionIn(found: unknown): number | null {
  if (typeof found !== 'object' || found === null || !('version' in found)) return null;
  return typeof found.version === 'number' ? found.version : null;
}

function isSeries(found: unknown): found is SeriesInfo {
  const { n, id, unit, scale } = (found ?? {}) as Record<string, unknown>;
  return Number.isInteger(n) && typeof id === 'string' && typeof unit === 'string' && Number.isInteger(scale);
}
