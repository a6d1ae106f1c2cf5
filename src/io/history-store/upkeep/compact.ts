import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../../../core/history/calendar.ts';
import type { Retention } from '../../../core/history/retention.ts';
import { keepTallies } from '../events/tallies.ts';
import { listFiles } from '../file-names.ts';
import { checkHistoryFolder } from '../place.ts';
import { sealDay } from '../seal-day.ts';
import { type Pruned, pruneHistory } from './prune.ts';
import { daysWithoutRollUp, rebuildRollUps, tidyRollUpFile } from './roll-up-file.ts';
import { type Upkeep, withHistory } from './with-history.ts';

/** What was done. */
export interface Compacted {
  /** How many days were sealed, and of how many the roll-ups were made anew. */
  readonly sealed: number;
  readonly rebuilt: number;
  /** Roll-up files that held a day twice or not as a whole. */
  readonly tidied: readonly string[];
  /** What was removed since it need not be kept. */
  readonly pruned: Pruned;
  /** Of the whole folder, bytes. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Does at once what a recording does day by day: each day that is over is sealed, with its roll-ups, and what need not be kept
 * is removed.
 */
export async function compactHistory(upkeep: Upkeep, retention: Retention): Promise<Compacted> {
  const { folder, wallNow } = upkeep;
  checkHistoryFolder(folder);
  return withHistory(upkeep, async () => {
    const bytesBefore = sizeOf(folder);
    removeLeftovers(folder);
    const today = dayOf(wallNow() / 1_000);
    const open = listFiles(folder).logs.filter(day => day < today);
    for (const [place, day] of open.entries()) {
      await sealDay(day, upkeep);
      upkeep.onProgress(place + 1, open.length);
    }
    const missing = daysWithoutRollUp(folder);
    await rebuildRollUps(missing, upkeep);
    const tidied: string[] = [];
    for (const name of Object.values(listFiles(folder).rollUps).flat()) {
      if ((await tidyRollUpFile(folder, name)) !== null) tidied.push(name);
      await upkeep.pause();
    }
    await keepTallies(folder, upkeep.pause);
    const pruned = await pruneHistory(folder, retention, today, upkeep.pause);
    const bytesAfter = sizeOf(folder);
    return { sealed: open.length, rebuilt: missing.length, tidied, pruned, bytesBefore, bytesAfter };
  });
}

/** What a sealing that was cut off has left. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith('.day.tmp')) rmSync(join(folder, name), { force: true });
}

function sizeOf(folder: string): number {
  const sizes = readdirSync(folder).map(name => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
