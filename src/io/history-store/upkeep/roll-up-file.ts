import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFrame, readFrames } from '../../../core/history/bytes/frame.ts';
import { joinBytes } from '../../../core/history/day-file.ts';
import { ROLL_UPS } from '../../../core/history/roll-up.ts';
import { type RollUpSet, readRollUpSets } from '../../../core/history/roll-up-sets.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { readBytes, syncFolder } from '../disk-file.ts';
import { dayFile, listFiles, logFile, rollUpName } from '../file-names.ts';
import { sealDay } from '../seal-day.ts';
import type { Upkeep } from './with-history.ts';

/**
 * Writes a roll-up file anew with one set for each day, the one that holds, where there is more in it. What is not complete
 * stays only where nothing else is left of its day. Gives those days, since 1970; `null` where nothing was to be done.
 */
export async function tidyRollUpFile(folder: string, name: string): Promise<readonly number[] | null> {
  const path = join(folder, name);
  const bytes = readBytes(path) ?? new Uint8Array();
  const sets = readRollUpSets(bytes);
  const best = new Map<number, RollUpSet>();
  for (const set of sets) {
    if (set.isComplete || best.get(set.day)?.isComplete !== true) best.set(set.day, set);
  }
  const hasReadings = (day: number): boolean => existsSync(dayFile(folder, day)) || existsSync(logFile(folder, day));
  const kept = [...best.values()]
    .filter(set => set.isComplete || !hasReadings(set.day))
    .sort((one, other) => one.day - other.day);
  if (kept.length === sets.length && readFrames(bytes).damagedBytes === 0) return null;
  replaceFile(path, joinBytes(kept.flatMap(({ payloads }) => payloads().map(makeFrame))), { old: statSync(path) });
  await syncFolder(folder);
  return kept.filter(({ isComplete }) => !isComplete).map(({ day }) => day);
}

/** The sealed days, since 1970, of which a roll-up is missing or damaged. */
export function daysWithoutRollUp(folder: string): readonly number[] {
  const { days, rollUps } = listFiles(folder);
  const complete = ROLL_UPS.map(step => {
    const sets = rollUps[step].flatMap(name => readRollUpSets(readBytes(join(folder, name)) ?? new Uint8Array()));
    return new Set(sets.filter(({ isComplete }) => isComplete).map(set => `${rollUpName(set.day, step)} ${set.day}`));
  });
  return days.filter(day => ROLL_UPS.some((step, place) => !complete[place]?.has(`${rollUpName(day, step)} ${day}`)));
}

/** Makes the roll-ups of these days anew from their readings. */
export async function rebuildRollUps(days: readonly number[], upkeep: Upkeep): Promise<void> {
  for (const [place, day] of days.entries()) {
    await sealDay(day, upkeep);
    upkeep.onProgress(place + 1, days.length);
  }
}
