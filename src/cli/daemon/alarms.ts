import type { AlarmDoor } from '../../app/alarms/desk.ts';
import type { AlarmPlace } from '../../app/alarms/watch-soon.ts';
import type { World } from '../../app/world.ts';
import type { AlarmReply } from '../../core/daemon/packed-alarms.ts';
import type { AlarmQuestion } from '../../core/daemon/protocol.ts';
import type { House } from '../../core/house/house.ts';
import { eventTimeOf } from '../../io/clock.ts';
import { lookAtSocket } from '../../io/daemon-socket/place.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import type { Arguments } from '../args/parse.ts';
import type { SettledHouse } from '../settings/connection.ts';

/** Where the console of a house has its alarms from. With `--direct` no daemon is asked. */
export function alarmPlace(read: SettledHouse, { flags }: Arguments, world: World): AlarmPlace {
  const folder = historyFolder(world.env, read.house.config.name, read.link.session);
  const isRecorded = read.settings.history?.value !== false;
  const door = folder === null || flags.direct === true ? null : alarmDoor(folder, read, world);
  return { folder: isRecorded ? folder : null, door };
}

/**
 * The alarms of the daemon that records a house, if one does; `folder` is that of its history. Where none does, asking costs
 * one look at the disk, and nothing is loaded for it.
 */
function alarmDoor(folder: string, read: SettledHouse, world: World): AlarmDoor {
  const ask = async (question: AlarmQuestion, house: House): Promise<AlarmReply | null> => {
    if (lookAtSocket(folder) === undefined) return null;
    const { hearAlarms } = await import('./hear-alarms.ts');
    return hearAlarms(folder, question, { ...read, house }, world, eventTimeOf(world.clock, 0));
  };
  return {
    ask: (known, house) => ask({ ask: 'alarms', known }, house),
    act: (ids, act, house) => ask({ ask: 'alarm-act', ids, act }, house),
  };
}
