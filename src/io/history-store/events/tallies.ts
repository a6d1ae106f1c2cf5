import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFrame, readFrames } from '../../../core/history/bytes/frame.ts';
import { DAY_S, parseDayName } from '../../../core/history/calendar.ts';
import {
  decodeTally,
  type EventTally,
  encodeTally,
  type FileTally,
  joinTallies,
  tallyFile,
  tallyMore,
} from '../../../core/history/event-tally.ts';
import type { Span } from '../../../core/history/spans.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { readBytes, readBytesFrom } from '../disk-file.ts';
import { listEvents, tallyName } from '../file-names.ts';
import { eventFilesOf } from './read-events.ts';

/** The longest month, s. */
const MONTH_S = 31 * DAY_S;

/** How many events there were in a stretch whose edges cut none of what is counted as one. Throws what the system says. */
export function readTally(folder: string, span: Span): EventTally {
  const tallies = eventFilesOf(folder, span).map(name => {
    const { tally } = tallyOf(folder, name);
    const { from, until } = spanOf(name);
    // Of which time it is what stands damaged behind all that is whole, nobody knows.
    const rest = { from: Math.max(from, tally.last.second), until: Math.max(until, tally.last.second) };
    return tally.isCutOff ? { ...tally, lost: [...tally.lost, rest] } : tally;
  });
  return joinTallies(tallies, span);
}

/**
 * Keeps what was counted of each file of events beside it, so that a chart of a year need not read a year of events. It is
 * no more than that: where it is missing, damaged, or of another file, the events are counted anew. `pause` lets others have
 * their turn. Rejects with what the system says, and with what `pause` does.
 */
export async function keepTallies(folder: string, pause: () => Promise<void>): Promise<void> {
  for (const name of listEvents(folder)) {
    const { tally, kept } = tallyOf(folder, name);
    if (tally.end > 0 && tally.end !== kept?.end) {
      replaceFile(join(folder, tallyName(name)), makeFrame(encodeTally(tally)), { mode: 0o600 });
      await pause();
    }
  }
}

/** Forgets what was counted of a file of events: it is written anew. */
export function forgetTally(folder: string, eventsName: string): void {
  rmSync(join(folder, tallyName(eventsName)), { force: true });
}

/** Whether the bytes of a file are what was counted of one with events. */
export function isTally(bytes: Uint8Array): boolean {
  return decodeFile(bytes) !== null;
}

/** What a file of events holds, and what was kept of that. */
function tallyOf(folder: string, name: string): { readonly tally: FileTally; readonly kept: FileTally | null } {
  const path = join(folder, name);
  const kept = decodeFile(readBytes(join(folder, tallyName(name))));
  const rest = kept === null ? null : readBytesFrom(path, kept.last.start);
  const more = kept === null || rest === null ? null : tallyMore(kept, rest);
  if (more !== null) return { tally: more, kept };
  return { tally: tallyFile(readBytes(path) ?? new Uint8Array(), spanOf(name).from), kept: null };
}

function decodeFile(bytes: Uint8Array | null): FileTally | null {
  const [first, other] = bytes === null ? [] : readFrames(bytes).frames;
  return first === undefined || other !== undefined ? null : decodeTally(first.payload);
}

/** The month of `2026-11.events`, seconds since 1970: its end not before the next one begins. */
function spanOf(name: string): Span {
  const from = (parseDayName(`${name.slice(0, 7)}-01`) ?? 0) * DAY_S;
  return { from, until: from + MONTH_S };
}
