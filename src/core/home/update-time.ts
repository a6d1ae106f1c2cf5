import { aclAlarmEndsAt, endAclAlarm } from './broker-log/acl-alarm.ts';
import { staleAfterMs } from './clients/freshness.ts';
import { cadenceOf, freshnessOfReading } from './clients/select-freshness.ts';
import { watchClient } from './clients/update-client.ts';
import type { Effect } from './state/effect.ts';
import { endPassing } from './state/issues.ts';
import { addToJournal } from './state/journal.ts';
import type { HomeState } from './state/state.ts';
import type { Step } from './state/step.ts';
import { getRow, setRow } from './state/table.ts';
import { droppedAt } from './switches/command-proof.ts';
import { giveUp, settle } from './switches/update-command.ts';
import { presumeWords } from './update-word.ts';

/** Time went by: commands run out, clients and sensors fall silent, and so does a broker that has no more to complain of. */
export function passTime(state: HomeState): Step {
  let next = endPassing(endAclAlarm(state));
  const effects: Effect[] = [];
  for (const id of state.switches.ids) {
    const row = getRow(next.switches, id);
    if (row?.command == null) continue;
    if (state.at < row.command.deadlineAt) {
      next = settle(next, id);
      continue;
    }
    if (row.command.phase === 'sent') effects.push({ type: 'withdraw-command', commandId: row.command.id });
    next = giveUp(next, row);
  }
  for (const id of state.clients.ids) next = watchClient(next, id);
  for (const id of state.readings.ids) next = watchSensor(next, id);
  next = presumeWords(next);
  return { state: next, effects };
}

/**
 * Says that one sensor fell silent while its client speaks. A silent client speaks for all its sensors, and one that
 * came back has the time of a silence to send them all.
 */
function watchSensor(state: HomeState, sensorId: string): HomeState {
  const reading = getRow(state.readings, sensorId);
  const sensor = state.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined || reading.receivedAt === null || reading.isRetained) return state;
  // That it is unreadable was told when it began.
  if (reading.fault !== null) return state;
  const client = getRow(state.clients, state.house.servedBy.get(sensorId) ?? '');
  const liveForMs = client === undefined ? Number.POSITIVE_INFINITY : state.at - (client.liveSince ?? state.at);
  if (client !== undefined && client.freshness !== 'live') return state;
  if (liveForMs < staleAfterMs(cadenceOf(state, reading, sensor), null)) return state;
  const { freshness, reason } = freshnessOfReading(state, sensorId);
  if (freshness === reading.freshness) return state;
  const noted = { ...state, readings: setRow(state.readings, sensorId, { ...reading, freshness }) };
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

/** When a verdict or the end of an alarm is next due without any event, ms; `null` where there is nothing to wait for. */
export function nextDueAt(state: HomeState): number | null {
  let due = aclAlarmEndsAt(state);
  for (const id of state.switches.ids) {
    const row = getRow(state.switches, id);
    if (row?.command == null) continue;
    const at = Math.min(row.command.deadlineAt, droppedAt(state, row) ?? row.command.deadlineAt);
    due = Math.min(due ?? at, at);
  }
  return due;
}
