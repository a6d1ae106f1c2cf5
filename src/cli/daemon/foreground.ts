import { type HouseAlarmsSetup, openHouseAlarms } from '../../app/alarms/house-alarms.ts';
import type { AlarmWatcher, AlarmWatcherSetup } from '../../app/alarms/watcher.ts';
import { createAnswers } from '../../app/daemon/answer.ts';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openRecorder, type Recorder } from '../../app/history/recorder.ts';
import type { Dispatch } from '../../app/notices/dispatch.ts';
import { type HomeSession, openSession } from '../../app/session.ts';
import { openShutdown, type Shutdown, type ShutdownParts } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { cleanWhole } from '../../core/clean-text.ts';
import type { Likeness } from '../../core/daemon/protocol.ts';
import { isoTime } from '../../core/format/iso-time.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { House } from '../../core/house/house.ts';
import type { Clock } from '../../io/clock.ts';
import { lookAtSocket, socketFile } from '../../io/daemon-socket/place.ts';
import { type DaemonSocket, openDaemonSocket } from '../../io/daemon-socket/server.ts';
import { HistoryRefusal, historyFolder, makeHistoryFolder } from '../../io/history-store/place.ts';
import { historyTrouble, isHistoryFault } from '../../io/history-store/trouble.ts';
import { type LockOwner, readLockOwner } from '../../io/history-store/writer-lock.ts';
import { keepMemorySmall } from '../../io/memory.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { Arguments } from '../args/parse.ts';
import { type Connection, readConnection, readLink, readSettings, withPassword } from '../settings/connection.ts';
import { followHouse, houseFile } from '../settings/follow-house.ts';
import { readHistoryLimits } from '../settings/history-limits.ts';
import { print } from '../stdio/output.ts';
import { ownLikeness } from './hear.ts';
import { keepLoggedIn } from './log-in-again.ts';
import { openNotices } from './notices.ts';
import { openSettledFeed, serveMetrics } from './outward.ts';

/** What was heard last is written by then, ms, on the slowest card. */
const LAST_WRITE_MS = 20_000;
/** A notice may be on its way for so long at the end, ms: it is on the disk all the same. */
const LAST_NOTICE_MS = 2_000;
/** How often it is looked whether the socket is still there, ms. */
const LOOK_MS = 10_000;

/** Listens and records until a signal ends it, or until the broker refuses the first login. */
export async function runForeground(args: Arguments, world: World): Promise<ExitCode> {
  const read = await readConnection(args, world);
  const folder = folderOf(read, world);
  const holder = readHolder(folder, world);
  const connection = await withPassword(read.link, read.settings, world);
  keepMemorySmall();
  const say = (text: string): void => {
    void print(world.stdout, `hometui daemon: ${cleanWhole(text)}\n`).catch(() => 'closed');
  };
  let onHangUp = (): void => {};
  const shutdown = openShutdown(withoutHangUp(world, () => onHangUp()));
  const { clock, random, version } = world;
  const sources = [...read.sources, ...followHouse(read, world)];
  const session = openSession({ ...read, connection, sources, clock, random, scope: 'onlooker' });
  shutdown.add(session.close);
  try {
    const { name } = read.house.config;
    const like = likenessNow(session, read, world);
    let recorder: Recorder | null = null;
    let alarms: AlarmWatcher | null = null;
    const note = (event: HistoryEvent): void => recorder?.note(event);
    const answers = createAnswers({
      ...{ session, like, houseFile: houseFile(read.settings, world), version, pid: process.pid, clock, note },
      alarms: () => alarms,
    });
    const answering = await openAnswering(folder, answers, session, shutdown, clock);
    say(`${startText(`${name} at ${placeOf(connection)}`, folder, holder)}, and ${answering}`);
    tellNews(session, say);
    const { store } = session;
    let isWaiting = holder !== null;
    const outward = { store, folder, shutdown, say };
    if (args.flags.metrics !== undefined) await serveMetrics(args.flags.metrics, outward, world);
    const feed = openSettledFeed(read.settings, outward, world);
    recorder = openRecorder({
      ...{ store, folder, clock, version, keepaliveMs: connection.keepaliveSeconds * 1_000, role: 'daemon' },
      onOpened: () => {
        if (isWaiting) say(`records into ${folder} from now on: who did before has ended`);
        isWaiting = false;
      },
      onCommitted: feed?.committed,
      limits: readHistoryLimits(read.settings),
    });
    shutdown.add(recorder.close, LAST_WRITE_MS);
    alarms = watchAlarms(openNotices(read.settings, session, folder, world), { store, clock, folder }, shutdown);
    const login = keepLoggedIn({
      ...{ session, password: connection.password, clock, say },
      readPassword: () => readPassword(args, connection, world),
    });
    onHangUp = () => void login.readAgain();
    return await Promise.race([untilStopped(shutdown), login.refused]);
  } finally {
    await shutdown.run();
    say('ended');
  }
}

/** Judges the alarms, and has them told where channels are settled. */
function watchAlarms(
  notices: Dispatch | null,
  setup: Pick<HouseAlarmsSetup, 'store' | 'clock' | 'folder'>,
  shutdown: Shutdown,
): AlarmWatcher {
  let isBegun = false;
  const onChanges: AlarmWatcherSetup['onChanges'] = (changes, book) => {
    if (isBegun) notices?.take(changes, book);
    else notices?.catchUp(changes, book);
  };
  const alarms = openHouseAlarms({ ...setup, onChanges });
  isBegun = true;
  shutdown.add(alarms.close);
  if (notices !== null) shutdown.add(notices.close, LAST_NOTICE_MS);
  return alarms;
}

/** Where it records. Throws a `Failure` where there is no place (78), or none that can be written (74). */
function folderOf({ house, link }: Connection, { env }: World): string {
  const folder = historyFolder(env, house.config.name, link.session);
  if (folder === null) {
    const cure = 'Set HOME or XDG_STATE_HOME to an absolute path.';
    throw new Failure(ExitCode.config, 'there is no place for a history', cure);
  }
  try {
    makeHistoryFolder(folder);
    return folder;
  } catch (error) {
    if (!isHistoryFault(error)) throw error;
    const { message, cure } = historyTrouble(folder, error, 'written');
    throw new Failure(error instanceof HistoryRefusal ? ExitCode.config : ExitCode.output, message, cure ?? null);
  }
}

/** The console that records at this moment; `null` for nobody. Throws a `Failure` (75) for another daemon. */
function readHolder(folder: string, { clock }: World): LockOwner | null {
  const owner = readLockOwner(folder, clock.wallNow());
  if (owner?.role !== 'daemon') return owner;
  const since = owner.since === undefined ? '' : ` since ${isoTime(owner.since)}`;
  throw new Failure(
    ExitCode.notConfirmed,
    `another daemon, process ${owner.pid} on ${owner.host}, records into ${folder}${since}`,
    'One is enough for each house and broker: leave it running, or stop it first.',
  );
}

/** What we are like at each moment: the house file may change, and the password. */
function likenessNow({ store, link }: HomeSession, read: Connection, world: World): () => Likeness {
  let known: { readonly house: House; readonly link: LinkOptions; readonly like: Likeness } | null = null;
  return () => {
    const now = { house: store.getState().house, link: link() };
    if (known?.house !== now.house || known.link !== now.link) {
      known = { ...now, like: ownLikeness({ ...read, ...now }, world, now.link.session.clientId) };
    }
    return known.like;
  };
}

function placeOf({ session: { url, user } }: LinkOptions): string {
  return user === null ? url : `${url} as ${user}`;
}

function startText(house: string, folder: string, holder: LockOwner | null): string {
  const recording =
    holder === null
      ? `records into ${folder}`
      : `will record into ${folder} as soon as process ${holder.pid} on ${holder.host}, which does now, has ended`;
  return `process ${process.pid} listens to ${house}, ${recording}`;
}

/** Answers those who ask what is known; says in words where. Throws a `Failure` (75) where another daemon does. */
async function openAnswering(
  folder: string,
  answers: (line: string) => string | null,
  { store }: HomeSession,
  shutdown: Shutdown,
  clock: Clock,
): Promise<string> {
  const socket = await openDaemonSocket(folder, answers);
  if (socket.ok) {
    shutdown.add(keepSocket(socket.value, folder, answers, clock));
    return `answers on ${socketFile(folder)}`;
  }
  const { issue, isTaken } = socket.error;
  if (isTaken) throw new Failure(ExitCode.notConfirmed, issue.message, issue.cure ?? null);
  store.dispatch({ type: 'issue-found', at: clock.now(), issue });
  return 'answers nobody';
}

/** Makes the socket anew where somebody has removed it, as with the folder that it is in; gives what takes it away. */
function keepSocket(
  first: DaemonSocket,
  folder: string,
  answers: (line: string) => string | null,
  clock: Clock,
): () => Promise<void> {
  let socket: DaemonSocket | null = first;
  let timer = clock.after(LOOK_MS, look, { isBackground: true });
  async function look(): Promise<void> {
    timer = clock.after(LOOK_MS, look, { isBackground: true });
    if (lookAtSocket(folder) !== undefined) return;
    await socket?.close();
    const opened = await openDaemonSocket(folder, answers);
    socket = opened.ok ? opened.value : null;
  }
  return async () => {
    timer.cancel();
    await socket?.close();
  };
}

/**
 * Without a terminal SIGHUP ends nothing, for others reread their files at it; with one it says that the terminal is
 * gone, and nobody is left who would end a process in the background.
 */
function withoutHangUp(world: World, onHangUp: () => void): ShutdownParts {
  if (world.stdin.isTTY === true) return world;
  const { clock, exit, onSignal } = world;
  return {
    clock,
    exit,
    onSignal: (name, listener) => onSignal(name, name === 'SIGHUP' ? onHangUp : listener),
  };
}

/** What concerns the daemon itself: how the link goes, and what stands in the way. All else is in the history. */
function tellNews({ store }: HomeSession, say: (text: string) => void): void {
  let told = 1;
  const tell = ({ journal, nextId }: HomeState): void => {
    if (nextId === told) return;
    const news = journal.filter(({ id, kind }) => id >= told && (kind === 'link' || kind === 'issue'));
    told = nextId;
    for (const { text } of news) say(text);
  };
  tell(store.getState());
  store.observe(({ after }) => tell(after));
}

/** Resolves with the code of the end when a signal asks for it: to be stopped is how a daemon ends well. */
function untilStopped({ stopped, signalCode }: Shutdown): Promise<ExitCode> {
  return new Promise(resolve => {
    stopped.addEventListener('abort', () => {
      const code = signalCode();
      resolve(code === ExitCode.hungUp || code === ExitCode.quit ? code : ExitCode.ok);
    });
  });
}

/** The password of this login as it is kept by now; `null` where none is, or where the settings name another login. */
async function readPassword(args: Arguments, { session: { url, user } }: LinkOptions, world: World) {
  const { session, password } = readLink(await readSettings(args, world), world, {});
  return session.url === url && session.user === user ? password : null;
}
