import { cleanText } from '../../clean-text.ts';
import { countText } from '../../count-text.ts';
import { checkAccess } from '../../mosquitto/acl-check.ts';
import type { AclFile } from '../../mosquitto/acl-file.ts';
import type { BrokerVersion } from '../../mosquitto/broker-version.ts';
import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import { parseLogLine } from '../../mosquitto/log/log-line.ts';
import { takePrefix } from '../../mosquitto/log/log-prefix.ts';
import { at, type Check, unexamined, warning, well } from '../check.ts';

/** A client as the log tells of its last login. */
export interface LoggedClient {
  readonly clientId: string;
  readonly user: string | null;
  /** Without a clean session the broker keeps for it, while it is away, what it had subscribed to at QoS 1 and 2. */
  readonly isClean: boolean;
  readonly isHere: boolean;
  /** Whether the broker said since its last login that it drops what comes for it. */
  readonly isQueueFull: boolean;
  /** 0: the broker never notices that it is gone. */
  readonly keepaliveSeconds: number;
  /** The topic of its will; `null` where it has none, or the log does not tell (debug lines). */
  readonly willTopic: string | null;
}

/** What a log tells of the broker's clients, and of when it read its files. */
export interface LoggedClients {
  readonly clients: readonly LoggedClient[];
  /** ms since 1970; `null` where the log tells of no start and no reload. */
  readonly readAt: number | null;
  /**
   * When somebody whom the broker did not name was refused at login, ms, oldest first; without the tries that an
   * examination by hometui makes, each of which leaves its own logins beside them.
   */
  readonly refusedAt: readonly number[];
  /** Which line of mosquitto it was that started last; `null` where the log does not tell, or of another one. */
  readonly version: BrokerVersion | null;
}

const SESSION = /^.* \(p\d+, c([01]), k\d+(?:, u'.*')?\)\.$/;
const DROPPING = /^Outgoing messages are being dropped for client (.*)\.$/;
const WILL = /^Will message specified \(\d+ bytes\) \(r[01], q[012]\)\.$/;

/** Reads the lines of a log, oldest first. `utcOffsetMs` as for `parseLogLine`. */
export function readLoggedClients(lines: readonly string[], utcOffsetMs: number): LoggedClients {
  const clients = new Map<string, LoggedClient>();
  const examinedAt: number[] = [];
  const refusedAt: number[] = [];
  let readAt: number | null = null;
  let version: BrokerVersion | null = null;
  for (const [index, line] of lines.entries()) {
    const entry = parseLogLine(line, utcOffsetMs);
    change(clients, droppedBy(line), { isQueueFull: true });
    if (entry === null) continue;
    if (entry.kind === 'reload' || entry.kind === 'starting') readAt = entry.at ?? readAt;
    if (entry.kind === 'starting') version = lineOf(entry.version);
    if (entry.kind === 'login-refused' && entry.clientId === null && entry.user === null && entry.at !== null)
      refusedAt.push(entry.at);
    if (entry.kind === 'login') {
      if (EXAMINING.test(entry.clientId) && entry.at !== null) examinedAt.push(entry.at);
      const { clientId, user, keepaliveSeconds } = entry;
      const isClean = SESSION.exec(line)?.[1] !== '0';
      const willTopic = willBehind(lines, index);
      const session = { isClean, isHere: true, isQueueFull: false };
      clients.set(clientId, { clientId, user, ...session, keepaliveSeconds, willTopic });
    }
    for (const id of goneBy(entry, clients)) change(clients, id, { isHere: false });
  }
  return { clients: [...clients.values()], readAt, refusedAt: withoutOurs(refusedAt, examinedAt), version };
}

/** How an examination by hometui names the connection that listens to the house. */
const EXAMINING = /^hometui-[0-9a-f]{8}-h$/;
/** From the try without a name to the login that listens, ms: a few logins at the most lie between. */
const EXAMINATION_MS = 10_000;

/** One refused try without a name goes with each examination: the last one before it listened. */
function withoutOurs(refusedAt: readonly number[], examinedAt: readonly number[]): readonly number[] {
  const ours = examinedAt.map(at =>
    refusedAt.findLastIndex(refused => refused <= at && at - refused <= EXAMINATION_MS),
  );
  return refusedAt.filter((_, index) => !ours.includes(index));
}

function lineOf(version: string): BrokerVersion | null {
  const [, line] = /^(2\.[01])\./.exec(version) ?? [];
  return line === '2.0' || line === '2.1' ? line : null;
}

/** The client identifiers whose connection an entry ends: at a start none of those of before is left. */
function goneBy(entry: BrokerLogEntry, clients: ReadonlyMap<string, LoggedClient>): readonly string[] {
  if (entry.kind === 'starting') return [...clients.keys()];
  const isEnd = entry.kind === 'left' || entry.kind === 'connection-lost' || entry.kind === 'keepalive-expired';
  return isEnd && entry.clientId !== null ? [entry.clientId] : [];
}

/** The client whose queue is full, by a line that tells nothing else; `null` for others. */
function droppedBy(line: string): string | null {
  return line.includes('being dropped') ? (DROPPING.exec(takePrefix(line).text)?.[1] ?? null) : null;
}

function change(clients: Map<string, LoggedClient>, id: string | null, what: Partial<LoggedClient>): void {
  const client = id === null ? undefined : clients.get(id);
  if (client !== undefined) clients.set(client.clientId, { ...client, ...what });
}

/** The two debug lines of a will come right behind its login; the second is a tab and the topic. */
function willBehind(lines: readonly string[], index: number): string | null {
  const [will = '', topic = ''] = lines.slice(index + 1, index + 3).map(line => takePrefix(line).text);
  return WILL.test(will) && topic.startsWith('\t') ? topic.slice(1) : null;
}

/** Wills that the rights deny, and clients without a keepalive. */
export function examineLoggedClients({ clients }: LoggedClients, acl: AclFile | null): readonly Check[] {
  const others = clientsOfOthers(clients);
  return [...wills(others, acl), ...keepalives(others)];
}

/** Those that are not hometui, with which this examination logs in too. */
export function clientsOfOthers(clients: readonly LoggedClient[]): readonly LoggedClient[] {
  return clients.filter(({ clientId }) => !OURS.test(clientId));
}

const OURS = /^hometui-[0-9a-f]{8}/;

function keepalives(clients: readonly LoggedClient[]): readonly Check[] {
  const subject = 'keepalive of the clients';
  const here = clients.filter(({ isHere }) => isHere);
  if (here.length === 0)
    return [
      unexamined('keepalive', subject, 'the log tells of no client that is logged in, but for hometui itself', null),
    ];
  const never = here.filter(({ keepaliveSeconds }) => keepaliveSeconds === 0);
  if (never.length === 0) return [well('keepalive', subject, 'each that the log tells of has one')];
  return never.map(({ clientId, user }) => {
    const evidence = 'it logged in with keepalive 0: the broker will never notice that it is gone';
    const cure = 'Have its program give a keepalive of 60 and send pings (umqtt: MQTTClient(…, keepalive=60), ping()).';
    return warning('keepalive', nameOfClient(clientId, user), evidence, cure);
  });
}

function wills(clients: readonly LoggedClient[], acl: AclFile | null): readonly Check[] {
  const told = clients.filter(({ willTopic }) => willTopic !== null);
  const subject = 'wills';
  if (told.length === 0) {
    const why = 'the log tells of none: it does so in debug lines, at each login';
    return [unexamined('will', subject, why, null)];
  }
  if (acl === null)
    return [unexamined('will', subject, 'which topics they may write is not known without the ACL', null)];
  const denied = told.filter(
    ({ user, clientId, willTopic }) =>
      !checkAccess(acl, { user, clientId, access: 'write', topic: willTopic ?? '' }).allowed,
  );
  if (denied.length === 0)
    return [
      well(
        'will',
        subject,
        `${countText(told.length, 'will')} that the log tells of, all on topics that may be written`,
      ),
    ];
  return denied.map(({ clientId, user, willTopic }) => {
    const topic = cleanText(willTopic ?? '');
    const evidence = `its will lies on ${topic}, which ${cleanText(acl.file)} does not let it write: the broker takes it at the login and never publishes it`;
    const section = acl.sections.find(candidate => candidate.user === user);
    const who = user === null ? 'before the first user line' : `below "user ${cleanText(user, 60)}"`;
    const place = section === undefined ? { file: acl.file } : { file: acl.file, line: section.line };
    return at(warning('will', nameOfClient(clientId, user), evidence, `Add ${who}: topic write ${topic}`), place);
  });
}

/** A client as people know it: `esp-1 (heating)`. */
export function nameOfClient(clientId: string, user: string | null): string {
  const id = cleanText(clientId, 40);
  return user === null || user === clientId ? id : `${id} (${cleanText(user, 40)})`;
}
