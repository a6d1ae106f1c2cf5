import { cleanText } from '../../clean-text.ts';
import { clientLabelOf, userOfClient } from '../../house/house.ts';
import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import { setOffline } from '../clients/update-client.ts';
import type { KnownLogin } from '../state/broker.ts';
import type { ClientState } from '../state/client.ts';
import { addToJournal } from '../state/journal.ts';
import type { HomeState } from '../state/state.ts';
import { getRow, setRow } from '../state/table.ts';
import { LONG_AGO, writtenAt } from './log-news.ts';
import { noteLoginAfter } from './take-over.ts';

/** How many client identifiers are remembered with their users: a broker may see many come and go. */
const MOST_KNOWN_CLIENTS = 1_000;
/** How many connections of one client of the house are told apart. */
const MOST_CLIENT_IDS = 4;
/** Log lines have whole seconds: what was heard in the same second may well have come after. */
const LOG_PRECISION_MS = 1_000;

/** A client logged in: from now on its identifier stands for its user. */
export function noteLogin(state: HomeState, entry: BrokerLogEntry & { kind: 'login' }, isNews: boolean): HomeState {
  const logins = new Map(state.logins);
  logins.delete(entry.clientId);
  const { user, address, port } = entry;
  const at = entry.at === LONG_AGO ? null : writtenAt(state, entry);
  const login: KnownLogin = { user, address, port, at, isHere: true };
  logins.set(entry.clientId, login);
  for (const oldest of logins.keys()) {
    if (logins.size <= MOST_KNOWN_CLIENTS) break;
    logins.delete(oldest);
  }
  const known = noteLoginAfter({ ...state, logins }, entry.clientId, login);
  const client = clientOfUser(known, entry.user);
  return client === undefined ? known : noteOwnLogin(known, client, entry, isNews);
}

/** An entry that tells of the end of one connection. */
type ConnectionEnd = BrokerLogEntry & {
  kind: 'left' | 'connection-lost' | 'keepalive-expired' | 'protocol-error' | 'login-refused';
};

/** Whether the line is surely about the connection that the client logged in by, and not about another that named its identifier. */
export function isOfLogin(state: HomeState, { clientId, peer }: ConnectionEnd): boolean {
  const login = clientId === null ? undefined : state.logins.get(clientId);
  return login !== undefined && peer === `${login.address}:${login.port}`;
}

/**
 * A connection ended. The client of the house is offline only when none of its connections is left: a device that comes
 * back is logged in before the broker notices that its old connection is dead.
 */
export function noteGone(before: HomeState, entry: ConnectionEnd, how: string): HomeState {
  const { clientId } = entry;
  if (entry.peer !== null && !isOfLogin(before, entry)) return before;
  const state = endLogins(before, id => id === clientId);
  const client = clientId === null ? undefined : clientOfUser(state, state.logins.get(clientId)?.user ?? null);
  if (client === undefined || clientId === null || !client.clientIds.includes(clientId)) return state;
  const clientIds = client.clientIds.filter(id => id !== clientId);
  const next = { ...state, clients: setRow(state.clients, client.id, { ...client, clientIds }) };
  const goneAt = entry.at ?? state.at;
  const wasHeardSince = client.heardAt !== null && client.heardAt > goneAt + LOG_PRECISION_MS;
  if (clientIds.length > 0 || wasHeardSince) return next;
  return setOffline(next, client.id, `${how}, its log says (client identifier "${cleanText(clientId, 40)}")`);
}

/** The logins of these client identifiers are over. */
export function endLogins(state: HomeState, isOver: (clientId: string) => boolean): HomeState {
  const over = [...state.logins].filter(([id, { isHere }]) => isHere && isOver(id));
  if (over.length === 0) return state;
  const logins = new Map(state.logins);
  for (const [id, login] of over) logins.set(id, { ...login, isHere: false });
  return { ...state, logins };
}

function clientOfUser(state: HomeState, user: string | null): ClientState | undefined {
  const id =
    user === null ? undefined : state.clients.ids.find(candidate => userOfClient(state.house, candidate) === user);
  return id === undefined ? undefined : getRow(state.clients, id);
}

function noteOwnLogin(
  state: HomeState,
  client: ClientState,
  entry: BrokerLogEntry & { kind: 'login' },
  isNews: boolean,
): HomeState {
  const clientIds = [...client.clientIds.filter(id => id !== entry.clientId), entry.clientId].slice(-MOST_CLIENT_IDS);
  const next: ClientState = {
    ...client,
    clientIds,
    keepaliveSeconds: entry.keepaliveSeconds,
    // A login is no value: that it is back is told as soon as it sends one.
    offline: null,
  };
  const known = { ...state, clients: setRow(state.clients, client.id, next) };
  const isNewKeepalive = entry.keepaliveSeconds === 0 && client.keepaliveSeconds !== 0;
  if (!isNews || !isNewKeepalive) return known;
  const text = `${clientLabelOf(state.house, client.id)} logged in with keepalive 0: the broker will never notice that it is gone`;
  return addToJournal(known, { level: 'warning', kind: 'client', subject: client.id, text });
}
