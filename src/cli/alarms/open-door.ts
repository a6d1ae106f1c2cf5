import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { AlarmAct } from '../../core/alarms/acts.ts';
import { houseAlarms } from '../../core/heating/definitions.ts';
import type { AlarmBook } from '../../core/home/alarms/alarm.ts';
import type { Arguments } from '../args/parse.ts';
import { alarmPlace } from '../daemon/alarms.ts';
import { readConnection } from '../settings/connection.ts';

/** The daemon that watches over the alarms of a house, for a command. */
export interface CommandDoor {
  /** All alarms that the house has: what they tell, by their ids. */
  readonly labels: ReadonlyMap<string, string>;
  /** Who acts: the user at the broker. */
  readonly user: string | null;
  /** Of its history; `null` where there is no place for one. */
  readonly folder: string | null;
  /** The alarms as it knows them; `null` where none answers. */
  readonly ask: () => Promise<AlarmBook | null>;
  /** The same; throws a `Failure` (75) where none answers. */
  readonly book: () => Promise<AlarmBook>;
  /** Does it, and gives how they stand then. */
  readonly act: (ids: readonly string[], act: AlarmAct) => Promise<AlarmBook>;
}

/** Finds it; `act` throws a `Failure` (75) where none answers. */
export async function openAlarmDoor(args: Arguments, world: World): Promise<CommandDoor> {
  const read = await readConnection(args, world);
  const { folder, door } = alarmPlace(read, args, world);
  const { house } = read;
  const ask = async (): Promise<AlarmBook | null> =>
    (await door?.ask({ change: null, revision: null }, house))?.book ?? null;
  const book = async (): Promise<AlarmBook> => {
    const answer = await ask();
    if (answer === null) throw nobody();
    return answer;
  };
  return {
    labels: new Map(houseAlarms(house).map(({ id, label }) => [id, label])),
    user: read.link.session.user,
    folder,
    ask,
    book,
    act: async (ids, act) => {
      if ((await door?.act(ids, act, house)) == null) throw nobody();
      return book();
    },
  };
}

function nobody(): Failure {
  return new Failure(
    ExitCode.notConfirmed,
    'no daemon that watches over the alarms of this house answers: nothing was done',
    'Start it: hometui daemon. In a console that watches by itself: a, then A or S.',
  );
}
