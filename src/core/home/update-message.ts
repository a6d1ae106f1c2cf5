import { cleanText } from '../clean-text.ts';
import type { SensorConfig } from '../house/schema.ts';
import { decodeMeasured } from '../mqtt/measured-number.ts';
import { fail, ok, type Result } from '../result.ts';
import { freshnessNow } from './clients/hearing.ts';
import { notePresence } from './clients/item-presence.ts';
import { hearFromClient, noteAvailability } from './clients/update-client.ts';
import { type Cadence, learnInterval } from './readings/cadence.ts';
import { type Doubt, mayBeDoubted, whyDoubted } from './readings/doubt.ts';
import { levelOf } from './readings/level.ts';
import { rangeOf, widenRange } from './readings/range.ts';
import { appendValue } from './readings/series.ts';
import { formatValue, limitSentence } from './readings/value-text.ts';
import { receiveSealed } from './sealed/receive-sealed.ts';
import { addToJournal } from './state/journal.ts';
import type { Message } from './state/message.ts';
import { faultWord, type Reading, type ReadingFault } from './state/reading.ts';
import { type HomeState, saidAt, withReadings } from './state/state.ts';
import { getRow, setRow } from './state/table.ts';
import { receiveFeedback, seeCommand } from './switches/update-feedback.ts';
import { receiveSnapshot } from './update-snapshot.ts';
import { receiveWord } from './update-word.ts';

/** A message arrived: hands it to whatever the house has on that topic; others' topics change nothing. */
export function receiveMessage(state: HomeState, message: Message): HomeState {
  const sealedBy = state.house.sealed.get(message.topic);
  if (sealedBy === undefined) return deliver(state, message);
  const isCommand = state.house.routes.get(message.topic)?.some(({ kind }) => kind === 'command') === true;
  const received = receiveSealed(state, sealedBy, message, isCommand);
  return received.isTaken ? deliver(received.state, message) : received.state;
}

function deliver(state: HomeState, message: Message): HomeState {
  let next = state;
  for (const route of state.house.routes.get(message.topic) ?? []) {
    if (route.kind === 'sensor') next = receiveValue(next, route.id, message);
    else if (route.kind === 'feedback') next = receiveFeedback(next, route.id, message);
    else if (route.kind === 'word') next = receiveWord(next, route.id, message);
    else if (route.kind === 'snapshot') next = receiveSnapshot(next, route.id, message);
    else if (route.kind === 'command') next = seeCommand(next, route.id, message);
    else if (route.kind === 'availability') next = noteAvailability(next, route.id, message);
    else next = notePresence(next, route.id, message);
  }
  return next;
}

/** The value of a sensor as it was kept: the same as its message, had that been kept. */
export function recallValue(state: HomeState, sensorId: string, value: number): HomeState {
  return takeDecoded(state, sensorId, ok(value), false);
}

function receiveValue(state: HomeState, sensorId: string, { payload, isRetained }: Message): HomeState {
  const sensor = state.house.sensors.get(sensorId);
  if (sensor === undefined) return state;
  const decoded = decodeMeasured(payload, sensor);
  if (!decoded.ok) return takeDecoded(state, sensorId, fail({ reason: decoded.error }), isRetained);
  const doubt = doubtOf(state, sensor, sensorId, decoded.value);
  if (doubt === null) return takeDecoded(state, sensorId, decoded, isRetained);
  const { reason, isHeld } = doubt;
  const fault = { reason, doubted: decoded.value };
  return isHeld && !isRetained ? hold(state, sensorId, fault) : takeDecoded(state, sensorId, fail(fault), isRetained);
}

/** Why a value is not believed that can be read; `null` where it is. */
function doubtOf(state: HomeState, sensor: SensorConfig, sensorId: string, value: number): Doubt | null {
  const reading = mayBeDoubted(sensor, value) ? getRow(state.readings, sensorId) : undefined;
  if (reading === undefined) return null;
  const { receivedAt, isRetained, fault, held } = reading;
  return whyDoubted(sensor, value, {
    value: reading.value,
    ageMs: receivedAt === null || isRetained ? null : saidAt(state) - receivedAt,
    doubted: fault?.doubted ?? null,
    hasHeld: held !== null,
    mayHaveRestarted: () => fault === null && SILENT.has(freshnessNow(state, reading, sensor)),
  });
}

/** The sensor was heard, and its value waits for the next one. */
function hold(state: HomeState, sensorId: string, fault: Omit<ReadingFault, 'at'>): HomeState {
  const reading = getRow(state.readings, sensorId);
  if (reading === undefined) return state;
  const held = { ...hearSensor(state, reading), held: { at: saidAt(state), ...fault } };
  return hearFromClient(withReadings(state, setRow(state.readings, sensorId, held)), sensorId);
}

/** How fresh a value is whose device may have been off since. */
const SILENT: ReadonlySet<string> = new Set(['stale', 'offline', 'retained']);

function takeDecoded(
  state: HomeState,
  sensorId: string,
  decoded: Result<number, Omit<ReadingFault, 'at'>>,
  isRetained: boolean,
): HomeState {
  const reading = getRow(state.readings, sensorId);
  const sensor = state.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined) return state;
  const at = saidAt(state);
  const next = decoded.ok
    ? takeValue(state, learnRange(reading, sensor, decoded.value), decoded.value, isRetained)
    : takeFault(isRetained ? reading : hearSensor(state, reading), { at, ...decoded.error }, isRetained);
  const noted = withReadings(state, setRow(state.readings, sensorId, next));
  const told = isRetained ? noted : hearFromClient(noted, sensorId);
  return journalValue(told, sensor, reading, next);
}

function hearSensor(state: HomeState, reading: Reading): Reading {
  return { ...reading, cadence: learnCadence(state, reading), heardAt: saidAt(state) };
}

/** Time between two messages teaches the cadence, unless we were not listening in between. */
function learnCadence(state: HomeState, { heardAt, cadence }: Reading): Cadence {
  const hasListened = heardAt !== null && heardAt >= (state.listeningSince ?? Number.POSITIVE_INFINITY);
  return hasListened ? learnInterval(cadence, saidAt(state) - heardAt) : cadence;
}

/** A retained message says nothing against a value whose age we know, and one that cannot be read no more. */
function takeFault(reading: Reading, fault: ReadingFault, isRetained: boolean): Reading {
  return isRetained && reading.value !== null && !reading.isRetained ? reading : { ...reading, fault, held: null };
}

function learnRange(reading: Reading, sensor: SensorConfig, value: number): Reading {
  if (sensor.range !== undefined) return reading;
  const learnedRange = widenRange(reading.learnedRange, value);
  return learnedRange === reading.learnedRange ? reading : { ...reading, learnedRange };
}

/** A retained value never takes the place of one whose age we know. */
function takeValue(state: HomeState, reading: Reading, value: number, isRetained: boolean): Reading {
  if (!isRetained) return withNewValue(state, reading, value);
  const isKnown = reading.value !== null && !reading.isRetained;
  return isKnown ? reading : { ...reading, value, receivedAt: saidAt(state), isRetained: true, fault: null };
}

/** The reading with a value of now. Spelled out for the reason of `atTime`: each message makes one. */
function withNewValue(state: HomeState, reading: Reading, value: number): Reading {
  const at = saidAt(state);
  return {
    id: reading.id,
    value,
    receivedAt: at,
    isRetained: false,
    heardAt: at,
    fault: null,
    held: null,
    cadence: learnCadence(state, reading),
    series: appendValue(reading.series, at, value),
    learnedRange: reading.learnedRange,
    freshness: reading.freshness,
    level: reading.level,
  };
}

function journalValue(state: HomeState, sensor: SensorConfig, before: Reading, after: Reading): HomeState {
  const faulted = journalFault(state, sensor, before, after);
  if (after.value === null || after.fault !== null) return faulted;
  const level = levelOf(sensor, after.value);
  if (level === before.level || isWithinHysteresis(sensor, before, after.value)) return faulted;
  const next = withReadings(faulted, setRow(faulted.readings, after.id, { ...after, level }));
  const text =
    limitSentence(sensor, after.value, after.isRetained ? 'retained' : 'now') ??
    `${sensor.label} is within its limits again: ${formatValue(after.value, sensor.unit, sensor.decimals)}`;
  const form = level === 'ok' ? 'within' : 'beyond';
  return addToJournal(next, { level: level === 'ok' ? 'good' : level, kind: 'sensor', subject: after.id, text, form });
}

function journalFault(state: HomeState, sensor: SensorConfig, before: Reading, after: Reading): HomeState {
  const was = before.fault === null ? null : faultWord(before.fault);
  const is = after.fault === null ? null : faultWord(after.fault);
  if (is === was) return state;
  const entry = { kind: 'sensor', subject: after.id } as const;
  if (is === null) {
    const text = `${sensor.label} is ${was === 'unreadable' ? 'readable' : 'plausible'} again`;
    return addToJournal(state, {
      ...entry,
      level: 'good',
      text,
      form: was === 'unreadable' ? 'readable' : 'plausible',
    });
  }
  const kept = after.value === null ? '' : '; the last good value stays';
  const text = `${sensor.label} is ${is}: ${after.fault?.reason} (${cleanText(sensor.topic, 60)})${kept}`;
  return addToJournal(state, { ...entry, level: 'warning', text, form: is });
}

/** The part of the range that a value must come back by before a limit is announced as left: no flapping. */
const HYSTERESIS_SHARE = 0.01;

function isWithinHysteresis(sensor: SensorConfig, before: Reading, value: number): boolean {
  const { min, max } = rangeOf(sensor, before);
  const margin = (max - min) * HYSTERESIS_SHARE;
  const level = levelOf(sensor, value);
  const isBetter = before.level === 'critical' ? level !== 'critical' : before.level === 'warning' && level === 'ok';
  if (!isBetter) return false;
  return [value - margin, value + margin].some(near => levelOf(sensor, near) === before.level);
}
