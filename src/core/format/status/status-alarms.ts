import type { AlarmState, Priority } from '../../home/alarms/alarm.ts';
import { type Level, worseLevel } from '../../home/readings/level.ts';
import { freshnessOfClient, freshnessOfReading, levelOfReading } from '../../home/select.ts';
import type { HomeState } from '../../home/state/state.ts';
import { alarmsToTell, takeAlarms } from '../alarm-snapshot.ts';
import type { StatusSnapshot } from '../status-snapshot.ts';

const LEVELS: Readonly<Record<Priority, Level>> = { note: 'ok', warning: 'warning', alarm: 'critical' };
const PRIORITIES: readonly Priority[] = ['alarm', 'warning', 'note'];

/**
 * The snapshot with the alarms of whoever watches over them: they make the house as bad as they are, but for those that
 * are shelved. What a value or a client says already is not said again as a reason.
 */
export function withAlarms(
  snapshot: StatusSnapshot,
  state: HomeState,
  only: ReadonlySet<string> | null,
): StatusSnapshot {
  const { alarms } = state;
  if (alarms === null || !snapshot.broker.connected) return snapshot;
  const raised = alarmsToTell(alarms, only).filter(
    ({ phase, shelf }) => shelf === null && (phase === 'active' || phase === 'acknowledged'),
  );
  const untold = raised.filter(alarm => alarm.priority !== 'note' && !isToldByItems(alarm, state));
  const level = raised.reduce<Level>((worst, { priority }) => worseLevel(worst, LEVELS[priority]), 'ok');
  const { overall } = snapshot;
  const sorted = [...untold].sort(
    (one, other) => PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority),
  );
  const reasons = sorted.map(reasonOf);
  const isWorse = overall !== 'unknown' && worseLevel(overall, level) !== overall;
  return {
    ...snapshot,
    overall: overall === 'unknown' ? overall : worseLevel(overall, level),
    reasons: isWorse ? [...reasons, ...snapshot.reasons] : [...snapshot.reasons, ...reasons],
    alarms: takeAlarms(alarms, only),
  };
}

/** An alarm as a sentence without a full stop. */
function reasonOf({ label, detail }: AlarmState): string {
  return detail === null ? label : `${label}: ${detail}`;
}

/** Whether what it is about says by itself that something is wrong: the broker always does. */
function isToldByItems({ about }: AlarmState, state: HomeState): boolean {
  return about.every(id => {
    if (state.house.clients.has(id)) return freshnessOfClient(state, id).freshness !== 'live';
    if (!state.house.sensors.has(id)) return false;
    return levelOfReading(state, id) !== 'ok' || freshnessOfReading(state, id).freshness !== 'live';
  });
}
