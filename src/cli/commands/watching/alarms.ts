import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import type { AlarmAct } from '../../../core/alarms/acts.ts';
import type { AlarmBook, AlarmState } from '../../../core/home/alarms/alarm.ts';
import { listAlarms } from '../../alarms/list.ts';
import { openAlarmDoor } from '../../alarms/open-door.ts';
import { outcomeText } from '../../alarms/outcome-text.ts';
import { nearestCure } from '../../args/named-ids.ts';
import { readFormat, refuseForeignFlags } from '../../args/operands.ts';
import { type OptionName, placeNames } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import type { watchingCommands } from '../../args/watching-commands.ts';
import { print } from '../../stdio/output.ts';

type Word = (typeof watchingCommands)['alarms']['words'][number];

/** The options of each word, and of none. */
const TAKEN: Readonly<Record<Word | '', readonly OptionName[]>> = {
  '': [...placeNames, 'format'],
  list: [...placeNames, 'format'],
  ack: [...placeNames, 'all'],
  shelve: [...placeNames, 'for', 'reason'],
  unshelve: [...placeNames, 'all'],
};
/** For how long an alarm is put aside unless said, seconds. */
const SHELF_S = 3_600;
const LONGEST_SHELF_S = 86_400;

/** `hometui alarms [list|ack|shelve|unshelve]`: what is wrong at home by the one who watches, and what a person does about it. */
export async function runAlarms(args: Arguments, world: World): Promise<ExitCode> {
  const [word = '', ...ids] = args.operands as readonly [Word | '', ...string[]];
  refuseForeignFlags(word, args, TAKEN);
  if (word === '' || word === 'list') {
    if (ids.length > 0) throw usage('hometui alarms list takes no more words', 'It tells all of them.');
    return listAlarms(readFormat(args, ['text', 'json', 'csv']), args, world);
  }
  return act(word, ids, args, world);
}

async function act(
  word: Exclude<Word, 'list'>,
  named: readonly string[],
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  const { flags } = args;
  if ((named.length === 0) !== (flags.all === true)) {
    throw usage(
      `hometui alarms ${word} takes ids of alarms${word === 'shelve' ? '' : ', or --all'}`,
      'hometui alarms list tells them.',
    );
  }
  const seconds = flags.for ?? SHELF_S;
  if (seconds > LONGEST_SHELF_S) throw usage('an alarm is put aside for a day at most', 'Take --for 86400 or less.');
  const door = await openAlarmDoor(args, world);
  const ids = flags.all === true ? all(word, await door.book()) : named;
  const unknown = ids.find(id => !door.labels.has(id));
  if (unknown !== undefined)
    throw usage(`the house has no alarm "${unknown}"`, nearestCure(unknown, [...door.labels.keys()]));
  const after = await door.act(ids, actOf(word, door.user, seconds, flags.reason));
  for (const id of ids) await print(world.stdout, outcomeText(word, door.labels.get(id) ?? id, after.alarms.get(id)));
  if (ids.length === 0)
    await print(world.stdout, word === 'ack' ? 'Nothing waits for an acknowledgement.\n' : 'Nothing is put aside.\n');
  return ExitCode.ok;
}

function all(word: Exclude<Word, 'list'>, { alarms }: AlarmBook): readonly string[] {
  const isMeant = ({ phase, shelf }: AlarmState): boolean =>
    word === 'ack' ? phase === 'active' || phase === 'returned' : shelf !== null;
  return [...alarms.values()].filter(isMeant).map(({ id }) => id);
}

function actOf(word: Exclude<Word, 'list'>, by: string | null, seconds: number, reason: string | undefined): AlarmAct {
  if (word === 'ack') return { kind: 'acknowledge', by };
  if (word === 'unshelve') return { kind: 'unshelve', by };
  return { kind: 'shelve', by, forMs: seconds * 1_000, reason: reason ?? null };
}

function usage(message: string, cure: string): Failure {
  return new Failure(ExitCode.usage, message, cure);
}
