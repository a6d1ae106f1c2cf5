import { ExitCode } from '../../app/exit-code.ts';
import type { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { type AnswerHead, type Likeness, parseHead, questionLine } from '../../core/daemon/protocol.ts';
import { askDaemonSocket } from '../../io/daemon-socket/client.ts';
import { historyFolders } from '../../io/history-store/place.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink } from '../settings/connection.ts';
import { houseFile } from '../settings/follow-house.ts';
import type { Settings } from '../settings/settings.ts';
import { printRows, type Row, recordingRows } from './rows.ts';

/**
 * `hometui daemon status` where the house file cannot be read by now: the daemon that follows it, which goes on with the
 * house of before. Exits 1; `null` where there is no such daemon.
 */
export async function reportOld(
  failure: Failure,
  settings: Settings,
  args: Arguments,
  world: World,
): Promise<ExitCode | null> {
  const found = await findDaemon(settings, args, world);
  if (found === null) return null;
  const { folder, head } = found;
  const [what = ''] = failure.message.split('\n');
  const rows: readonly Row[] = [
    ['house', what],
    ['answer', `process ${head.pid} goes on with the house as it was before`],
    ...head.issues.map(issue => ['note', issue] as const),
    ...recordingRows(folder, world),
  ];
  await printRows(rows, world);
  return ExitCode.warning;
}

interface Found {
  readonly folder: string;
  readonly head: AnswerHead;
}

/** Looks at each history of this user: the name of the house, which would lead there, cannot be read. */
async function findDaemon(settings: Settings, { flags }: Arguments, world: World): Promise<Found | null> {
  const { url, user } = readLink(settings, world, flags).session;
  const like: Likeness = { house: '', url, user, login: null, id: null, acl: null, brokerLog: null };
  for (const folder of historyFolders(world.env)) {
    const asked = await askDaemonSocket(folder, questionLine(world.version, like), world.clock);
    const head = asked.kind === 'answered' ? parseHead(asked.lines[0] ?? '') : null;
    const isOurs = head?.houseFile === houseFile(settings, world);
    if (head !== null && isOurs && !head.differs.includes('url') && !head.differs.includes('user')) {
      return { folder, head };
    }
  }
  return null;
}
