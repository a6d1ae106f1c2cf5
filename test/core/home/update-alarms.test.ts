import { describe, expect, it } from 'vitest';
import type { AlarmChange, AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import { alarm, bookOf } from '../../helpers/alarms/alarm-book.ts';
import { emptyHome, START, withEvents } from '../../helpers/ui/home.ts';

/** What the journal has of a change of this alarm. */
function told(of: Partial<AlarmState>, change: Partial<AlarmChange>) {
  const changes: readonly AlarmChange[] = [
    {
      number: 1,
      id: 'a',
      kind: 'raised',
      at: START,
      by: null,
      isQuiet: false,
      priority: 'alarm',
      text: 'it is',
      ...change,
    },
  ];
  const home = withEvents(emptyHome(), { type: 'alarms-changed', at: START, book: bookOf([alarm('a', of)]), changes });
  return home.journal.map(({ level, kind, subject, text }) => [level, kind, subject, text]);
}

describe('what becomes of alarms', () => {
  it.each([
    ['raised', 'alarm', 'critical'],
    ['raised', 'warning', 'warning'],
    ['raised', 'note', 'info'],
    ['repeated', 'alarm', 'critical'],
    ['flooded', 'note', 'critical'],
    ['returned', 'alarm', 'good'],
    ['cleared', 'alarm', 'good'],
    ['acknowledged', 'alarm', 'info'],
    ['shelved', 'alarm', 'info'],
    ['unshelved', 'alarm', 'info'],
  ] as const)('%s of a %s is told as %s', (kind, priority, level) => {
    expect(told({ about: ['flow'] }, { kind, priority })).toEqual([[level, 'alarm', 'a', 'it is']]);
  });

  it('is not told where it is quiet', () => {
    expect(told({ about: ['flow'] }, { isQuiet: true })).toEqual([]);
  });

  it.each(['raised', 'repeated'] as const)('%s about nothing in the house is told by what happened', kind => {
    expect(told({ about: [] }, { kind })).toEqual([]);
  });

  it('and all the same what a person did, and that it is over', () => {
    expect(told({ about: [] }, { kind: 'acknowledged' })).toHaveLength(1);
    expect(told({ about: [] }, { kind: 'returned' })).toHaveLength(1);
  });
});
