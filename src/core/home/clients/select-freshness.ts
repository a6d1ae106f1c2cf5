import { formatAge } from '../../duration.ts';
import { availabilitiesOf, clientLabelOf, topicsOfClient } from '../../house/house.ts';
import type { SensorConfig } from '../../house/schema.ts';
import { ownAccess } from '../access/own-access.ts';
import { measureText } from '../readings/cadence.ts';
import { underSeal } from '../sealed/seal-freshness.ts';
import type { ClientState, Freshness } from '../state/client.ts';
import { ourName } from '../state/link.ts';
import { faultWord, type Reading } from '../state/reading.ts';
import { type HomeState, listeningTo } from '../state/state.ts';
import { getRow } from '../state/table.ts';
import { assessFreshness, type Heard, lateAfterMs, staleAfterMs } from './freshness.ts';
import { assessReading, cadenceOf, expireAfterOf, freshnessNow, hearReading, silenceOf } from './hearing.ts';
import { deniedInsteadOf, heldConnection, heldUnheard, signsOfLife } from './presence.ts';

export { cadenceOf, expireAfterOf, freshnessNow } from './hearing.ts';

/** How fresh something is and why. */
export interface FreshnessReport {
  readonly freshness: Freshness;
  /** One sentence without a full stop; `null` while it is live, unless what it says is presumed. */
  readonly reason: string | null;
  /** How old the last value or message is, ms; `null` where that is unknown. */
  readonly ageMs: number | null;
}

/** How an age or a silence, ms, is said in a reason: to the second, or in steps where it stands on a screen. */
export type AgeWords = (ms: number) => string;

/** How fresh a client of the house is. */
export function freshnessOfClient(state: HomeState, clientId: string, ageWords: AgeWords = formatAge): FreshnessReport {
  return underSeal(state, clientId, null, freshnessByWord(state, clientId, ageWords));
}

/** The same without the reason, which takes many times as long to say: for who asks it of thousands of values. */
export function clientFreshnessNow(state: HomeState, clientId: string): Freshness {
  const client = getRow(state.clients, clientId);
  if (client === undefined) return 'waiting';
  const freshness = client.offline === null ? hearClient(state, client).freshness : 'offline';
  return underSeal(state, clientId, null, { freshness, reason: null, ageMs: null }).freshness;
}

function freshnessByWord(state: HomeState, clientId: string, ageWords: AgeWords): FreshnessReport {
  const client = getRow(state.clients, clientId);
  if (client === undefined)
    return { freshness: 'waiting', reason: `${clientId} is no client of this house`, ageMs: null };
  const ageMs = client.heardAt === null ? null : Math.max(0, state.at - client.heardAt);
  if (client.offline !== null) return { freshness: 'offline', reason: client.offline.reason, ageMs };
  const heard = hearClient(state, client);
  if (heard.freshness === 'live') return { freshness: 'live', reason: null, ageMs };
  if (heard.freshness === 'retained') {
    return { freshness: 'retained', reason: `nothing was heard of it but its word${lastWord(state, client)}`, ageMs };
  }
  const why =
    client.heardAt === null
      ? neverHeard(state, clientId, ageWords)
      : silence(state, heard, ageMs ?? 0, measureOf(client), ageWords) + meanwhile(state, clientId, heard);
  return { freshness: heard.freshness, reason: why + lastWord(state, client), ageMs };
}

/** How fresh the value of a sensor is. A client that is offline takes its values with it. */
export function freshnessOfReading(
  state: HomeState,
  sensorId: string,
  ageWords: AgeWords = formatAge,
): FreshnessReport {
  const reading = getRow(state.readings, sensorId);
  const sensor = state.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined) {
    return { freshness: 'waiting', reason: `${sensorId} is no sensor of this house`, ageMs: null };
  }
  const report = freshnessOfValue(state, sensorId, { reading, sensor, ageWords });
  return underSeal(state, state.house.servedBy.get(sensorId), sensor.topic, report);
}

function freshnessOfValue(
  state: HomeState,
  sensorId: string,
  { reading, sensor, ageWords }: { reading: Reading; sensor: SensorConfig; ageWords: AgeWords },
): FreshnessReport {
  const isAged = reading.receivedAt !== null && !reading.isRetained;
  const ageMs = isAged ? Math.max(0, state.at - (reading.receivedAt ?? 0)) : null;
  const offline = offlineReason(state, sensorId);
  if (offline !== null && reading.value !== null) return { freshness: 'offline', reason: offline, ageMs };
  const heard = hearReading(state, reading, sensor);
  if (reading.fault !== null && reading.value !== null)
    return freshnessOfFaulted(state, reading, sensor, { heard, ageMs, ageWords });
  if (heard.freshness === 'live') return { freshness: 'live', reason: null, ageMs };
  if (heard.freshness === 'retained') {
    return { freshness: 'retained', reason: 'only a retained message was received, its age is unknown', ageMs };
  }
  if (!isAged) return { freshness: heard.freshness, reason: neverReceived(state, sensorId, sensor, reading), ageMs };
  return {
    freshness: heard.freshness,
    reason: silence(state, heard, ageMs ?? 0, measureOfReading(state, reading, sensor), ageWords),
    ageMs,
  };
}

/** The same of a value that a newer payload should have replaced. */
function freshnessOfFaulted(
  state: HomeState,
  reading: Reading,
  sensor: SensorConfig,
  of: { readonly heard: Heard; readonly ageMs: number | null; readonly ageWords: AgeWords },
): FreshnessReport {
  const { heard, ageMs, ageWords } = of;
  const unreadable = faultText(reading);
  if (heard.freshness === 'retained') {
    return { freshness: 'retained', reason: `the value is a retained one of unknown age; ${unreadable}`, ageMs };
  }
  const freshness = freshnessNow(state, reading, sensor);
  const spoken = assessReading(state, reading, sensor, reading.heardAt);
  if (spoken.freshness === 'live') return { freshness, reason: `${unreadable}; the last good value stays`, ageMs };
  const heardMs = Math.max(0, state.at - (reading.heardAt ?? state.at));
  const why = silence(state, spoken, heardMs, measureOfReading(state, reading, sensor), ageWords);
  return { freshness, reason: `${why}; ${unreadable}`, ageMs };
}

/** What is wrong with the last payload. */
function faultText({ fault }: Reading): string {
  const isRead = fault !== null && faultWord(fault) === 'implausible';
  return `the last payload ${isRead ? 'is not believed' : 'cannot be read'}: ${fault?.reason}`;
}

/** By which measure a client is late or stale, in words. */
export function measureOf({ cadence }: ClientState): string {
  return measureText(cadence.ms, cadence.source === 'assumed', cadence.expireAfterMs);
}

function measureOfReading(state: HomeState, reading: Reading, sensor: SensorConfig): string {
  const client = getRow(state.clients, state.house.servedBy.get(reading.id) ?? '');
  const isOwn = sensor.every !== undefined || reading.cadence.medianMs !== null;
  const isAssumed = !isOwn && (client?.cadence.source ?? 'assumed') === 'assumed';
  return measureText(cadenceOf(state, reading, sensor), isAssumed, expireAfterOf(sensor));
}

/**
 * Until when the value of a sensor is live if nothing more is heard, ms; `null` where it is not live. Without words and
 * without what others say of its client.
 */
export function liveUntil(state: HomeState, reading: Reading, sensor: SensorConfig): number | null {
  const { freshness, silentMs } = hearReading(state, reading, sensor);
  if (freshness !== 'live') return null;
  return state.at - (silentMs ?? 0) + lateAfterMs(cadenceOf(state, reading, sensor), silenceOf(sensor));
}

/** Freshness of a client by what was heard, without words and without what others say of it. */
export function hearClient(state: HomeState, client: ClientState): Heard {
  const isUnpaced = state.house.unpaced.has(client.id);
  return assessFreshness({
    now: state.at,
    listeningSince: state.listeningSince,
    heardAt: client.heardAt,
    hasRetained: isUnpaced && client.offline === null && client.said?.meaning === 'online',
    cadenceMs: client.cadence.ms,
    expireAfterMs: isUnpaced ? Number.POSITIVE_INFINITY : client.cadence.expireAfterMs,
  });
}

/** Why an item, or the client that serves it, is not there, as a clause; `null` where nobody said so. */
export function offlineReason(state: HomeState, servedId: string): string | null {
  const gone = goneReason(state, servedId);
  if (gone !== null) return gone;
  const client = getRow(state.clients, state.house.servedBy.get(servedId) ?? '');
  return client === undefined || client.offline === null ? null : `${client.id} is offline: ${client.offline.reason}`;
}

/** Why an item is not there by what is said of it alone, as a clause; `null` where nothing is. */
export function goneReason({ presences }: HomeState, id: string): string | null {
  const offline = presences.get(id)?.offline ?? null;
  return offline === null ? null : `it is offline: ${offline.reason}`;
}

/** Why nothing is heard at this moment. A link may be there that is only being listened to: at its begin, after a sleep. */
export function whyDeaf({ link }: HomeState): string {
  return link.phase === 'connected' ? 'not listening yet' : 'no link to the broker';
}

/** The same of what was not heard before either. */
export function whyDeafYet(state: HomeState): string {
  const why = whyDeaf(state);
  return why.endsWith(' yet') ? why : `${why} yet`;
}

function silence(state: HomeState, heard: Heard, ageMs: number, measure: string, ageWords: AgeWords): string {
  if (heard.silentMs === null) return `${whyDeaf(state)}; last heard ${ageWords(ageMs)} ago`;
  if (heard.isBeforeLink) {
    const since = state.at - (state.listeningSince ?? state.at);
    return `not heard since the link came ${ageWords(since)} ago; last heard ${ageWords(ageMs)} ago`;
  }
  return `silent for ${ageWords(heard.silentMs)}, ${measure}`;
}

function neverHeard(state: HomeState, clientId: string, ageWords: AgeWords): string {
  const { listeningSince, laterTopics } = state;
  if (listeningSince === null) return `never heard: ${whyDeafYet(state)}`;
  const topics = topicsOfClient(state.house, clientId);
  // Nearly always none came later.
  const later = laterTopics.size === 0 ? [] : topics.flatMap(topic => laterTopics.get(topic) ?? []);
  const forMs = state.at - later.reduce((last, at) => Math.max(last, at), listeningSince);
  const others = topics.length > 3 ? ` and ${topics.length - 3} more` : '';
  const where = topics.length === 0 ? '' : ` on ${topics.slice(0, 3).join(', ')}${others}`;
  return `never heard${where} in ${ageWords(forMs)}: ${whyNeverHeard(state, clientId, topics)}`;
}

/** With the ACL file it is known which; one topic that we may read is enough to hear it. */
function whyNeverHeard(state: HomeState, clientId: string, topics: readonly string[]): string {
  const [first = ''] = topics;
  const denied = readByAcl(state, first);
  // Of thousands nearly always one of the first ones is allowed.
  const open = denied === null ? undefined : topics.find(topic => readByAcl(state, topic)?.allowed === true);
  const allowed = open === undefined ? null : readByAcl(state, open);
  if (allowed === null && denied !== null && topics.length > 0)
    return `the ACL does not let ${ourName(state.session)} read it (${denied.place})`;
  const signs = signsOfLife(state, clientId, topics) ?? heldUnheard(state, clientId);
  if (signs !== null) return signs;
  return allowed === null
    ? `it may be off or publish elsewhere, or ${ourName(state.session)} may not read it`
    : `it may be off or publish elsewhere; the ACL would let ${ourName(state.session)} hear it (${allowed.place})`;
}

/** What is known of a device that fell silent: that it goes on elsewhere, or that the broker holds its connection. */
function meanwhile(state: HomeState, clientId: string, { freshness, silentMs }: Heard): string {
  if (freshness !== 'stale' || silentMs === null) return '';
  const known = signsOfLife(state, clientId, topicsOfClient(state.house, clientId)) ?? heldConnection(state, clientId);
  return known === null ? '' : `; ${known}`;
}

/** What it says of itself, beside what we hear of it. */
function lastWord({ house }: HomeState, { id, said }: ClientState): string {
  const config = house.clients.get(id);
  const topics = config === undefined ? [] : availabilitiesOf(config).map(({ topic }) => topic);
  const topic = said?.topic ?? topics[0];
  if (said === null || topic === undefined) return '';
  const puzzle = said.meaning === null ? ', which is neither online nor offline by the house file' : '';
  return `; it last said "${said.text}" on ${topic}${puzzle}`;
}

function neverReceived(state: HomeState, sensorId: string, sensor: SensorConfig, reading: Reading): string {
  if (reading.fault !== null) {
    const what = faultWord(reading.fault) === 'implausible' ? 'believable' : 'readable';
    return `no ${what} value yet: ${reading.fault.reason}`;
  }
  const since = listeningTo(state, sensor.topic);
  if (since === null) return `never received: ${whyDeafYet(state)}`;
  const offline = offlineReason(state, sensorId);
  if (offline !== null) return `never received: ${offline}`;
  const unheard = whyUnheard(state, sensor.topic);
  if (unheard !== null) return `never received: ${unheard}`;
  const byAcl = readByAcl(state, sensor.topic);
  const clientId = state.house.servedBy.get(sensorId);
  const denied = deniedInsteadOf(state, clientId, sensor.topic);
  if (denied !== null) return `never received: ${denied}`;
  const client = getRow(state.clients, clientId ?? '');
  const hasWaited = state.at - since >= staleAfterMs(cadenceOf(state, reading, sensor), null);
  if (client === undefined || hearClient(state, client).freshness !== 'live' || !hasWaited) {
    return `never received yet on ${sensor.topic}`;
  }
  const name = clientLabelOf(state.house, client.id);
  return byAcl === null
    ? `never received: ${ourName(state.session)} may not read ${sensor.topic}, or ${name} does not send it`
    : `never received: ${name} does not send ${sensor.topic}, or the broker denies it; the ACL would let ${ourName(state.session)} read it (${byAcl.place})`;
}

/** Why we cannot hear a topic of the house, as the broker or its ACL file says: a clause; `null` where we may. */
export function whyUnheard(state: HomeState, topic: string): string | null {
  const refusal = state.unheardFilters.get(topic);
  if (refusal === null) return `${topic} is left out, since two connections were closed while it was asked for`;
  if (refusal !== undefined) return `the broker refused the subscription to ${topic}`;
  const byAcl = readByAcl(state, topic);
  if (byAcl === null || byAcl.allowed) return null;
  return `the ACL does not let ${ourName(state.session)} read ${topic} (${byAcl.place})`;
}

/** What the ACL file says about our reading a topic; `null` without a file. */
export function readByAcl(state: HomeState, topic: string): { allowed: boolean; place: string } | null {
  const decision = ownAccess(state, 'read', topic);
  if (state.acl === null || decision === null) return null;
  const line = decision.rule === null ? ', no line grants it' : `:${decision.rule.line}`;
  return { allowed: decision.allowed, place: `${state.acl.file}${line}` };
}
