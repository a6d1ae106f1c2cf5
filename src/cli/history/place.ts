import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { House } from '../../core/house/house.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import { historyTrouble, isHistoryFault } from '../../io/history-store/trouble.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink } from '../settings/connection.ts';
import type { Settings } from '../settings/settings.ts';

/** Where the history of a house and broker is. Throws a `Failure` (78) where there is no place for one. */
export function ownHistoryFolder(settings: Settings, house: House, { flags }: Arguments, world: World): string {
  const folder = historyFolder(world.env, house.config.name, readLink(settings, world, flags).session);
  if (folder !== null) return folder;
  const cure = 'Set HOME or XDG_STATE_HOME to an absolute path.';
  throw new Failure(ExitCode.config, 'there is no place for a history', cure);
}

/** What the system says of the folder, as a `Failure`: 3 where nothing is there, else 78. A fault of ours stays one. */
export function historyInWords(folder: string, error: unknown, what: 'read' | 'changed'): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  if (fileFaultOf(error).code === 'ENOENT') return nothingRecorded(folder);
  if (!isHistoryFault(error)) return error;
  const { message, cure } = historyTrouble(folder, error, what);
  return new Failure(ExitCode.config, message, cure ?? null);
}

/** That nothing is kept yet (3). */
export function nothingRecorded(folder: string): Failure {
  const cure =
    'hometui daemon records all the time, and the console while it is open, unless "history": false stands in the settings.';
  return new Failure(ExitCode.unknown, `nothing was recorded into ${folder} yet`, cure);
}
