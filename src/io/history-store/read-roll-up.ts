import { join } from 'node:path';
import { readFrames } from '../../core/history/bytes/frame.ts';
import { dayName, dayOf } from '../../core/history/calendar.ts';
import type { Listening } from '../../core/history/listening.ts';
import { type RollUp, type RollUpFrame, readRollUpFrame } from '../../core/history/roll-up.ts';
import type { Span } from '../../core/history/spans.ts';
import { readBytes } from './read-day.ts';

/** What a roll-up file says of one day. */
export interface DayRolled {
  /** By series; read only when they are told, so that never more than a day of them is in memory. */
  readonly rows: ReadonlyMap<number, () => readonly RollUp[]>;
  readonly listening: Listening;
}

/** The days of a roll-up that lie in a stretch and are complete; of a day that stands there twice the later one holds. */
export function readRolled(
  folder: string,
  names: readonly string[],
  series: ReadonlySet<number>,
  span: Span,
): ReadonlyMap<number, DayRolled> {
  const [first, last] = [dayOf(span.from), dayOf(span.until - 1)];
  const complete = new Map<number, DayRolled>();
  for (const name of names.filter(one => isOfPeriod(one, first, last))) {
    let rows = new Map<number, () => readonly RollUp[]>();
    let count = 0;
    for (const frame of framesOf(folder, name)) {
      if ('series' in frame) {
        count++;
        if (series.has(frame.series) && frame.day >= first && frame.day <= last) rows.set(frame.series, frame.rows);
        continue;
      }
      if (count === frame.count) complete.set(frame.day, { rows, listening: frame.listening });
      rows = new Map();
      count = 0;
    }
  }
  return complete;
}

/** Whether a file of a month or a year, `2026-11.5m` or `2026.1h`, may hold one of the days. */
function isOfPeriod(name: string, first: number, last: number): boolean {
  const period = name.slice(0, name.indexOf('.'));
  return period >= dayName(first).slice(0, period.length) && period <= dayName(last).slice(0, period.length);
}

function framesOf(folder: string, name: string): readonly RollUpFrame[] {
  const bytes = readBytes(join(folder, name)) ?? new Uint8Array();
  return readFrames(bytes).frames.flatMap(({ payload }) => readRollUpFrame(payload) ?? []);
}

/** All days, since 1970, of which these files say anything. */
export function daysRolled(folder: string, names: readonly string[]): readonly number[] {
  return names.flatMap(name => framesOf(folder, name).map(({ day }) => day));
}
