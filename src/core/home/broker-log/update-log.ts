import { assertNever } from '../../assert-never.ts';
import { cleanText } from '../../clean-text.ts';
import type { Issue } from '../../issue.ts';
import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import type { LogSource } from '../state/broker.ts';
import type { HomeEvent } from '../state/event.ts';
import { notePassing } from '../state/issues.ts';
import type { HomeState } from '../state/state.ts';
import { keepAclAlarm, noteReload, raiseAclAlarm } from './acl-alarm.ts';
import { noteComplaint, noteStarted, noteStarting, noteStopped } from './broker-life.ts';
import { hearLogEntry } from './log-echo.ts';
import { isNews, LONG_AGO, NEWS_MS, named, tell, writtenAt } from './log-news.ts';
import { isFoughtOver, noteTakenOver } from './take-over.ts';
import { endLogins, noteGone, noteLogin } from './update-log-client.ts';
import { noteDenied, noteLoginRefused } from './update-log-denial.ts';

/** One line of the broker's log: who logged in, who was refused, who is gone, and whether the ACL is in force. */
export function noteLogEntry(before: HomeState, line: HomeEvent & { type: 'log-line-read' }): HomeState {
  const { entry, source } = line;
  if (entry.at === null && line.isPast) return takeUndated(before, entry);
  const { state, isEcho } = hearLogEntry(noteSetUp(before, entry, source), entry, source);
  const heard = source === 'topic' ? timedByUs(state, entry) : entry;
  if (!isEcho) return takeLogEntry(state, heard, line.isPast);
  // The two ways may be out of step by one reload: the alarm is raised by each, so that no echo of a reload ends it.
  return heard.kind === 'acl-broken' ? keepAclAlarm(state, heard.detail, writtenAt(state, heard)) : state;
}

/**
 * A line of a time that nobody knows, as with `log_timestamp false`: it teaches who is who and whether the ACL is in
 * force, and what it says of a denial is neither of now nor of any other time that could be shown.
 */
function takeUndated(state: HomeState, entry: BrokerLogEntry): HomeState {
  const isDenial = entry.kind.startsWith('denied-') || entry.kind === 'login-refused';
  return isDenial ? state : takeLogEntry(noteSetUp(state, entry, 'file'), { ...entry, at: LONG_AGO }, true);
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

function takeLogEntry(state: HomeState, entry: BrokerLogEntry, isPast: boolean): HomeState {
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
        `the broker drops messages for ${named(entry.clientId)}: it takes them too slowly, or it is away and its queue is full`,
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
    case 'acl-broken':
    case 'passwords-broken':
    case 'starting':
    case 'started':
    case 'stopped':
      return takeBrokerEntry(state, entry, isPast);
    default:
      return assertNever(entry);
  }
}

/** What the broker says of itself and of its files. */
type BrokerEntry = BrokerLogEntry & {
  kind: 'reload' | 'acl-broken' | 'passwords-broken' | 'starting' | 'started' | 'stopped';
};

function takeBrokerEntry(state: HomeState, entry: BrokerEntry, isPast: boolean): HomeState {
  switch (entry.kind) {
    case 'reload':
      return tell(
        noteReload(state, writtenAt(state, entry), isPast),
        entry,
        'info',
        'the broker reloads its configuration',
      );
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
      // None of the connections of before is left.
      return endLogins(noteStarting(state, entry.version), () => true);
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
