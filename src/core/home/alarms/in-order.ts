import type { AlarmPhase, AlarmState, Priority } from './alarm.ts';

/** What waits for a person first. */
const URGENCY: Readonly<Record<AlarmPhase, number>> = { active: 3, returned: 2, acknowledged: 1, normal: 0 };
const PRIORITIES: readonly Priority[] = ['note', 'warning', 'alarm'];

/**
 * Alarms in the order in which a person needs them: those first that nobody has acknowledged, of these what is still so; then
 * those that are acknowledged and still so, and last what is shelved. Within these by priority, and what came first before
 * what may only follow from it.
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
