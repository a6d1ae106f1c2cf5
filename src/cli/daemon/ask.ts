import type { Past, SessionSetup } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import type { House } from '../../core/house/house.ts';
import { lookAtSocket } from '../../io/daemon-socket/place.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import type { Arguments } from '../args/parse.ts';
import type { SettledHouse } from '../settings/connection.ts';
import type { Answer } from './answer.ts';

/**
 * Asks the daemon that records this house, where one of our user runs. Where none does, this costs one look at the disk,
 * and nothing is loaded for it.
 */
export function askDaemon(read: SettledHouse, args: Arguments, world: World): Promise<Answer> {
  return askAt(folderOf(read, args, world), read, world);
}

/** Where a daemon of this house has its socket; `null` for no place, or where it is to be passed by. */
function folderOf({ house, link }: SettledHouse, { flags }: Arguments, { env }: World): string | null {
  return flags.direct === true ? null : historyFolder(env, house.config.name, link.session);
}

async function askAt(folder: string | null, read: SettledHouse, world: World): Promise<Answer> {
  if (folder === null || lookAtSocket(folder) === undefined) return { kind: 'none' };
  return (await import('./hear.ts')).hearDaemon(folder, read, world);
}

/**
 * What asks the daemon again and again for a session, of the house as its file says by then; the first time now, so that
 * the answer is there when it is opened. A house that got another name is recorded where it was.
 */
export function pastOf(read: SettledHouse, args: Arguments, world: World): NonNullable<SessionSetup['askPast']> {
  const folder = folderOf(read, args, world);
  const ask = async (house: House): Promise<Past | 'not-now' | null> => {
    const askedAt = world.clock.now();
    const answer = await askAt(folder, { ...read, house }, world);
    if (answer.kind === 'heard') return { state: answer.state, askedAt };
    return answer.kind === 'unused' && answer.isAtFault ? 'not-now' : null;
  };
  let first: ReturnType<typeof ask> | null = ask(read.house);
  return house => {
    const asked = first ?? ask(house);
    first = null;
    return asked;
  };
}
