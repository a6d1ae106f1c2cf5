import type { HistoryEvent } from './history-event.ts';

/** The marks, from the least to the worst. `trouble`: a silence, a limit, a lost link. */
export const EVENT_MARKS = ['switched', 'trouble', 'denied'] as const;
export type EventMark = (typeof EVENT_MARKS)[number];

/** The mark of an event; `null` for what is not worth one. */
export function markOf({ type, severity }: Pick<HistoryEvent, 'type' | 'severity'>): EventMark | null {
  if (type === 'denial' || (type === 'verdict' && severity === 'critical')) return 'denied';
  if (severity === 'warning' || severity === 'critical') return 'trouble';
  return type === 'switch' || type === 'verdict' ? 'switched' : null;
}
