import type { House } from '../../house/house.ts';
import type { ClientState } from '../state/client.ts';
import { addToJournal } from '../state/journal.ts';
import type { Reading } from '../state/reading.ts';
import { type HomeState, withReadings } from '../state/state.ts';
import { getRow, setRow } from '../state/table.ts';
import { staleAfterMs } from './freshness.ts';
import { isOffline } from './hearing.ts';
import { cadenceOf, freshnessOfReading, liveUntil } from './select-freshness.ts';

/** Time went by: says once of each sensor that it fell silent while its client speaks, and that it speaks again. */
export function watchSensors(state: HomeState): HomeState {
  let next = state;
  for (const [place, chunk] of state.readings.chunks.entries()) {
    if (isCalm(chunk, next)) continue;
    for (const { id } of chunk) next = watchSensor(next, id);
    noteCalm(next.readings.chunks[place] ?? chunk, next);
  }
  return next;
}

/**
 * Says that one sensor fell silent while its client speaks. A silent client speaks for all its sensors, and one that
 * came back has the time of a silence to send them all.
 */
function watchSensor(state: HomeState, sensorId: string): HomeState {
  const reading = getRow(state.readings, sensorId);
  const sensor = state.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined || isLeftAlone(reading)) return state;
  const client = getRow(state.clients, state.house.servedBy.get(sensorId) ?? '');
  const liveForMs = client === undefined ? Number.POSITIVE_INFINITY : state.at - (client.liveSince ?? state.at);
  if (client !== undefined && client.freshness !== 'live') return state;
  if (liveForMs < staleAfterMs(cadenceOf(state, reading, sensor), null)) return state;
  const { freshness, reason } = freshnessOfReading(state, sensorId);
  if (freshness === reading.freshness) return state;
  const noted = withReadings(state, setRow(state.readings, sensorId, { ...reading, freshness }));
  const entry = { kind: 'sensor', subject: sensorId } as const;
  if (freshness === 'stale') {
    return addToJournal(noted, {
      ...{ ...entry, level: 'warning', form: 'stale' },
      text: `${sensor.label} is stale: ${reason}`,
    });
  }
  const isBack = freshness === 'live' && reading.freshness === 'stale';
  if (!isBack) return noted;
  return addToJournal(noted, { ...entry, level: 'good', form: 'live-again', text: `${sensor.label} is live again` });
}

/** Nothing was heard that could fall silent; or it is unreadable, which was told when it began. */
function isLeftAlone({ receivedAt, isRetained, fault }: Reading): boolean {
  return receivedAt === null || isRetained || fault !== null;
}

/** That time alone changes nothing of some readings, and what that rests on. */
interface Calm {
  readonly house: House;
  readonly listeningSince: number | null;
  readonly presences: HomeState['presences'];
  readonly clients: readonly Server[];
  /** From when to when it is so, ms. */
  readonly fromAt: number;
  readonly untilAt: number;
}

/** A client as it was, and whether it lent one of its values its cadence. */
interface Server {
  readonly row: ClientState;
  isLender: boolean;
}

const cache = new WeakMap<readonly Reading[], Calm>();

/** Of a thousand sensors those are looked at that were heard, or of which one may have fallen silent. */
function isCalm(chunk: readonly Reading[], { house, listeningSince, presences, clients, at }: HomeState): boolean {
  const calm = cache.get(chunk);
  if (calm === undefined || calm.house !== house) return false;
  if (calm.listeningSince !== listeningSince || calm.presences !== presences) return false;
  if (at < calm.fromAt || at >= calm.untilAt) return false;
  return calm.clients.every(({ row, isLender }) => {
    const now = getRow(clients, row.id);
    const isThere = now?.freshness === row.freshness && (now.offline === null) === (row.offline === null);
    return isThere && (!isLender || now.cadence.ms === row.cadence.ms);
  });
}

function noteCalm(chunk: readonly Reading[], state: HomeState): void {
  const servers = new Map<string, Server>();
  let untilAt = Number.POSITIVE_INFINITY;
  for (const reading of chunk) {
    if (isLeftAlone(reading)) continue;
    const row = getRow(state.clients, state.house.servedBy.get(reading.id) ?? '');
    if (row !== undefined) {
      const server = servers.get(row.id) ?? { row, isLender: false };
      server.isLender ||= reading.cadence.medianMs === null;
      servers.set(row.id, server);
      // It speaks for it.
      if (row.freshness !== 'live') continue;
    }
    const until = liveUntilNow(state, reading);
    if (until === null) return;
    untilAt = Math.min(untilAt, until);
  }
  const { house, listeningSince, presences, at } = state;
  cache.set(chunk, { house, listeningSince, presences, clients: [...servers.values()], fromAt: at, untilAt });
}

/** Until when a value is live that is said to be; `null` where it is not, or that has yet to be said. */
function liveUntilNow(state: HomeState, reading: Reading): number | null {
  const sensor = state.house.sensors.get(reading.id);
  if (sensor === undefined || reading.freshness !== 'live' || isOffline(state, reading.id)) return null;
  return liveUntil(state, reading, sensor);
}
