import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayName, parseDayName } from '../../../core/history/calendar.ts';
import { type KeptFile, planRemoval, type Removal, type Retention } from '../../../core/history/retention.ts';
import { syncFolder } from '../disk-file.ts';
import { listFiles } from '../file-names.ts';
import { daysWithoutRollUp } from './roll-up-file.ts';

/** What was removed. */
export interface Pruned {
  readonly removals: readonly Removal[];
  /** By how much the rest is still larger than it may be, bytes. */
  readonly overBy: number;
}

/**
 * Removes what need not be kept, file by file; the caller holds the history's lock. `today` is in days since 1970; `pause`
 * lets others have their turn. Rejects with what the system says; what was removed by then is gone.
 */
export async function pruneHistory(
  folder: string,
  retention: Retention,
  today: number,
  pause: () => Promise<void>,
): Promise<Pruned> {
  if (Object.values(retention).every(limit => limit === null)) return { removals: [], overBy: 0 };
  const { removals, overBy } = planRemoval(keptFiles(folder), retention, today);
  for (const { file } of removals) {
    rmSync(join(folder, file.name), { force: true });
    await pause();
  }
  if (removals.length > 0) await syncFolder(folder);
  return { removals, overBy };
}

/** What was removed, as sentences without full stops. */
export function removalTexts(
  { removals }: Pruned,
  { readingDays, rollUpYears, budgetBytes }: Retention,
): readonly string[] {
  const old = { readings: `${readingDays} days`, others: `${rollUpYears} years` };
  const groups: readonly (readonly [(removal: Removal) => boolean, string, string])[] = [
    [({ file, why }) => why === 'age' && file.kind === 'readings', 'values', `these are kept for ${old.readings}`],
    [
      ({ file, why }) => why === 'age' && file.kind !== 'readings',
      'roll-ups and events',
      `these are kept for ${old.others}`,
    ],
    [({ file, why }) => why === 'budget' && file.kind === 'readings', 'values', budgetText(budgetBytes)],
    [({ file, why }) => why === 'budget' && file.kind !== 'readings', 'roll-ups of 5 minutes', budgetText(budgetBytes)],
  ];
  return groups.flatMap(([isOf, what, why]) => {
    const files = removals.filter(isOf).map(({ file }) => file);
    if (files.length === 0) return [];
    const first = Math.min(...files.map(file => file.first));
    const last = Math.max(...files.map(file => file.last));
    return [`removed the ${what} of ${dayName(first)} to ${dayName(last)}: ${why}`];
  });
}

function budgetText(bytes: number | null): string {
  return `the history is to take no more than ${Math.round((bytes ?? 0) / 1_048_576)} MB`;
}

function keptFiles(folder: string): readonly KeptFile[] {
  const { days, steps, events, tallies, rollUps } = listFiles(folder);
  const missing = new Set(daysWithoutRollUp(folder));
  const hasAllRolled = (first: number, last: number): boolean => ![...missing].some(day => day >= first && day <= last);
  // What happened besides goes with the values of its day.
  const names = [...days.map(day => ({ day, ending: 'day' })), ...steps.map(day => ({ day, ending: 'steps' }))];
  const ofDays = names
    .filter(({ day }) => days.includes(day))
    .map(({ day, ending }) => ({
      ...{ name: `${dayName(day)}.${ending}`, kind: 'readings' as const, first: day, last: day },
    }));
  const others = [
    ...rollUps[300].map(name => ({ name, kind: '5m' as const, ...periodOf(name) })),
    ...rollUps[3600].map(name => ({ name, kind: '1h' as const, ...periodOf(name) })),
    ...[...events, ...tallies].map(name => ({ name, kind: 'events' as const, ...periodOf(name) })),
  ];
  return [...ofDays, ...others].map(file => ({
    ...file,
    bytes: statSync(join(folder, file.name), { throwIfNoEntry: false })?.size ?? 0,
    isRolled: hasAllRolled(file.first, file.last),
  }));
}

/** The days of `2026-11.5m` or `2026.1h`. */
function periodOf(name: string): { readonly first: number; readonly last: number } {
  const [year = 0, month] = name.slice(0, name.indexOf('.')).split('-').map(Number);
  const start = `${String(year).padStart(4, '0')}-${String(month ?? 1).padStart(2, '0')}-01`;
  const next = month === undefined || month === 12 ? `${String(year + 1).padStart(4, '0')}-01-01` : null;
  const end = next ?? `${String(year).padStart(4, '0')}-${String((month ?? 1) + 1).padStart(2, '0')}-01`;
  return { first: parseDayName(start) ?? 0, last: (parseDayName(end) ?? 1) - 1 };
}
