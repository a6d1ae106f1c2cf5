import { cleanText } from '../../clean-text.ts';
import { isProbeTopic } from '../../mosquitto/acl-probe.ts';
import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import { addDenial, remedyFor } from '../access/denial.ts';
import type { Denial } from '../state/broker.ts';
import type { HomeState } from '../state/state.ts';
import type { Command } from '../state/switch.ts';
import { getRow } from '../state/table.ts';
import { isEchoExpected } from '../switches/command-proof.ts';
import { endCommand } from '../switches/end-command.ts';
import { named, tell, writtenAt } from './log-news.ts';
import { isOfLogin, noteGone } from './update-log-client.ts';

/** Within this time, ms, an unnamed refusal in the log is the one that we were told: log times are whole seconds. */
const OWN_REFUSAL_MS = 2_000;

/** A login that the broker refused, told as a denial where it was not our own: of that it told us itself. */
export function noteLoginRefused(state: HomeState, entry: BrokerLogEntry & { kind: 'login-refused' }): HomeState {
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

const PROBE_DENIED = 'a probe by hometui was denied, as it should be: the broker controls access';

type DeniedEntry = BrokerLogEntry & { kind: 'denied-publish' | 'denied-subscribe' | 'denied-access' };

/** A publish or a subscription that the broker denied to somebody, or to us. */
export function noteDenied(state: HomeState, entry: DeniedEntry): HomeState {
  if (isOwn(state, entry)) return noteOwnDenied(state, entry);
  // Nobody is kept from anything: doctor and acl probe publish what must be denied.
  if (isProbeTopic(entry.topic)) return tell(state, entry, 'info', PROBE_DENIED);
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
    return endCommand(state, row, {
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
  const client = entry.clientId === null ? named(null) : `client ${named(entry.clientId)}`;
  const who = user === null ? client : cleanText(user, 40);
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
