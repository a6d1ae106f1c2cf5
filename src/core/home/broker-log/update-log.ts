import { assertNever } from '../../assert-never.ts';
import { cleanText } from '../../clean-text.ts';
import type { Issue } from '../../issue.ts';
import type { BrokerLogEntry } from '../../mosquitto/log-entry.ts';
import type { HomeEvent } from '../event.ts';
import { notePassing } from '../issues.ts';
import { addToJournal, type JournalEntry } from '../journal.ts';
import type { HomeState } from '../state.ts';
import { conclude } from '../switches/conclude.ts';
import { isEchoExpected } from '../switches/proof.ts';
import type { Command } from '../switches/switch.ts';
import { getRow } from '../table.ts';
import { keepAclAlarm, noteReload, raiseAclAlarm } from './acl-alarm.ts';
import { noteComplaint, noteStarted, noteStarting, noteStopped } from './broker-life.ts';
import { addDenial, remedyFor } from './denial.ts';
import type { Denial, LogSource } from './known.ts';
import { hearLogEntry } from './log-echo.ts';
import { isFoughtOver, noteTakenOver } from './take-over.ts';
import { isOfLogin, noteGone, noteLogin } from './update-log-client.ts';

/** Lines older than this, ms, are history: they teach who is who, and are no news. */
const NEWS_MS = 60_000;

/** A time that is no news, ms. */
const LONG_AGO = 0;

/** Within this time, ms, an unnamed refusal in the log is the one that we were told: log times are whole seconds. */
const OWN_REFUSAL_MS = 2_000;

/** One line of the broker's log: who logged in, who was refused, who is gone, and whether the ACL is in force. */
export function noteLogEntry(before: HomeState, line: HomeEvent & { type: 'log-line-read' }): HomeState {
  const { entry, source } = line;
  if (entry.at === null && line.isPast) return takeUndated(before, entry);
  const { state, isEcho } = hearLogEntry(noteSetUp(before, entry, source), entry, source);
  const heard = source === 'topic' ? timedByUs(state, entry) : entry;
  if (!isEcho) return takeLogEntry(state, heard);
  // The two ways may be out of step by one reload: the alarm is raised by each, so that no echo of a reload ends it.
  return heard.kind === 'acl-broken' ? keepAclAlarm(state, heard.detail, writtenAt(state, heard)) : state;
}

/**
 * A line of a time that nobody knows, as with `log_timestamp false`: it teaches who is who and whether the ACL is in
 * force, and what it says of a denial is neither of now nor of any other time that could be shown.
 */
function takeUndated(state: HomeState, entry: BrokerLogEntry): HomeState {
  const isDenial = entry.kind.startsWith('denied-') || entry.kind === 'login-refused';
  return isDenial ? state : takeLogEntry(noteSetUp(state, entry, 'file'), { ...entry, at: LONG_AGO });
}

/** What comes by the topic is of now: a stamp far from it shows that the broker's clock is wrong, and no history. */
function timedByUs(state: HomeState, entry: BrokerLogEntry): BrokerLogEntry {
  return Math.abs(state.at - writtenAt(state, entry)) > NEWS_MS ? { ...entry, at: null } : entry;
}

/** The log that is followed misses nothing; the topic misses what was said while there was no link. */
function noteSetUp(state: HomeState, { kind }: BrokerLogEntry, source: LogSource): HomeState {
  if (kind !== 'reload' && kind !== 'started') return state;
  const isFollowed = source === 'topic' && state.setUpHeard !== null && state.setUpHeard.source !== 'topic';
  return isFollowed ? state : { ...state, setUpHeard: { at: state.at, source } };
}

function takeLogEntry(state: HomeState, entry: BrokerLogEntry): HomeState {
  switch (entry.kind) {
    case 'connection-opened':
      return state;
    case 'login':
      return noteLogin(state, entry, isNews(state, entry));
    case 'left':
      return noteGone(state, entry, 'it left the broker');
    case 'connection-lost':
      return noteGone(state, entry, 'its connection to the broker is gone');
    case 'keepalive-expired':
      return noteGone(state, entry, 'the broker has not heard it within its keepalive');
    case 'taken-over':
      return noteTakeOver(state, entry);
    case 'wrong-transport':
      return noteWrongTransport(state, entry);
    case 'protocol-error':
      return tell(
        noteGone(state, entry, `the broker dropped it: ${cleanText(entry.detail, 60)}`),
        entry,
        'warning',
        `the broker dropped ${named(entry.clientId)}: ${cleanText(entry.detail, 60)}`,
      );
    case 'messages-dropped':
      return tell(
        state,
        entry,
        'warning',
        `the broker drops messages for ${named(entry.clientId)}: it takes them too slowly`,
      );
    case 'login-refused':
      return noteLoginRefused(state, entry);
    case 'denied-publish':
    case 'denied-subscribe':
    case 'denied-access':
      return noteDenied(state, entry);
    case 'wildcard-name':
      return tell(
        state,
        entry,
        'warning',
        `${named(entry.clientId)} has + or # in its name: the broker grants it nothing by pattern`,
      );
    case 'reload':
      return tell(noteReload(state, writtenAt(state, entry)), entry, 'info', 'the broker reloads its configuration');
    case 'acl-broken':
      return noteAclBroken(state, entry);
    case 'passwords-broken':
      return tell(
        noteComplaint(state, 'password file', entry.detail, writtenAt(state, entry)),
        entry,
        'critical',
        `the broker cannot use its password file: ${cleanText(entry.detail, 120)}`,
      );
    case 'starting':
      return noteStarting(state, entry.version);
    case 'started':
      return tell(
        noteStarted(state, entry.version),
        entry,
        'info',
        `the broker started, version ${cleanText(entry.version, 20)}`,
      );
    case 'stopped':
      return noteStopped(state, entry.version, writtenAt(state, entry), isNews(state, entry));
    default:
      return assertNever(entry);
  }
}

/** Its first line says what is wrong, its second that the file cannot be used. */
function noteAclBroken(state: HomeState, entry: BrokerLogEntry & { kind: 'acl-broken' }): HomeState {
  const at = writtenAt(state, entry);
  return raiseAclAlarm(noteComplaint(state, 'access control list', entry.detail, at), entry.detail, at);
}

/** One is what each board does that lost its power; it is told as that, and a fight for the identifier as one issue. */
function noteTakeOver(state: HomeState, entry: BrokerLogEntry & { kind: 'taken-over' }): HomeState {
  const { clientId } = entry;
  if (clientId === null || entry.at === LONG_AGO) return state;
  const next = noteTakenOver(state, clientId, state.logins.get(clientId), writtenAt(state, entry));
  if (isFoughtOver(next, clientId)) return next;
  const text = `${named(clientId)} logged in again while its old connection was open, as a client does that lost power or Wi-Fi`;
  return tell(next, entry, 'info', text);
}

/** For so long after the last try, ms, a client that came the wrong way is told of. */
const WRONG_WAY_MS = 600_000;

/** How a client came, with the cure on its side. A scanner on the net does the same: it is no fault of the house. */
function noteWrongTransport(state: HomeState, entry: BrokerLogEntry & { kind: 'wrong-transport' }): HomeState {
  const from = entry.peer === null ? '' : ` from ${cleanText(entry.peer.replace(/:\d+$/, ''), 45)}`;
  const issue: Issue =
    entry.spoken === 'tls'
      ? {
          severity: 'info',
          message: `a client${from} speaks TLS to a listener of the broker without TLS`,
          cure: 'Give it the port of the listener with TLS (8883 usually), or turn TLS off in it.',
        }
      : {
          severity: 'info',
          message: `a client${from} speaks no TLS to a listener of the broker with TLS`,
          cure: 'Turn TLS on in it, or give it the port of the listener without TLS (1883 usually).',
        };
  return notePassing(state, issue, writtenAt(state, entry), WRONG_WAY_MS);
}

/** When a line was written, as far as it says so. */
function writtenAt(state: HomeState, entry: BrokerLogEntry): number {
  return entry.at ?? state.at;
}

function isNews(state: HomeState, entry: BrokerLogEntry): boolean {
  return state.at - writtenAt(state, entry) <= NEWS_MS;
}

function named(clientId: string | null): string {
  return clientId === null ? 'an unnamed client' : `"${cleanText(clientId, 40)}"`;
}

function tell(state: HomeState, entry: BrokerLogEntry, level: JournalEntry['level'], text: string): HomeState {
  return isNews(state, entry) ? addToJournal(state, { level, kind: 'broker', subject: null, text }) : state;
}

function noteLoginRefused(state: HomeState, entry: BrokerLogEntry & { kind: 'login-refused' }): HomeState {
  if (isOfLogin(state, entry)) return noteGone(state, entry, 'its login does not hold any more');
  if (isOwnRefusal(state, entry)) return state;
  const who = entry.user === null ? named(entry.clientId) : `"${cleanText(entry.user, 40)}"`;
  return addDenial(state, {
    at: writtenAt(state, entry),
    evidence: 'logged',
    client: entry.clientId,
    user: entry.user,
    access: 'connect',
    topic: null,
    detail: `${who} was refused at login: wrong password, unknown user, or none named`,
    remedy: 'If it should be let in: set its password with mosquitto_passwd, then reload the broker (SIGHUP)',
  });
}

/** Our own refused login stands in the log too, often without a name: the broker told us itself a moment ago. */
function isOwnRefusal(state: HomeState, entry: BrokerLogEntry & { kind: 'login-refused' }): boolean {
  if (entry.clientId === state.session.clientId) return true;
  const own = state.denials.find(denial => denial.access === 'connect' && denial.client === state.session.clientId);
  if (own === undefined || entry.clientId !== null) return false;
  if (entry.user !== null && entry.user !== state.session.user) return false;
  return Math.abs(own.at - writtenAt(state, entry)) <= OWN_REFUSAL_MS;
}

type DeniedEntry = BrokerLogEntry & { kind: 'denied-publish' | 'denied-subscribe' | 'denied-access' };

function noteDenied(state: HomeState, entry: DeniedEntry): HomeState {
  if (isOwn(state, entry)) return noteOwnDenied(state, entry);
  const user = entry.user ?? state.logins.get(entry.clientId ?? '')?.user ?? null;
  return addDenial(state, describeDenied(state, entry, user));
}

/** RabbitMQ names the user only: whoever it was, what is denied to our user is denied to us. */
function isOwn({ session }: HomeState, { clientId, user }: DeniedEntry): boolean {
  return clientId === null ? user !== null && user === session.user : clientId === session.clientId;
}

/** The broker logged that it dropped our own publish: the proof that MQTT 3.1.1 does not give. */
function noteOwnDenied(state: HomeState, entry: DeniedEntry): HomeState {
  // Of subscriptions the SUBACK tells us; those for our own echo are a gift, and no proof that we may not write.
  if (entry.kind !== 'denied-publish') return state;
  for (const id of state.switches.ids) {
    const row = getRow(state.switches, id);
    if (row?.command == null || state.house.switches.get(id)?.command !== entry.topic) continue;
    if (!isAbout(state, row.command, entry)) continue;
    return conclude(state, row, {
      kind: 'denied',
      evidence: 'logged',
      detail: "the broker's log says that it was denied",
      cure: remedyFor(state.acl, {
        user: state.session.user,
        clientId: state.session.clientId,
        access: 'write',
        topic: entry.topic,
      }),
    });
  }
  const isKnown = state.denials.some(
    denial => denial.topic === entry.topic && denial.user === state.session.user && denial.access === 'publish',
  );
  return isKnown ? state : addDenial(state, describeDenied(state, entry, state.session.user));
}

/** Log lines have whole seconds. */
const LOG_PRECISION_MS = 1_000;

/** Not a line of an earlier command; and with MQTT 5 the PUBACK itself tells. */
function isAbout(state: HomeState, command: Command, entry: DeniedEntry): boolean {
  return isEchoExpected(command) && writtenAt(state, entry) > command.sentAt - LOG_PRECISION_MS;
}

function describeDenied(
  state: HomeState,
  entry: DeniedEntry,
  user: string | null,
): Omit<Denial, 'id' | 'firstAt' | 'count'> {
  const isRead = entry.kind === 'denied-subscribe';
  const topic = cleanText(entry.topic, 120);
  const who = user === null ? `client ${named(entry.clientId)}` : cleanText(user, 40);
  return {
    at: writtenAt(state, entry),
    evidence: 'logged',
    client: entry.clientId,
    user,
    access: isRead ? 'subscribe' : 'publish',
    topic: entry.topic,
    detail: `${who} may not ${isRead ? 'subscribe to' : entry.kind === 'denied-access' ? 'use' : 'publish to'} ${topic}`,
    remedy:
      user === null && entry.clientId !== null
        ? `Which user ${named(entry.clientId)} is, is not known: its login is not in the part of the log that was read`
        : remedyFor(state.acl, {
            user,
            clientId: entry.clientId ?? '',
            access: isRead ? 'read' : 'write',
            topic: entry.topic,
          }),
  };
}
