import type { Past } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import { lookAtSocket } from '../../io/daemon-socket/place.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import type { Arguments } from '../args/parse.ts';
import type { Connection } from '../settings/connection.ts';
import type { Answer } from './answer.ts';

/**
 * Asks the daemon that records this house, where one of our user runs. Where none does, this costs one look at the disk,
 * and nothing is loaded for it.
 */
export async function askDaemon(read: Connection, { flags }: Arguments, world: World): Promise<Answer> {
  const folder = historyFolder(world.env, read.house.config.name, read.link.session);
  if (flags.direct === true || folder === null || lookAtSocket(folder) === undefined) return { kind: 'none' };
  return (await import('./hear.ts')).hearDaemon(folder, read, world);
}

/** What asks the daemon again and again for a session; the first time now, so that the answer is there when it is opened. */
export function pastOf(read: Connection, args: Arguments, world: World): () => Promise<Past | null> {
  const ask = async (): Promise<Past | null> => {
    const askedAt = world.clock.now();
    const answer = await askDaemon(read, args, world);
    return answer.kind === 'heard' ? { state: answer.state, askedAt } : null;
  };
  let first: Promise<Past | null> | null = ask();
  return () => {
    const asked = first ?? ask();
    first = null;
    return asked;
  };
}
