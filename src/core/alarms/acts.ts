import type { AlarmState, Shelf } from '../home/alarms/alarm.ts';
import { LONGEST_SHELF_MS, type Moved } from './machine.ts';

/** What a person does to an alarm; `by` is the user, `null` where nobody logged in. */
export type AlarmAct =
  | { readonly kind: 'acknowledge'; readonly by: string | null }
  /** Puts it aside for so long, ms: more than 0, at most a day. */
  | { readonly kind: 'shelve'; readonly by: string | null; readonly forMs: number; readonly reason: string | null }
  | { readonly kind: 'unshelve'; readonly by: string | null };

/** The alarm after it, `at` in ms; the same without a kind where there was nothing to do. */
export function actOn(alarm: AlarmState, act: AlarmAct, at: number): Moved {
  switch (act.kind) {
    case 'acknowledge':
      return acknowledge(alarm, act.by, at);
    case 'shelve':
      return shelve(alarm, { at, untilAt: at + Math.min(act.forMs, LONGEST_SHELF_MS), by: act.by, reason: act.reason });
    case 'unshelve':
      return alarm.shelf === null ? { alarm, kind: null } : { alarm: { ...alarm, shelf: null }, kind: 'unshelved' };
  }
}

/** Its shelf has an end. */
export function endShelf(alarm: AlarmState, at: number): Moved {
  return alarm.shelf === null || at < alarm.shelf.untilAt
    ? { alarm, kind: null }
    : { alarm: { ...alarm, shelf: null }, kind: 'unshelved' };
}

function acknowledge(alarm: AlarmState, by: string | null, at: number): Moved {
  if (alarm.phase !== 'active' && alarm.phase !== 'returned') return { alarm, kind: null };
  const phase = alarm.phase === 'active' ? 'acknowledged' : 'normal';
  return { alarm: { ...alarm, phase, acknowledgedAt: at, acknowledgedBy: by }, kind: 'acknowledged' };
}

function shelve(alarm: AlarmState, shelf: Shelf): Moved {
  return shelf.untilAt > shelf.at ? { alarm: { ...alarm, shelf }, kind: 'shelved' } : { alarm, kind: null };
}
