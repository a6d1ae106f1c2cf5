import type { AlarmBook, AlarmState } from '../../../src/core/home/alarms/alarm.ts';

/** An alarm that was never raised, but for what is said of it. */
export function alarm(id: string, of: Partial<AlarmState> = {}): AlarmState {
  return {
    ...{ id, label: `The alarm ${id}`, priority: 'warning', cure: null, tell: null, source: null, about: [] },
    ...{ phase: 'normal', dueSince: null, quietSince: null, raisedAt: null, returnedAt: null },
    ...{ acknowledgedAt: null, acknowledgedBy: null, raisedValue: null, value: null, detail: null, unwatched: null },
    ...{ shelf: null, order: 0, count: 0, times: [], isHeld: false, mark: null },
    ...of,
  };
}

/** A book of these alarms, and of nothing besides. */
export function bookOf(alarms: readonly AlarmState[], of: Partial<AlarmBook> = {}): AlarmBook {
  return {
    ...{ alarms: new Map(alarms.map(one => [one.id, one])), total: alarms.length, unwatched: [], flood: null },
    ...{ revision: 1, source: 'daemon' },
    ...of,
  };
}
