import type { World } from '../../app/world.ts';
import { type AlarmReply, unpackReply } from '../../core/daemon/packed-alarms.ts';
import { type AlarmQuestion, alarmLine, parseHead } from '../../core/daemon/protocol.ts';
import { askDaemonSocket } from '../../io/daemon-socket/client.ts';
import type { SettledHouse } from '../settings/connection.ts';
import { ownLikeness } from './hear.ts';

/** Asks the daemon about its alarms; `byMs` is added to each moment. `null` where it does not answer, or has another house. */
export async function hearAlarms(
  folder: string,
  question: AlarmQuestion,
  read: SettledHouse,
  world: World,
  byMs: number,
): Promise<AlarmReply | null> {
  const line = alarmLine(world.version, ownLikeness(read, world, null), question);
  const asked = await askDaemonSocket(folder, line, world.clock);
  if (asked.kind !== 'answered') return null;
  const [first = '', second = ''] = asked.lines;
  return parseHead(first)?.differs.length === 0 ? unpackReply(second, byMs) : null;
}
