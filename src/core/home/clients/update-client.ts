import { formatAge, formatDuration } from '../../duration.ts';
import { type Availability, isAlert, readAvailability } from '../../house/availability-word.ts';
import { availabilitiesOf, clientLabelOf, isUnpaced } from '../../house/house.ts';
import type { ClientCadence, ClientState, Saying } from '../state/client.ts';
import { addToJournal } from '../state/journal.ts';
import type { Message } from '../state/message.ts';
import { type HomeState, saidAt, withClients } from '../state/state.ts';
import { getRow, setRow } from '../state/table.ts';
import { staleAfterMs } from './freshness.ts';
import { expireAfterOf, hearClient, measureOf } from './select-freshness.ts';

/** Something that this client serves was heard, not retained: it speaks. Learns its cadence from its fastest sensor. */
export function hearFromClient(state: HomeState, servedId: string): HomeState {
  const clientId = state.house.servedBy.get(servedId);
  const client = getRow(state.clients, clientId ?? '');
  if (clientId === undefined || client === undefined) return state;
  return hearFrom(state, clientId, client, learnPace(state, client, servedId));
}

function hearFrom(state: HomeState, clientId: string, client: ClientState, cadence = client.cadence): HomeState {
  if (state.backlogSince !== null) {
    // It spoke while we stood still: it was there, and whether it is live now its next message tells.
    const past: ClientState = { ...client, cadence, heardAt: saidAt(state), offline: null };
    return withClients(state, setRow(state.clients, clientId, past));
  }
  const silentMs = client.heardAt === null ? null : state.at - client.heardAt;
  const liveSince = client.freshness === 'live' ? client.liveSince : state.at;
  const next = liveClient(client, { heardAt: state.at, liveSince, cadence });
  const heard = withClients(state, setRow(state.clients, clientId, next));
  if (client.freshness !== 'stale' && client.freshness !== 'offline') return heard;
  const after = silentMs === null ? '' : ` after ${formatDuration(silentMs)}`;
  const text = `${clientLabelOf(state.house, clientId)} is live again${after}`;
  return addToJournal(heard, { level: 'good', kind: 'client', subject: clientId, text, form: 'live-again' });
}

/** The client that has just spoken. Spelled out for the reason of `atTime`: each message makes one. */
function liveClient(
  client: ClientState,
  { heardAt, liveSince, cadence }: Pick<ClientState, 'heardAt' | 'liveSince' | 'cadence'>,
): ClientState {
  return {
    id: client.id,
    heardAt,
    offline: null,
    said: client.said,
    sayings: client.sayings,
    hasToldPuzzle: client.hasToldPuzzle,
    freshness: 'live',
    liveSince,
    cadence,
    clientIds: client.clientIds,
    seal: client.seal,
    keepaliveSeconds: client.keepaliveSeconds,
  };
}

/** The cadence of a sensor as far as it is known; the house file's word beats what was learned. */
function paceOf(state: HomeState, sensorId: string): ClientCadence | null {
  const sensor = state.house.sensors.get(sensorId);
  if (sensor === undefined || isUnpaced(sensor)) return null;
  const expireAfterMs = expireAfterOf(sensor);
  if (sensor.every !== undefined)
    return { ms: sensor.every * 1_000, source: 'configured', pace: sensorId, expireAfterMs };
  const medianMs = getRow(state.readings, sensorId)?.cadence.medianMs ?? null;
  if (medianMs !== null) return { ms: medianMs, source: 'learned', pace: sensorId, expireAfterMs };
  return expireAfterMs === null ? null : { ms: expireAfterMs, source: 'assumed', pace: sensorId, expireAfterMs };
}

/** Looks at all sensors of the client only when the one that sets the pace itself has changed. */
function learnPace(state: HomeState, client: ClientState, servedId: string): ClientCadence {
  const pace = paceOf(state, servedId);
  const known = client.cadence;
  if (pace === null) return known;
  if (known.pace === null) return pace;
  if (known.pace !== servedId) return limitOf(pace) < limitOf(known) ? pace : known;
  if (pace.ms === known.ms) return known;
  let fastest = pace;
  for (const id of state.house.clients.get(client.id)?.publishes ?? []) {
    const other = paceOf(state, id);
    if (other !== null && limitOf(other) < limitOf(fastest)) fastest = other;
  }
  return fastest;
}

/** The silence, ms, from which it is noticed. */
function limitOf({ ms, expireAfterMs }: ClientCadence): number {
  return staleAfterMs(ms, expireAfterMs);
}

/**
 * A message on an availability topic. Retained ones count: a will is kept so that who comes later learns of it. Of several
 * topics the house file says which word decides.
 */
export function noteAvailability(before: HomeState, clientId: string, message: Message): HomeState {
  const client = before.house.clients.get(clientId);
  const config = client === undefined ? undefined : availabilitiesOf(client).find(it => it.topic === message.topic);
  const word = config === undefined ? null : readAvailability(message.payload, config);
  if (config === undefined || word === null) return before;
  const saying = { ...word, topic: config.topic, isRetained: message.isRetained };
  const state = noteWord(before, clientId, saying, config);
  const row = getRow(state.clients, clientId);
  if (row === undefined || word.meaning === null) return state;
  const decided = decidingOf(row.sayings, client?.availabilities?.mode) ?? saying;
  if (decided.meaning === 'offline') {
    const since = decided.isRetained ? ', retained: since when is unknown' : '';
    return setOffline(state, clientId, `it said "${decided.text}" on ${decided.topic}${since}`);
  }
  if (isOfNow(state, clientId, saying)) return hearFrom(state, clientId, row);
  if (row.offline === null) return state;
  // "Online" is no value: that it is back is told as soon as it sends one.
  return withClients(state, setRow(state.clients, clientId, { ...row, offline: null }));
}

/** What one that has no cadence says of itself is all that there is to hear of it. */
function isOfNow({ house }: HomeState, clientId: string, { isRetained, meaning }: Saying): boolean {
  return house.unpaced.has(clientId) && !isRetained && meaning === 'online';
}

/** The word that decides: the first that says it is gone, the first that says it is there, or the last. */
export function decidingOf(sayings: readonly Saying[], mode: 'all' | 'any' | 'latest' = 'latest'): Saying | undefined {
  const last = sayings.at(-1);
  if (mode === 'latest') return last;
  return sayings.find(({ meaning }) => meaning === (mode === 'all' ? 'offline' : 'online')) ?? last;
}

/** An unknown word is told once, whatever comes after it: some count or tell the time on that topic. */
function noteWord(state: HomeState, clientId: string, said: Saying, config: Availability): HomeState {
  const client = getRow(state.clients, clientId);
  if (client === undefined) return state;
  const others = client.sayings.filter(({ topic }) => topic !== said.topic);
  const sayings = said.meaning === null ? client.sayings : [...others, said];
  const isSame = client.said?.text === said.text && client.said.meaning === said.meaning;
  if (isSame) return withClients(state, setRow(state.clients, clientId, { ...client, said, sayings }));
  const isPuzzle = said.meaning === null;
  const next = { ...client, said, sayings, hasToldPuzzle: client.hasToldPuzzle || isPuzzle };
  const noted = withClients(state, setRow(state.clients, clientId, next));
  const heard = `${clientLabelOf(state.house, clientId)} said "${said.text}" on ${config.topic}`;
  const entry = { level: 'warning', kind: 'client', subject: clientId } as const;
  if (isAlert(said, config)) {
    return addToJournal(noted, { ...entry, text: `${heard}: it is there, and asks for attention` });
  }
  if (!isPuzzle || client.hasToldPuzzle) return noted;
  const cure = `add it to online or offline of clients.${clientId}.availability in the house file`;
  return addToJournal(noted, { ...entry, text: `${heard}, which is neither online nor offline: ${cure}` });
}

/** Somebody who knows said that a client is gone: its will, its availability topic or the broker's log. */
export function setOffline(state: HomeState, clientId: string, reason: string): HomeState {
  const client = getRow(state.clients, clientId);
  if (client === undefined) return state;
  const next: ClientState = { ...client, offline: { at: saidAt(state), reason }, freshness: 'offline' };
  const noted = withClients(state, setRow(state.clients, clientId, next));
  if (client.freshness === 'offline') return noted;
  const text = `${clientLabelOf(state.house, clientId)} is offline: ${reason}`;
  return addToJournal(noted, { level: 'critical', kind: 'client', subject: clientId, text, form: 'offline' });
}

/** Time went by: says once that a client has become stale, and by which measure. Late is shown, not announced. */
export function watchClient(state: HomeState, clientId: string): HomeState {
  const client = getRow(state.clients, clientId);
  if (client === undefined || client.offline !== null) return state;
  const { freshness, silentMs, isBeforeLink } = hearClient(state, client);
  if (freshness === client.freshness) return state;
  // It was told that it is offline: only a message, or its silence, is news after that.
  if (client.freshness === 'offline' && freshness !== 'stale') return state;
  // Between "stale" and "live" lies a message, and `hearFromClient` tells of it; a lost link is not the client's.
  const isNews = freshness === 'stale' && silentMs !== null;
  const noted = withClients(state, setRow(state.clients, clientId, { ...client, freshness }));
  if (!isNews) return noted;
  const name = clientLabelOf(state.house, clientId);
  const silence = isBeforeLink
    ? `not heard for ${formatAge(silentMs)} since the link came`
    : `silent for ${formatAge(silentMs)}`;
  const text = `${name} is stale: ${silence}, ${measureOf(client)}`;
  return addToJournal(noted, { level: 'warning', kind: 'client', subject: clientId, text, form: 'stale' });
}
