import type { AlarmPhase, AlarmState, Priority } from './alarm.ts';

const URGENCY: Readonly<Record<AlarmPhase, number>> = { active: 3, acknowledged: 2, returned: 1, normal: 0 };
const PRIORITIES: readonly Priority[] = ['note', 'warning', 'alarm'];

/**
 * The alarms in the order in which a person needs them: those that are raised and not acknowledged first, then those that
 * are, then those that are over; within these by priority, then the first one first. What is shelved comes last.
 */
export function inOrder(alarms: Iterable<AlarmState>): readonly AlarmState[] {
  const rank = ({ phase, shelf }: AlarmState): number => (shelf === null ? URGENCY[phase] : -1);
  return [...alarms].sort(
    (one, other) =>
      rank(other) - rank(one) ||
      PRIORITIES.indexOf(other.priority) - PRIORITIES.indexOf(one.priority) ||
      one.order - other.order,
  );
}
