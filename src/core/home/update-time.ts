import type { Effect } from './effect.ts';
import { labelOf } from './house.ts';
import { addToJournal } from './journal.ts';
import { freshnessOfReading } from './select-freshness.ts';
import type { HomeState } from './state.ts';
import { getRow, setRow } from './table.ts';
import type { Step } from './update.ts';
import { watchClient } from './update-client.ts';
import { giveUp } from './update-command.ts';

/** Time went by: commands run out, clients and sensors fall silent. */
export function passTime(state: HomeState): Step {
  let next = state;
  const effects: Effect[] = [];
  for (const id of state.switches.ids) {
    const row = getRow(next.switches, id);
    if (row?.command == null || state.at < row.command.deadlineAt) continue;
    if (row.command.phase === 'sent') effects.push({ type: 'withdraw-command', commandId: row.command.id });
    next = giveUp(next, row);
  }
  for (const id of state.clients.ids) next = watchClient(next, id);
  for (const id of state.readings.ids) next = watchSensor(next, id);
  return { state: next, effects };
}

/** Says that one sensor fell silent while its client speaks; a silent client speaks for all its sensors. */
function watchSensor(state: HomeState, sensorId: string): HomeState {
  const reading = getRow(state.readings, sensorId);
  if (reading === undefined || reading.receivedAt === null || reading.isRetained) return state;
  const { freshness, reason } = freshnessOfReading(state, sensorId);
  if (freshness === reading.freshness) return state;
  const noted = { ...state, readings: setRow(state.readings, sensorId, { ...reading, freshness }) };
  const clientFreshness = getRow(state.clients, state.house.servedBy.get(sensorId) ?? '')?.freshness ?? 'live';
  const label = labelOf(state.house, sensorId);
  if (freshness === 'stale' && clientFreshness === 'live') {
    return addToJournal(noted, {
      level: 'warning',
      kind: 'sensor',
      subject: sensorId,
      text: `${label} is stale: ${reason}`,
    });
  }
  if (freshness === 'live' && reading.freshness === 'stale' && clientFreshness === 'live') {
    return addToJournal(noted, { level: 'good', kind: 'sensor', subject: sensorId, text: `${label} is live again` });
  }
  return noted;
}
