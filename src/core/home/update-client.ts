import { cleanText } from '../clean-text.ts';
import { formatAge, formatDuration } from '../duration.ts';
import { decodeField } from '../mqtt/payload.ts';
import type { ClientCadence, ClientState } from './client.ts';
import type { ClientConfig } from './config-schema.ts';
import { labelOf } from './house.ts';
import { addToJournal } from './journal.ts';
import type { Message } from './message.ts';
import { hearClient, measureOf } from './select-freshness.ts';
import type { HomeState } from './state.ts';
import { getRow, setRow } from './table.ts';

/** Something that this client serves was heard, not retained: it speaks. Learns its cadence from its fastest sensor. */
export function hearFromClient(state: HomeState, servedId: string): HomeState {
  const clientId = state.house.servedBy.get(servedId);
  const client = getRow(state.clients, clientId ?? '');
  if (clientId === undefined || client === undefined) return state;
  const silentMs = client.heardAt === null ? null : state.at - client.heardAt;
  const cadence = learnPace(state, client, servedId);
  const liveSince = client.freshness === 'live' ? client.liveSince : state.at;
  const next: ClientState = { ...client, heardAt: state.at, offline: null, cadence, freshness: 'live', liveSince };
  const heard = { ...state, clients: setRow(state.clients, clientId, next) };
  if (client.freshness !== 'stale' && client.freshness !== 'offline') return heard;
  const after = silentMs === null ? '' : ` after ${formatDuration(silentMs)}`;
  const text = `${labelOf(state.house, clientId)} is live again${after}`;
  return addToJournal(heard, { level: 'good', kind: 'client', subject: clientId, text });
}

/** The cadence of a sensor as far as it is known, ms. */
function paceOf(state: HomeState, sensorId: string): ClientCadence | null {
  const every = state.house.sensors.get(sensorId)?.every;
  if (every !== undefined) return { ms: every * 1_000, source: 'configured', pace: sensorId };
  const medianMs = getRow(state.readings, sensorId)?.cadence.medianMs ?? null;
  return medianMs === null ? null : { ms: medianMs, source: 'learned', pace: sensorId };
}

/** Looks at all sensors of the client only when the fastest one itself has changed. */
function learnPace(state: HomeState, client: ClientState, servedId: string): ClientCadence {
  const pace = paceOf(state, servedId);
  if (pace === null) return client.cadence;
  const isFaster = client.cadence.pace === null || pace.ms < client.cadence.ms;
  if (isFaster && client.cadence.pace !== servedId) return pace;
  if (client.cadence.pace !== servedId || pace.ms === client.cadence.ms) return client.cadence;
  const all = (state.house.clients.get(client.id)?.publishes ?? []).flatMap(id => paceOf(state, id) ?? []);
  return all.reduce((fastest, other) => (other.ms < fastest.ms ? other : fastest), pace);
}

/** Words by which clients and their wills say that they are there: plain, Tasmota, ESPHome, Zigbee2MQTT, Homie. */
const ONLINE: readonly string[] = [
  'online',
  'ready',
  'alive',
  'connected',
  'available',
  'true',
  '1',
  'on',
  'sleeping',
  'init',
  'alert',
];
const OFFLINE: readonly string[] = ['offline', 'lost', 'disconnected', 'dead', 'unavailable', 'false', '0', 'off'];

/** A message on an availability topic. Retained ones count: a will is kept so that who comes later learns of it. */
export function noteAvailability(state: HomeState, clientId: string, message: Message): HomeState {
  const client = getRow(state.clients, clientId);
  const config = state.house.clients.get(clientId)?.availability;
  if (client === undefined || config === undefined) return state;
  const word = availabilityWord(message, config);
  if (word === null) return state;
  if (isWord(word, config.offline ?? OFFLINE)) {
    const since = message.isRetained ? ', retained: since when is unknown' : '';
    return setOffline(state, clientId, `it said "${cleanText(word, 24)}" on ${config.topic}${since}`);
  }
  if (!isWord(word, config.online ?? ONLINE) || client.offline === null) return state;
  // "Online" is no value: the client is waited for, and live as soon as it sends one.
  return { ...state, clients: setRow(state.clients, clientId, { ...client, offline: null, freshness: 'waiting' }) };
}

/** Somebody who knows said that a client is gone: its will, its availability topic or the broker's log. */
export function setOffline(state: HomeState, clientId: string, reason: string): HomeState {
  const client = getRow(state.clients, clientId);
  if (client === undefined) return state;
  const next: ClientState = { ...client, offline: { at: state.at, reason }, freshness: 'offline' };
  const noted = { ...state, clients: setRow(state.clients, clientId, next) };
  if (client.freshness === 'offline') return noted;
  const text = `${labelOf(state.house, clientId)} is offline: ${reason}`;
  return addToJournal(noted, { level: 'critical', kind: 'client', subject: clientId, text });
}

/** Time went by: says once that a client has become stale, and by which measure. Late is shown, not announced. */
export function watchClient(state: HomeState, clientId: string): HomeState {
  const client = getRow(state.clients, clientId);
  if (client === undefined || client.offline !== null) return state;
  const { freshness, silentMs, isBeforeLink } = hearClient(state, client);
  if (freshness === client.freshness) return state;
  // Between "stale" and "live" lies a message, and `hearFromClient` tells of it; a lost link is not the client's.
  const isNews = freshness === 'stale' && silentMs !== null;
  const noted = { ...state, clients: setRow(state.clients, clientId, { ...client, freshness }) };
  if (!isNews) return noted;
  const name = labelOf(state.house, clientId);
  const silence = isBeforeLink
    ? `not heard for ${formatAge(silentMs)} since the link came`
    : `silent for ${formatAge(silentMs)}`;
  const text = `${name} is stale: ${silence}, ${measureOf(client)}`;
  return addToJournal(noted, { level: 'warning', kind: 'client', subject: clientId, text });
}

function availabilityWord(message: Message, config: NonNullable<ClientConfig['availability']>): string | null {
  const field = decodeField(message.payload, config.path);
  if (!field.ok) return null;
  if (config.path !== undefined || !field.value.startsWith('{')) return field.value;
  const state = decodeField(message.payload, 'state');
  return state.ok ? state.value : null;
}

function isWord(word: string, words: readonly string[]): boolean {
  return words.some(known => known.toLowerCase() === word.toLowerCase());
}
