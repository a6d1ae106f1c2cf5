import type { HistoryLimits } from '../../app/history/limits.ts';
import { countText } from '../../core/count-text.ts';
import { dayName } from '../../core/history/calendar.ts';
import type { House } from '../../core/house/house.ts';
import { labelOf } from '../../core/house/house.ts';
import { readDiskFacts } from '../../io/files/disk-facts.ts';
import { checkHistory, sizesOf } from '../../io/history-store/check.ts';
import { openHistoryReader } from '../../io/history-store/reader.ts';
import { type LockOwner, readLockOwner } from '../../io/history-store/writer-lock.ts';
import type { Flags } from '../args/options.ts';
import { placeWords } from '../args/place-words.ts';

/** What is there: where, since when, how large, of what, and who records at `wallNow`, ms. Throws what the system says. */
export function infoText(
  { folder, limits }: { readonly folder: string; readonly limits: HistoryLimits },
  house: House,
  wallNow: number,
): string {
  const reader = openHistoryReader(folder);
  const range = reader.range();
  const owner = readLockOwner(folder, wallNow);
  const sizes = sizesOf(folder).map(
    ({ what, files, bytes }) => [what, `${sizeText(bytes)} in ${countText(files, 'file')}`] as const,
  );
  const rows: readonly (readonly [string, string])[] = [
    ['folder', folder],
    ['recording', owner === null ? 'nobody at this moment' : ownerText(owner)],
    ['days', range === null ? 'none yet' : `${dayName(range.first)} to ${dayName(range.last)} (UTC)`],
    ...sizes,
    ['kept', keptText(limits)],
    ['disk', diskText(folder, limits)],
    ...reader.series.map(({ id, unit, scale }): readonly [string, string] => [
      id,
      `${labelOf(house, id)}, ${unit === '' ? 'no unit' : unit}, kept to ${10 ** -scale}`,
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}

/** What is damaged, file by file, and whether nothing is; `flags` say which house is meant. Throws what the system says. */
export function checkText(folder: string, flags: Flags): { readonly text: string; readonly isWhole: boolean } {
  const { findings, files } = checkHistory(folder);
  if (findings.length === 0)
    return { text: `${countText(files, 'file')} in ${folder} ${files === 1 ? 'is' : 'are'} whole\n`, isWhole: true };
  const lines = findings.map(({ file, what }) => `${file}: ${what}\n`);
  const rest =
    'What is whole in them is read all the same; what is damaged is shown as damaged.\n' +
    `hometui history repair${placeWords(flags)} writes them anew and keeps the damaged ones beside them.\n`;
  return { text: lines.join('') + rest, isWhole: false };
}

function keptText({ readingDays, rollUpYears, budgetBytes }: HistoryLimits): string {
  const values = readingDays === null ? 'values for ever' : `values for ${countText(readingDays, 'day')}`;
  const others = rollUpYears === null ? 'roll-ups and events for ever' : `roll-ups and events for ${rollUpYears} years`;
  const budget = budgetBytes === null ? '' : `, as long as all fits into ${sizeText(budgetBytes)}`;
  return `${values}, ${others}${budget}`;
}

function diskText(folder: string, { floorBytes }: HistoryLimits): string {
  const disk = readDiskFacts(folder);
  if (disk === null) return 'the system does not tell';
  const where = disk.network === null ? '' : `, on another machine (${disk.network})`;
  return `${sizeText(disk.freeBytes)} free${where}; below ${sizeText(floorBytes)} no values are recorded`;
}

function ownerText({ pid, host, role }: LockOwner): string {
  if (role === 'upkeep') return `nobody at this moment: process ${pid} on ${host} mends it or imports into it`;
  return `${role === 'daemon' ? 'the daemon, ' : ''}process ${pid} on ${host}`;
}

/** Bytes as `12 KiB` or `6.5 MiB`. */
export function sizeText(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1_024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
