import { describe, expect, it } from 'vitest';
import type { AlarmState } from '../../../../src/core/home/alarms/alarm.ts';
import { inOrder } from '../../../../src/core/home/alarms/in-order.ts';
import { calmAlarm } from '../../../helpers/ui/alarms-home.ts';

const shelf = { at: 0, untilAt: 1, by: null, reason: null };
const alarm = (id: string, changes: Partial<AlarmState>): AlarmState => calmAlarm(id, id, changes);
const idsOf = (...alarms: readonly AlarmState[]): readonly string[] => inOrder(alarms).map(({ id }) => id);

describe('the order of alarms', () => {
  it('begins with what nobody has acknowledged, of that with what is still so, and ends with what is shelved', () => {
    const ids = idsOf(
      alarm('shelved', { phase: 'active', shelf }),
      alarm('calm', { phase: 'normal' }),
      alarm('seen', { phase: 'acknowledged' }),
      alarm('over', { phase: 'returned' }),
      alarm('active', { phase: 'active' }),
    );
    expect(ids).toEqual(['active', 'over', 'seen', 'calm', 'shelved']);
  });

  it('goes by priority among those that stand alike, whatever came first', () => {
    const ids = idsOf(
      alarm('note', { phase: 'active', priority: 'note', order: 1 }),
      alarm('warning', { phase: 'active', priority: 'warning', order: 2 }),
      alarm('alarm', { phase: 'active', priority: 'alarm', order: 3 }),
    );
    expect(ids).toEqual(['alarm', 'warning', 'note']);
  });

  it('has the first one first among those of one priority', () => {
    expect(idsOf(alarm('b', { phase: 'active', order: 7 }), alarm('a', { phase: 'active', order: 3 }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('puts a low one that waits before a high one that is acknowledged', () => {
    const seen = alarm('seen', { phase: 'acknowledged', priority: 'alarm', order: 1 });
    expect(idsOf(seen, alarm('waits', { phase: 'returned', priority: 'note', order: 9 }))).toEqual(['waits', 'seen']);
  });

  it('leaves what it is given as it is', () => {
    const given = [alarm('b', { order: 2 }), alarm('a', { order: 1 })];
    inOrder(given);
    expect(given.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
