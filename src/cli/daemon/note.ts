import type { HomeSession } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import { wallTimeOf } from '../../io/clock.ts';
import { lookAtSocket } from '../../io/daemon-socket/place.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import type { Connection } from '../settings/connection.ts';

/**
 * Has the daemon of the house, if there is one, note each command of a session and its verdict, from now on; gives what
 * waits until all of it has arrived, or is given up. Nothing is loaded for it before the first command.
 */
export function noteCommands({ store }: HomeSession, read: Connection, world: World): () => Promise<void> {
  const folder = historyFolder(world.env, read.house.config.name, read.link.session);
  let hasCommanded = false;
  let sending: Promise<void> = Promise.resolve();
  store.observe(step => {
    const { event, before, after } = step;
    hasCommanded ||= event.type === 'switch-requested';
    const isPlain = before.switches === after.switches && before.denials === after.denials;
    if (!hasCommanded || isPlain || folder === null || lookAtSocket(folder) === undefined) return;
    const wallAt = wallTimeOf(world.clock, event.at);
    sending = sending.then(async () => {
      const [{ ownEventsOf }, { noteEvent }] = await Promise.all([
        import('../../app/daemon/own-events.ts'),
        import('./hear.ts'),
      ]);
      for (const own of ownEventsOf(step, wallAt)) await noteEvent(folder, own, read, world);
    });
  });
  return () => sending;
}
