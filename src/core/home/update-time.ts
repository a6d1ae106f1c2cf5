import { aclAlarmEndsAt, endAclAlarm } from './broker-log/acl-alarm.ts';
import { watchClient } from './clients/update-client.ts';
import { watchSensors } from './clients/watch-sensors.ts';
import type { Effect } from './state/effect.ts';
import { endPassing } from './state/issues.ts';
import type { HomeState } from './state/state.ts';
import type { Step } from './state/step.ts';
import { getRow } from './state/table.ts';
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
  next = presumeWords(watchSensors(next));
  return { state: next, effects };
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
