import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { countText } from '../../core/count-text.ts';
import { readKept } from '../../core/daemon/packed-alarms.ts';
import { type AlarmsSnapshot, takeAlarms } from '../../core/format/alarm-snapshot.ts';
import { csvRecord } from '../../core/format/csv.ts';
import { isoTime } from '../../core/format/iso-time.ts';
import { alarmBlock } from '../../core/format/status/alarm-text.ts';
import type { AlarmBook } from '../../core/home/alarms/alarm.ts';
import { jsonText } from '../../core/json-text.ts';
import { alarmFile } from '../../io/alarms/alarm-file.ts';
import { eventTimeOf } from '../../io/clock.ts';
import { readLockOwner } from '../../io/history-store/writer-lock.ts';
import type { Arguments } from '../args/parse.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';
import { type CommandDoor, openAlarmDoor } from './open-door.ts';

/** Who knows of the alarms: the daemon, a console by what it has kept, or nobody any more. */
interface Known {
  readonly book: AlarmBook;
  readonly by: 'daemon' | 'console' | null;
}

/**
 * Tells the alarms of a house. The code is that of `status`: 0 where nothing is raised but notes, 1 for a warning, 2 for an
 * alarm, 3 where nobody watches.
 */
export async function listAlarms(format: 'text' | 'json' | 'csv', args: Arguments, world: World): Promise<ExitCode> {
  const door = await openAlarmDoor(args, world);
  const known = await find(door, world);
  if (known === null) {
    throw new Failure(
      ExitCode.unknown,
      'nobody watches over the alarms of this house',
      'hometui daemon does all the time, and the console while it is open.',
    );
  }
  const { book, by } = known;
  const at = isoTime(world.clock.wallNow());
  const alarms = takeAlarms(book);
  if (format === 'json') await print(world.stdout, `${jsonText({ at, watchedBy: by, ...alarms }, 2)}\n`);
  else if (format === 'csv') await print(world.stdout, csvOf(alarms));
  else await print(world.stdout, textOf(alarms, by, at, world));
  return by === null ? ExitCode.unknown : codeOf(alarms);
}

async function find(door: CommandDoor, { clock }: World): Promise<Known | null> {
  const book = await door.ask();
  if (book !== null) return { book, by: 'daemon' };
  const { folder } = door;
  const text = folder === null ? null : alarmFile(folder).read();
  const kept = text === null ? null : readKept(text, eventTimeOf(clock, 0));
  if (folder === null || kept === null) return null;
  const by = readLockOwner(folder, clock.wallNow())?.role === 'console' ? 'console' : null;
  const alarms = new Map(kept.alarms.map(alarm => [alarm.id, alarm]));
  return { book: { alarms, total: door.labels.size, unwatched: [], flood: null, revision: 0, source: 'own' }, by };
}

function codeOf({ active }: AlarmsSnapshot): ExitCode {
  const raised = active.filter(
    ({ state, shelved }) => shelved === null && (state === 'active' || state === 'acknowledged'),
  );
  if (raised.some(({ priority }) => priority === 'alarm')) return ExitCode.critical;
  return raised.some(({ priority }) => priority === 'warning') ? ExitCode.warning : ExitCode.ok;
}

const WATCHED = { daemon: 'watched over by the daemon', console: 'watched over by a console' } as const;

function textOf(alarms: AlarmsSnapshot, by: Known['by'], at: string, world: World): string {
  const count = countText(alarms.total, 'alarm');
  const head =
    by === null
      ? `${count}, and nobody watches over them now: this is how they stood when somebody did`
      : `${count}, ${WATCHED[by]}${alarms.active.length === 0 ? ': nothing to tell' : ''}`;
  const block = alarmBlock(alarms, at, styleFor(world)).slice(1);
  return `${[head, ...block].join('\n')}\n`;
}

const HEADER = [
  ...['id', 'label', 'priority', 'state', 'raised_at', 'returned_at', 'acknowledged_at', 'acknowledged_by'],
  ...['shelved_until', 'raised_value', 'value', 'detail', 'cure'],
];

function csvOf({ active }: AlarmsSnapshot): string {
  const records = active.map(alarm => [
    ...[alarm.id, alarm.label, alarm.priority, alarm.state, alarm.raisedAt, alarm.returnedAt],
    ...[alarm.acknowledgedAt, alarm.acknowledgedBy, alarm.shelved?.until ?? null],
    ...[alarm.raisedValue, alarm.value, alarm.detail, alarm.cure],
  ]);
  return [HEADER, ...records].map(csvRecord).join('');
}
