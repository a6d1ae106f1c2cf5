import type { AlarmBook, AlarmChange, AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import type { NoticeEntry } from '../../../src/core/notices/notice.ts';

/** Noon of here on a day in January. */
export const AT = new Date(2026, 0, 1, 12).getTime();

/** An alarm that is there. */
export function alarm(id: string, change: Partial<AlarmState> = {}): AlarmState {
  return {
    ...{ id, label: `Label of ${id}`, priority: 'alarm', cure: 'Look at it', tell: null, source: null, about: [] },
    ...{ phase: 'active', dueSince: null, quietSince: null, raisedAt: AT, returnedAt: null, acknowledgedAt: null },
    ...{ acknowledgedBy: null, raisedValue: '93.1 °C', value: '93.1 °C', detail: null, unwatched: null, shelf: null },
    ...{ order: 1, count: 1, times: [], isHeld: false, mark: null },
    ...change,
  } as AlarmState;
}

/** A book of alarms. */
export function book(...alarms: readonly AlarmState[]): AlarmBook {
  return {
    alarms: new Map(alarms.map(one => [one.id, one])),
    ...{ total: alarms.length, unwatched: [], flood: null, revision: 1, source: 'own' },
  };
}

let number = 0;

/** A change of one, newer than all before. */
export function change(id: string, kind: AlarmChange['kind'], more: Partial<AlarmChange> = {}): AlarmChange {
  number += 1;
  const text = `alarm ${kind}: Label of ${id}`;
  return { number, id, kind, at: AT, by: null, isQuiet: false, priority: 'alarm', text, ...more };
}

/** What a notice says of one. */
export function entry(id: string, kind: NoticeEntry['kind'], more: Partial<NoticeEntry> = {}): NoticeEntry {
  const text = `alarm ${kind}: Label of ${id}`;
  const plain = { label: `Label of ${id}`, value: '93.1 °C', cure: 'Look at it', tell: null };
  return { id, kind, priority: 'alarm', at: AT, text, ...plain, ...more };
}
