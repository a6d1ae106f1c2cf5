import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { serviceStateText } from '../../core/daemon/unit.ts';
import { formatAge } from '../../core/duration.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import { labelOf } from '../../core/house/house.ts';
import type { Issue } from '../../core/issue.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import { readUnit } from '../../io/user-service/unit-file.ts';
import { lingers, readServiceState } from '../../io/user-service/user-manager.ts';
import type { Arguments } from '../args/parse.ts';
import { placeWords } from '../args/place-words.ts';
import { type Connection, readConnection, readSettings } from '../settings/connection.ts';
import type { Answer } from './answer.ts';
import { askDaemon } from './ask.ts';
import { noticeRows, ownerOf, printRows, type Row, recordingRows } from './rows.ts';
import { serviceOf } from './service.ts';

/**
 * `hometui daemon status`: what is known of the daemon, each by its own evidence. Exits 0 where it records and has a link,
 * 1 where it runs and one of the two is not so, 3 where none runs.
 */
export async function report(args: Arguments, world: World): Promise<ExitCode> {
  const settings = await readSettings(args, world);
  const read = await readConnection(args, world, settings).catch((error: unknown) => {
    if (error instanceof Failure) return error;
    throw error;
  });
  if (!(read instanceof Failure)) return reportOn(read, args, world);
  const code = await (await import('./report-old.ts')).reportOld(read, settings, args, world);
  if (code === null) throw read;
  return code;
}

async function reportOn(read: Connection, args: Arguments, world: World): Promise<ExitCode> {
  const folder = historyFolder(world.env, read.house.config.name, read.link.session);
  const owner = folder === null ? null : ownerOf(folder, world);
  const answer = await askDaemon(read, args, world);
  const rows: readonly Row[] = [
    ['service', await serviceText(read, args, world)],
    ['answer', answerText(answer, read)],
    ...(answer.kind === 'heard' ? answer.state.issues.map(issueRow) : []),
    ...recordingRows(folder, world),
    ...noticeRows(folder, read.settings, world),
  ];
  await printRows(rows, world);
  if (answer.kind === 'none' && owner?.role !== 'daemon') return ExitCode.unknown;
  return answer.kind === 'heard' && owner?.role === 'daemon' ? ExitCode.ok : ExitCode.warning;
}

/** What the daemon has to say of itself. */
function issueRow({ message, cure }: Issue): Row {
  return ['note', cure === undefined ? message : `${message}: ${cure}`];
}

async function serviceText(read: Connection, args: Arguments, world: World): Promise<string> {
  const { name, path } = serviceOf(read, args, world);
  const found = readUnit(path);
  if (!found.ok) return `${path} cannot be read: ${found.error.why}`;
  if (found.value.origin === 'none') return `${name} is not installed: hometui daemon install${placeWords(args.flags)}`;
  const notes = { ours: '', changed: ', changed by hand', foreign: ', not written by hometui' };
  const asked = await readServiceState(name, world.env);
  const linger = lingers() === true ? '' : ', ends with your last login';
  const state = asked.ok ? serviceStateText(asked.value) : `its state is not known: ${asked.error}`;
  return `${name}${notes[found.value.origin]}, ${state}${linger}`;
}

function answerText(answer: Answer, { house }: Connection): string {
  if (answer.kind === 'none') return 'none: no daemon is there';
  if (answer.kind === 'unused') {
    const who = answer.pid === null ? 'the daemon' : `process ${answer.pid}`;
    return `${who} is not asked by others: ${answer.why}`;
  }
  const { state, daemon } = answer;
  const since = state.listeningSince === null ? '' : `, has listened for ${formatAge(state.at - state.listeningSince)}`;
  const last = lastHeard(state);
  const value = last === null ? 'no value yet' : `last value ${formatAge(last.ageMs)} ago (${labelOf(house, last.id)})`;
  return `process ${daemon.pid}${since}, ${value}`;
}

/** The sensor that was heard last. */
function lastHeard({ readings, at }: HomeState): { readonly id: string; readonly ageMs: number } | null {
  const heard = rowsOf(readings).flatMap(({ id, heardAt }) => (heardAt === null ? [] : [{ id, ageMs: at - heardAt }]));
  return heard.reduce<(typeof heard)[number] | null>(
    (one, other) => (one && one.ageMs <= other.ageMs ? one : other),
    null,
  );
}
