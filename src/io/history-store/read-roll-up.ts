import { join } from 'node:path';
import { BLOCK_S, type BlockHead } from '../../core/history/block.ts';
import { DAY_S, dayName, dayOf, HOUR_S } from '../../core/history/calendar.ts';
import { joinListening, type Listening } from '../../core/history/listening.ts';
import type { ReadRollUps } from '../../core/history/roll-up.ts';
import { type RollUpSet, readRollUpSets } from '../../core/history/roll-up-sets.ts';
import type { Span } from '../../core/history/spans.ts';
import { readBytes } from './disk-file.ts';
import { listFiles } from './file-names.ts';

/** What a roll-up file says of one day. */
export interface DayRolled {
  /** By series; read only when they are told. */
  readonly rows: ReadonlyMap<number, ReadRollUps>;
  readonly listening: Listening;
  /** Whether nothing of it is damaged: only then it says as much as the readings themselves. */
  readonly isComplete: boolean;
}

/**
 * The days of a roll-up that lie in a stretch. Of a day that stands there twice the later one holds, and one that is complete
 * before one that is not.
 */
export function readRolled(folder: string, names: readonly string[], span: Span): ReadonlyMap<number, DayRolled> {
  const [first, last] = [dayOf(span.from), dayOf(span.until - 1)];
  const found = new Map<number, DayRolled>();
  for (const name of names.filter(one => isOfPeriod(one, first, last))) {
    for (const set of setsIn(folder, name, day => day >= first && day <= last)) {
      if (set.isComplete || found.get(set.day)?.isComplete !== true) found.set(set.day, set);
    }
  }
  return found;
}

/** Whether a file of a month or a year, `2026-11.5m` or `2026.1h`, may hold one of the days. */
function isOfPeriod(name: string, first: number, last: number): boolean {
  const period = name.slice(0, name.indexOf('.'));
  return period >= dayName(first).slice(0, period.length) && period <= dayName(last).slice(0, period.length);
}

/** The sets of a file, in its order: of the days that are wanted, all unless it is said. */
export function setsIn(folder: string, name: string, isWanted?: (day: number) => boolean): readonly RollUpSet[] {
  return readRollUpSets(readBytes(join(folder, name)) ?? new Uint8Array(), isWanted);
}

/**
 * What is known of the listening on a day whose sealed file lost its index: the roll-up of an hour says the same. It also
 * says which blocks there were; one that was not found is lost. Without it all of the day is.
 */
export function listeningByRollUp(folder: string, day: number, blocks: readonly BlockHead[]): Listening {
  const span = { from: day * DAY_S, until: (day + 1) * DAY_S };
  const rolled = readRolled(folder, listFiles(folder).rollUps[HOUR_S], span).get(day);
  if (rolled === undefined || !rolled.isComplete) return { heard: [], lost: [span] };
  const there = new Set(blocks.map(({ series, part }) => `${series} ${part}`));
  const lost: Span[] = [];
  for (const [series, read] of rolled.rows) {
    const rows = read([]);
    for (let place = 0; place < rows.length; place++) {
      const part = Math.floor((rows.indexAt(place) * HOUR_S) / BLOCK_S);
      if (!there.has(`${series} ${part}`)) lost.push({ from: part * BLOCK_S, until: (part + 1) * BLOCK_S });
    }
  }
  return joinListening([rolled.listening, { heard: [], lost }]);
}
