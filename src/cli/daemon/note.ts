import type { HomeSession } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import { wallTimeOf } from '../../io/clock.ts';
import { lookAtSocket } from '../../io/daemon-socket/place.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import type { Connection } from '../settings/connection.ts';

/**
 * Has the daemon of the house, if there is one, note each command of a session and its verdict, from now on; gives what
 * waits until all of it has arrived, or is given up. What is needed for that is loaded now where the command comes soon,
 * else with it.
 */
export function noteCommands(
  { store }: HomeSession,
  read: Connection,
  world: World,
  isSoon: boolean,
): () => Promise<void> {
  const folder = historyFolder(world.env, read.house.config.name, read.link.session);
  const isThere = (): boolean => folder !== null && lookAtSocket(folder) !== undefined;
  let hasCommanded = false;
  let sending: Promise<void> = Promise.resolve();
  // Both must be there by the first command: what it moves is told as somebody else's doing until the daemon knows.
  const load = () => Promise.all([import('../../app/daemon/own-events.ts'), import('./hear.ts')]);
  if (isSoon && isThere()) void load();
  store.observe(step => {
    const { event, before, after } = step;
    hasCommanded ||= event.type === 'switch-requested';
    const isPlain = before.switches === after.switches && before.denials === after.denials;
    if (!hasCommanded || isPlain || folder === null || !isThere()) return;
    const wallAt = wallTimeOf(world.clock, event.at);
    sending = sending.then(async () => {
      const [{ ownEventsOf }, { noteEvent }] = await load();
      // The daemon follows the house file too.
      const now = { ...read, house: after.house };
      for (const own of ownEventsOf(step, wallAt)) await noteEvent(folder, own, now, world);
    });
  });
  return () => sending;
}
