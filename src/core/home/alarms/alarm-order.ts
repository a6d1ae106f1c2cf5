import type { AlarmPhase, AlarmState, Priority } from './alarm.ts';

/** What waits for a person first. */
const URGENCY: Readonly<Record<AlarmPhase, number>> = { active: 3, returned: 2, acknowledged: 1, normal: 0 };
const WEIGHT: Readonly<Record<Priority, number>> = { alarm: 2, warning: 1, note: 0 };

/**
 * Alarms in the order in which a person needs them: those first that nobody has acknowledged, of these what is still so; then
 * those that are acknowledged and still so, and last what is shelved. Within these by priority, and what came first before
 * what may only follow from it.
 */
export function inOrder(alarms: readonly AlarmState[]): readonly AlarmState[] {
  const rank = ({ phase, shelf }: AlarmState): number => (shelf === null ? URGENCY[phase] : -1);
  return alarms.toSorted(
    (one, other) => rank(other) - rank(one) || WEIGHT[other.priority] - WEIGHT[one.priority] || one.order - other.order,
  );
}
