import { readFrames } from './bytes/frame.ts';
import { DAY_S } from './calendar.ts';
import type { Listening } from './listening.ts';
import { type RollUp, type RollUpFrame, readRollUpFrame, rollUpDay } from './roll-up.ts';

/** What was written of one day into a roll-up file at once. */
export interface RollUpSet {
  /** Days since 1970. */
  readonly day: number;
  /** By series; read only when they are told, so that never more than a day of them is in memory. */
  readonly rows: ReadonlyMap<number, () => readonly RollUp[]>;
  /** Of a set that is not complete all of its day is lost: nobody knows what is missing. */
  readonly listening: Listening;
  /** Whether no frame of it is damaged. */
  readonly isComplete: boolean;
  /** Its whole frames, as they stand in the file. */
  readonly payloads: readonly Uint8Array[];
}

/**
 * Reads a roll-up file set by set, of the days that are wanted, all unless it is said: a year has many that nobody asks for.
 * A day that was sealed again is there twice, and the later one holds.
 */
export function* readRollUpSets(
  bytes: Uint8Array,
  isWanted: (day: number) => boolean = () => true,
): Generator<RollUpSet> {
  let open: Open | null = null;
  for (const { payload } of readFrames(bytes).frames) {
    const day = rollUpDay(payload);
    if (day === null) continue;
    if (open !== null && open.day !== day) {
      yield close(open, null);
      open = null;
    }
    const frame: RollUpFrame | null = isWanted(day) ? readRollUpFrame(payload) : null;
    if (frame === null) continue;
    if (open !== null && 'series' in frame && open.rows.has(frame.series)) {
      yield close(open, null);
      open = null;
    }
    open ??= { day: frame.day, rows: new Map(), payloads: [] };
    open.payloads.push(payload);
    if ('series' in frame) {
      open.rows.set(frame.series, frame.rows);
      continue;
    }
    yield close(open, frame.count === open.rows.size ? frame.listening : null);
    open = null;
  }
  if (open !== null) yield close(open, null);
}

interface Open {
  readonly day: number;
  readonly rows: Map<number, () => readonly RollUp[]>;
  readonly payloads: Uint8Array[];
}

function close({ day, rows, payloads }: Open, listening: Listening | null): RollUpSet {
  const lost = { heard: [], lost: [{ from: day * DAY_S, until: (day + 1) * DAY_S }] };
  return { day, rows, payloads, listening: listening ?? lost, isComplete: listening !== null };
}
