import type { World } from '../../app/world.ts';
import { examineCertificates } from '../../core/doctor/certificates.ts';
import { type Check, unexamined } from '../../core/doctor/check.ts';
import {
  clientsOfOthers,
  examineLoggedClients,
  type LoggedClients,
  readLoggedClients,
} from '../../core/doctor/clients/log-clients.ts';
import { examineSessions } from '../../core/doctor/clients/sessions.ts';
import { examineDaemon } from '../../core/doctor/daemon.ts';
import { examineFiles } from '../../core/doctor/files.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import { examineLogSettings, logFileOf } from '../../core/doctor/log-settings.ts';
import { examineMachine } from '../../core/doctor/machine.ts';
import {
  boundOf,
  examineOthers,
  examineReach,
  isReached,
  isThisMachine,
  type ReachFacts,
} from '../../core/doctor/reach.ts';
import { brokerOnPort, examineUse, type RunningBroker } from '../../core/doctor/running.ts';
import type { House } from '../../core/house/house.ts';
import { needsOfDevices } from '../../core/mosquitto/lint/house-needs.ts';
import { reachBroker, reachOwnAddresses } from '../../io/examine/reach.ts';
import { readLastLines } from '../../io/examine/read-log.ts';
import { cureOfUnreadable } from '../../io/files/file-facts.ts';
import { readJournal } from '../../io/log-tail/read-journal.ts';
import { findRunningBrokers } from '../../io/machine/running-brokers.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink, readSettings, withPassword } from '../settings/connection.ts';
import { loadHouse } from '../settings/load-house.ts';
import type { Settings } from '../settings/settings.ts';
import type { Progress } from '../stdio/progress.ts';
import { readDaemon } from './daemon.ts';
import { examineDynamicSecurity } from './dynamic-security.ts';
import { chooseFiles } from './files.ts';
import { examineByListening } from './listen.ts';
import { examineLive, listenerOf } from './live.ts';
import { linkAs, readLogins } from './logins.ts';
import { readMachine } from './machine.ts';

/** How long the house is listened to, seconds: two cadences of the article's devices and a little. */
const DEFAULT_LISTEN_S = 12;

/** What an examination is done with. */
export interface Examining {
  readonly world: World;
  readonly progress: Progress;
  /** Somebody wants the end. */
  readonly stopped: AbortSignal;
}

/** What is examined, as it was asked for. */
interface Asked {
  readonly args: Arguments;
  readonly settings: Settings;
  readonly house: House;
  readonly link: LinkOptions;
  readonly logins: readonly LinkOptions[];
  readonly reach: ReachFacts;
  /** ms. */
  readonly startedAt: number;
}

/** What was found without a login. */
interface FoundHere {
  readonly installation: Installation;
  /** Whether the broker that was named is this machine. */
  readonly isLocal: boolean;
  /** Whether conf and files are those of the broker that was named. */
  readonly isItsFiles: boolean;
  /** The broker's log, where it can be read: a file, or the word `journal`. */
  readonly log: string | null;
  readonly clients: LoggedClients | null;
  readonly checks: readonly Check[];
}

/** Examines all that can be: first the way and the files, then, where somebody is let in, the running house. */
export async function examine(args: Arguments, examining: Examining): Promise<readonly Check[]> {
  const { world, progress, stopped } = examining;
  const settings = await readSettings(args, world);
  const house = await loadHouse(settings.house.value);
  const given = readLink(settings, world, args.flags);
  const link = settings.user?.origin === 'flag' ? await withPassword(given, settings, world) : given;
  const logins = await readLogins(args, settings, link, world);
  const startedAt = world.clock.now();
  progress.say(`looking for ${link.session.host}`);
  const reach = await reachBroker(link.session.host, link.session.port, world.clock);
  progress.say('reading the files of the broker');
  const asked: Asked = { args, settings, house, link, logins, reach, startedAt };
  const here = await examineHere(asked, examining);
  const others = here.isLocal && isReached(reach) ? await examineFromOutside(link.session.port, here, world) : [];
  const isThere = isReached(reach) && !stopped.aborted;
  const live = isThere ? await examineRunning(asked, here, examining) : await examineDynamic(asked, here, [], world);
  progress.say('looking at the history and at the daemon');
  const machine = await examineThisMachine(asked, here, world);
  return [...examineReach(reach), ...others, ...here.checks, ...live, ...machine];
}

/** What the plugin for dynamic security knows, where the conf has it. */
function examineDynamic(
  { house }: Asked,
  { installation, isItsFiles }: FoundHere,
  accepted: readonly LinkOptions[],
  world: World,
): Promise<readonly Check[]> {
  return examineDynamicSecurity(installation, isItsFiles ? accepted : [], needsOfDevices(house), world);
}

/** Whether other machines can reach a broker of this one. */
async function examineFromOutside(
  port: number,
  { installation, isItsFiles }: FoundHere,
  { clock }: World,
): Promise<readonly Check[]> {
  const listener = isItsFiles ? listenerOf(installation, port) : null;
  return examineOthers(await reachOwnAddresses(port, clock), port, boundOf(listener));
}

/** The machine, the history of the house on it, and the daemon that records it. */
async function examineThisMachine(
  { args, settings, house, link }: Asked,
  { installation, log }: FoundHere,
  world: World,
): Promise<readonly Check[]> {
  const machine = await readMachine({ installation, log, link, house }, world);
  const daemon = await readDaemon({ settings, house, link }, machine.history, args, world);
  return [...examineMachine(machine), ...examineDaemon(daemon)];
}

/** The files. */
async function examineHere(
  { args, settings, house, link, reach }: Asked,
  { world, progress }: Examining,
): Promise<FoundHere> {
  const { host, port, isLoopback } = link.session;
  const isLocal = isLoopback || isThisMachine(reach);
  const brokers = findRunningBrokers();
  const places = { isLocal, port, brokers };
  const first = chooseFiles(args.flags, places, world);
  const { conf } = first.installation;
  const running = isLocal ? brokerOnPort(brokers ?? [], port, first) : null;
  const isItsFiles = isOfBroker(running, first.installation, first.confPath);
  const log = settings.brokerLog?.value ?? (conf !== null && isItsFiles ? logFileOf(conf) : null);
  if (log === 'journal') progress.say('reading the journal');
  const { clients, checks: ofLog } = await readLog(log, world);
  const version = args.flags.brokerVersion ?? clients?.version ?? null;
  // What a file means to a broker goes by its version, which its log tells.
  const isKnown = version === null || version === args.flags.brokerVersion;
  const chosen = isKnown ? first : chooseFiles({ ...args.flags, brokerVersion: version }, places, world);
  const { installation, confPath } = chosen;
  const now = world.clock.wallNow();
  const use = { installation, confPath, brokers, isLocal, host, port, now };
  const checks = [
    ...chosen.checks,
    ...examineFiles({ installation, needs: needsOfDevices(house), version }),
    ...examineCertificates(installation.certificates, now),
    ...examineUse({ ...use, reloadedAt: clients?.readAt ?? null, hasLog: clients !== null }),
    ...(conf === null ? [] : examineLogSettings(conf)),
    ...ofLog,
  ];
  return { installation, isLocal, isItsFiles, log: clients === null ? null : log, clients, checks };
}

function isOfBroker(running: RunningBroker | null, { conf }: Installation, confPath: string | null): boolean {
  return conf !== null && running !== null && running.conf === confPath;
}

/** What takes a broker that answers. */
async function examineRunning(asked: Asked, here: FoundHere, examining: Examining): Promise<readonly Check[]> {
  const { args, settings, link, logins, startedAt } = asked;
  const { world, progress, stopped } = examining;
  const { installation, isItsFiles, log, clients } = here;
  progress.say(`logging in at ${link.session.host}:${link.session.port}`);
  const nobody = linkAs(settings, null, world);
  const { accepted, checks } = await examineLive({ link, logins, nobody, installation, isItsFiles, world });
  const listenMs = (args.flags.timeout ?? DEFAULT_LISTEN_S) * 1_000;
  const listening = {
    accepted,
    house: asked.house,
    installation,
    isItsFiles,
    log,
    logged: clients,
    listenMs,
    startedAt,
    stopped,
    world,
  };
  if (accepted.length > 0) progress.say(`listening to the house for ${Math.ceil(listenMs / 1_000)} s`);
  const version = args.flags.brokerVersion ?? null;
  const heard = await examineByListening({ ...listening, version });
  const dynamic = await examineDynamic(asked, here, accepted, world);
  const acl = installation.acls.length === 1 ? (installation.acls[0] ?? null) : null;
  const house = accepted.length === 0 ? [NO_LOGIN] : heard.checks;
  const others = clients === null ? null : clientsOfOthers(clients.clients);
  const logged = clients === null ? NO_LOG : examineLoggedClients(clients, acl);
  return [...checks, ...dynamic, ...house, ...logged, ...examineSessions(others, heard.sys)];
}

/** What only the log tells. */
const NO_LOG = (['will', 'keepalive'] as const).map(id =>
  unexamined(
    id,
    `${id} of the clients`,
    'only the log of the broker tells it',
    'Name it: --broker-log FILE (or journal)',
  ),
);

const NO_LOGIN = unexamined(
  'device',
  'the house',
  'nobody was let in by whom it could be listened to',
  'Name a login: --user master --password-file FILE, or --login master=FILE',
);

/** What the log tells of the clients; where it cannot be read, why. */
async function readLog(
  log: string | null,
  { clock }: World,
): Promise<{ readonly clients: LoggedClients | null; readonly checks: readonly Check[] }> {
  if (log === null) return { clients: null, checks: [] };
  const lines = log === 'journal' ? await readJournal(clock) : readLastLines(log);
  if (lines.ok) {
    const utcOffsetMs = -new Date(clock.wallNow()).getTimezoneOffset() * 60_000;
    return { clients: readLoggedClients(lines.value, utcOffsetMs), checks: [] };
  }
  const { error } = lines;
  const check =
    'why' in error
      ? unexamined('log', log, `it cannot be read: ${error.why}`, cureOfUnreadable(error, log, 'Check its path.'))
      : unexamined('log', log, error.message, error.cure ?? null);
  return { clients: null, checks: [check] };
}
