import type { HistoryEvent } from '../../core/history/history-event.ts';
import { eventsOf } from '../history/event-queue.ts';
import type { Step } from '../store.ts';

/**
 * What a step brought that nobody else can have heard: commands that were sent from here, their verdicts, and what the
 * broker refused us of them. `wallAt` is its time of day, ms.
 */
export function ownEventsOf(step: Step, wallAt: number): readonly HistoryEvent[] {
  return eventsOf(step, wallAt).filter(isOurs);
}

function isOurs({ type, detail }: HistoryEvent): boolean {
  if (type === 'command' || type === 'verdict') return true;
  return type === 'denial' && detail.access === 'publish' && detail.evidence !== 'logged';
}
