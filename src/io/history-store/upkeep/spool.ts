import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBatch } from '../../../core/history/batch.ts';
import { makeFrame } from '../../../core/history/bytes/frame.ts';
import { dayOf } from '../../../core/history/calendar.ts';
import { joinBytes } from '../../../core/history/day-file.ts';
import { readBytes } from '../disk-file.ts';
import { logFile } from '../file-names.ts';

/** Values on the way into a history, by their days, on the disk: of a long file only a part fits into memory. */
export interface Spool {
  /** `second` since 1970, `value` as it is kept. Throws what the system says. */
  readonly add: (series: number, second: number, value: number) => void;
  /** Writes what is in memory; then all days that there are, since 1970, in their order. */
  readonly finish: () => readonly number[];
  /** The values of a day, as frames of a log. */
  readonly read: (day: number) => Uint8Array;
  /** Removes all of it. */
  readonly close: () => void;
}

/** So many values are in memory at once. */
const MOST_IN_MEMORY = 200_000;
/** So many are a frame. */
const MOST_IN_FRAME = 20_000;

/** Opens an empty one inside a history's folder, in place of one that was left there. */
export function openSpool(history: string): Spool {
  const folder = join(history, 'import.tmp');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  remove();
  mkdirSync(folder, { mode: 0o700 });
  const days = new Set<number>();
  let waiting = new Map<number, Map<number, number[]>>();
  let count = 0;
  const flush = (): void => {
    for (const [day, bySeries] of waiting) {
      days.add(day);
      appendFileSync(logFile(folder, day), joinBytes(framesOf(bySeries)), { mode: 0o600 });
    }
    waiting = new Map();
    count = 0;
  };
  return {
    add: (series, second, value) => {
      const day = dayOf(second);
      const bySeries = waiting.get(day) ?? new Map<number, number[]>();
      waiting.set(day, bySeries);
      const list = bySeries.get(series);
      if (list === undefined) bySeries.set(series, [second, value]);
      else list.push(second, value);
      if (++count >= MOST_IN_MEMORY) flush();
    },
    finish: () => {
      flush();
      return [...days].sort((one, other) => one - other);
    },
    read: day => readBytes(logFile(folder, day)) ?? new Uint8Array(),
    close: remove,
  };
}

function framesOf(bySeries: ReadonlyMap<number, readonly number[]>): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (const [series, list] of bySeries) {
    for (let place = 0; place < list.length; place += 2 * MOST_IN_FRAME) {
      const readings = list.slice(place, place + 2 * MOST_IN_FRAME);
      frames.push(makeFrame(encodeBatch({ heard: [], readings: new Map([[series, readings]]) })));
    }
  }
  return frames;
}
