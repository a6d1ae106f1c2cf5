import type { Deflate } from '../../../src/core/history/block.ts';
import { makeFrame } from '../../../src/core/history/bytes/frame.ts';
import type { Readings } from '../../../src/core/history/readings.ts';
import { encodeRollUps, type RollUp, type RollUpRows } from '../../../src/core/history/roll-up.ts';
import { readRollUpSets } from '../../../src/core/history/roll-up-sets.ts';
import { zlibDeflate } from '../../../src/io/history-store/deflate.ts';
import type { Random } from '../random/random.ts';

/** Deflating as the store does it. */
export const deflate: Deflate = zlibDeflate;

/** Readings of a series in a stretch, seconds: a cadence with jitter, silences, and values that jump now and then. */
export function randomReadings(random: Random, from: number, until: number): Readings {
  const cadence = random.pick([1, 5, 30, 300]);
  const readings: number[] = [];
  let value = random.below(20_000) - 10_000;
  for (let second = from + random.below(cadence); second < until; ) {
    readings.push(second, value);
    if (random.chance(0.4)) value += random.below(7) - 3;
    if (random.chance(0.01)) value = Math.floor((random.next() - 0.5) * 2 ** random.below(51));
    second += random.chance(0.005) ? random.below(4_000) : cadence + (random.chance(0.05) ? random.below(3) : 0);
  }
  return readings;
}

/** Rows as the store gives them, between two indexes. */
export function rollUpRows(rows: readonly RollUp[], first?: number, until?: number): RollUpRows {
  const [set] = readRollUpSets(makeFrame(encodeRollUps(1, 5, rows)));
  const read = set?.rows.get(5);
  if (read === undefined) throw new Error('what was written is no set of rows');
  return read([], first, until);
}

/** Each reading as a text, so that sets of them can be compared. */
export function asTexts(readings: Readings): readonly string[] {
  return Array.from({ length: readings.length / 2 }, (_, place) => `${readings[2 * place]} ${readings[2 * place + 1]}`);
}
