import type { Session } from '../../core/home/state/link.ts';
import type { House } from '../../core/house/house.ts';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Clock } from '../../io/clock.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import { openHistoryReader } from '../../io/history-store/reader.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';
import { openFilm } from './film.ts';
import { openPast } from './past.ts';
import { openPlayer, type ReplayPlayer } from './player.ts';

/** Whose past it is, and how it is shown. */
export interface ReplaySetup {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly house: House;
  /** Who listened to which broker; where the recording says it, that counts. */
  readonly session: Session;
  readonly clock: Clock;
  /** How many seconds pass in one of ours. */
  readonly speed: number;
}

/** How fast the past goes by where nobody says. */
export const USUAL_SPEED = 60;

/** Opens what was recorded of a house, beside whoever records. Of the house's broker it needs nothing but the name. */
export function openReplay({ env, house, session, clock, speed }: ReplaySetup): Result<ReplayPlayer, Issue> {
  const folder = historyFolder(env, house.config.name, session);
  if (folder === null) {
    const message = 'there is no place for a history';
    return fail({ severity: 'warning', message, cure: 'Set HOME or XDG_STATE_HOME to an absolute path.' });
  }
  try {
    const past = openPast(openHistoryReader(folder), house);
    if (past.range() === null) return fail(nothing(folder));
    const film = openFilm(past, house, session);
    return ok(openPlayer({ film, past, clock, speed, inWords: error => lossText(folder, error) }));
  } catch (error) {
    return fail(readTrouble(folder, error));
  }
}

/** What stands in the way of reading it, in words. */
function readTrouble(folder: string, error: unknown): Issue {
  return fileFaultOf(error).code === 'ENOENT' ? nothing(folder) : historyTrouble(folder, error, 'read');
}

/** What stands in the way of reading on. */
function lossText(folder: string, error: unknown): string {
  if (fileFaultOf(error).code !== 'ENOENT') return historyTrouble(folder, error, 'read').message;
  return `the folder of the history is gone; Space goes on when it is back: ${folder}`;
}

function nothing(folder: string): Issue {
  const message = `nothing was recorded into ${folder} yet`;
  const cure = 'hometui daemon records all the time, and the console while it is open.';
  return { severity: 'warning', message, cure };
}
