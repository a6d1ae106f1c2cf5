import { staleAfterMs } from '../../home/clients/freshness.ts';
import { expireAfterOf, silenceOf } from '../../home/clients/hearing.ts';
import {
  cadenceOf,
  clientFreshnessNow,
  freshnessNow,
  freshnessOfClient,
  freshnessOfReading,
  goneReason,
} from '../../home/clients/select-freshness.ts';
import { freshnessOfWord } from '../../home/clients/select-spoken.ts';
import type { ClientState } from '../../home/state/client.ts';
import type { Reading } from '../../home/state/reading.ts';
import { type HomeState, listeningTo } from '../../home/state/state.ts';
import { getRow } from '../../home/state/table.ts';
import { clientLabelOf, type House, labelOf, topicsOfClient } from '../../house/house.ts';
import type { SensorConfig } from '../../house/schema.ts';
import { type Condition, condition, type Judgement } from '../condition.ts';
import { deafness, justSaid, staleAt } from '../measured.ts';

/** So long what was never heard may be silent where nothing says how often it speaks, ms: some send once in a while only. */
const NEVER_HEARD_MS = 3_600_000;
/** What waits for a client to speak is looked at so often, ms. */
const LOOK_AGAIN_MS = 5_000;
const NOT_SO = { kind: 'not-so', value: null } as const;

/** Whether a client is silent or gone. */
export function clientSilence(id: string): Condition {
  return condition({
    looksAt: { clients: [id] },
    start: () => null,
    judge: (_, state): Judgement => judgeClient(state, id),
  });
}

function judgeClient(state: HomeState, id: string): Judgement {
  const client = getRow(state.clients, id);
  if (client === undefined) return { kind: 'unwatched', why: `${id} is no client of this house` };
  const deaf = deafness(state);
  if (deaf !== null) return deaf;
  const { freshness, reason } = freshnessOfClient(state, id);
  switch (freshness) {
    case 'offline':
    case 'stale':
      return { kind: 'so', value: freshness, detail: reason ?? freshness, isAging: true };
    case 'live':
    case 'late':
      return { ...NOT_SO, againAt: clientStaleAt(state, client) };
    case 'retained':
      return NOT_SO;
    case 'waiting':
      return client.heardAt === null
        ? neverHeard(state, topicsOfClient(state.house, id), paceOf(state.house, id), reason)
        : {
            kind: 'unwatched',
            why: `${labelOf(state.house, id)} was not heard since the link came`,
            againAt: clientStaleAt(state, client),
          };
    default:
      // Somebody else speaks in its place: that is another alarm than its silence.
      return { kind: 'unwatched', why: `what comes from ${labelOf(state.house, id)} is ${freshness}` };
  }
}

function clientStaleAt({ listeningSince, house }: HomeState, { id, heardAt, cadence }: ClientState): number | null {
  if (house.unpaced.has(id)) return null;
  return Math.max(heardAt ?? 0, listeningSince ?? 0) + staleAfterMs(cadence.ms, cadence.expireAfterMs);
}

/** Where the house file says how often something of it speaks, three times that is enough. */
function paceOf({ clients, sensors, unpaced }: House, clientId: string): number {
  if (unpaced.has(clientId)) return Number.POSITIVE_INFINITY;
  const told = (clients.get(clientId)?.publishes ?? []).flatMap(id => toldPaceOf(sensors.get(id)) ?? []);
  return told.length === 0 ? NEVER_HEARD_MS : Math.min(...told);
}

function toldPaceOf(sensor: SensorConfig | undefined): number | null {
  if (sensor === undefined || (sensor.every === undefined && sensor.expireAfter === undefined)) return null;
  return staleAfterMs((sensor.every ?? 0) * 1_000, expireAfterOf(sensor));
}

/** Silence from the begin on counts from when we began to listen to all of it. */
function neverHeard(state: HomeState, topics: readonly string[], afterMs: number, reason: string | null): Judgement {
  const since = Math.max(
    ...topics.map(topic => listeningTo(state, topic) ?? state.at),
    state.listeningSince ?? state.at,
  );
  const dueAt = since + afterMs;
  if (state.at >= dueAt) return { kind: 'so', value: 'never heard', detail: reason ?? 'never heard', isAging: true };
  return { kind: 'unwatched', why: 'nothing was heard of it yet', againAt: Number.isFinite(dueAt) ? dueAt : null };
}

/** Whether one value is silent or cannot be read while its client speaks: a silent client has an alarm of its own. */
export function valueSilence(id: string, clientId: string | undefined): Condition {
  return condition({
    looksAt: { items: [id], clients: clientId === undefined ? [] : [clientId] },
    start: () => null,
    judge: (_, state): Judgement => deafness(state) ?? servedNot(state, clientId) ?? judgeValue(state, id),
    calmUntil: state => justSaid(state, id)?.staleAt ?? null,
  });
}

/** Its client is not live: of its values nothing is said then. */
function servedNot(state: HomeState, clientId: string | undefined): Judgement | null {
  const client = clientId === undefined ? undefined : getRow(state.clients, clientId);
  if (client === undefined) return null;
  const freshness = clientFreshnessNow(state, client.id);
  if (freshness === 'live' || freshness === 'late') return null;
  if (freshness === 'retained' && state.house.unpaced.has(client.id)) return null;
  const how = freshness === 'waiting' ? 'not heard yet' : freshness;
  const why = `${clientLabelOf(state.house, client.id)} is ${how}`;
  return { kind: 'unwatched', why, againAt: state.at + LOOK_AGAIN_MS };
}

function judgeValue(state: HomeState, id: string): Judgement {
  const reading = getRow(state.readings, id);
  const sensor = state.house.sensors.get(id);
  if (reading === undefined || sensor === undefined) return judgeWord(state, id);
  const freshness = freshnessNow(state, reading, sensor);
  if (freshness === 'live' || freshness === 'late') return { ...NOT_SO, againAt: staleAt(state, reading, sensor) };
  // Its client is there.
  if (freshness === 'offline') return { kind: 'so', value: 'offline', detail: goneReason(state, id) ?? 'offline' };
  const isUnreadable = reading.fault !== null && (reading.heardAt ?? 0) >= (state.listeningSince ?? 0);
  if (isUnreadable) {
    const detail = freshnessOfReading(state, id).reason ?? 'unreadable';
    return { kind: 'so', value: 'unreadable', detail, isAging: true };
  }
  if (freshness === 'retained' && sensor.retained === true) return NOT_SO;
  if (reading.heardAt === null) {
    const afterMs =
      toldPaceOf(sensor) ??
      (silenceOf(sensor) === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : NEVER_HEARD_MS);
    return neverHeard(state, [sensor.topic], afterMs, freshnessOfReading(state, id).reason);
  }
  if (freshness !== 'stale') {
    return {
      kind: 'unwatched',
      why: `${sensor.label} was not heard since the link came`,
      againAt: staleAt(state, reading, sensor),
    };
  }
  return judgeStale(state, reading, sensor);
}

/** A client that came back has the time of a silence to send all that it has. */
function judgeStale(state: HomeState, reading: Reading, sensor: SensorConfig): Judgement {
  const client = getRow(state.clients, state.house.servedBy.get(reading.id) ?? '');
  const liveSince = client?.freshness === 'live' ? (client.liveSince ?? 0) : 0;
  const dueAt = liveSince + staleAfterMs(cadenceOf(state, reading, sensor), null);
  if (state.at < dueAt)
    return { kind: 'unwatched', why: `${sensor.label} was not heard since its client is back`, againAt: dueAt };
  const detail = freshnessOfReading(state, reading.id).reason ?? 'stale';
  // That its client falls silent too comes without a message.
  return { kind: 'so', value: 'stale', detail, isAging: true, againAt: state.at + LOOK_AGAIN_MS };
}

/** A word has no cadence: only where the house file says how long it may be silent, its silence says something. */
function judgeWord(state: HomeState, id: string): Judgement {
  const { freshness, reason, ageMs } = freshnessOfWord(state, id);
  const config = state.house.words.get(id);
  if (freshness === 'offline') return { kind: 'so', value: 'offline', detail: reason ?? 'offline' };
  if (freshness === 'stale') {
    return {
      kind: 'so',
      value: getRow(state.words, id)?.fault == null ? 'stale' : 'unreadable',
      detail: reason ?? 'stale',
      isAging: true,
    };
  }
  if (freshness !== 'live') return { kind: 'unwatched', why: `${labelOf(state.house, id)} was not heard yet` };
  const limitS = config !== undefined && 'expireAfter' in config ? config.expireAfter : undefined;
  const everyS = config !== undefined && 'every' in config ? config.every : undefined;
  const limit = limitS ?? (everyS === undefined ? null : 3 * everyS);
  return { ...NOT_SO, againAt: limit === null ? null : state.at - (ageMs ?? 0) + limit * 1_000 };
}
