import { describe, expect, it } from 'vitest';
import { takeAlarms } from '../../../../src/core/format/alarm-snapshot.ts';
import { alarmBlock } from '../../../../src/core/format/status/alarm-text.ts';
import { plainStyle } from '../../../../src/core/format/style.ts';
import type { AlarmState } from '../../../../src/core/home/alarms/alarm.ts';
import { alarm, bookOf } from '../../../helpers/alarms/alarm-book.ts';

process.env.TZ = 'UTC';

const AT = Date.UTC(2026, 0, 11, 14, 22, 0);
const lines = (alarms: readonly AlarmState[], of: Parameters<typeof bookOf>[1] = {}, style = plainStyle) =>
  alarmBlock(takeAlarms(bookOf(alarms, of)), new Date(AT).toISOString(), style);
const hot = (of: Partial<AlarmState> = {}): AlarmState =>
  alarm('flow-high', {
    ...{ label: 'Flow above 80 °C', phase: 'active', raisedAt: AT - 720_000, raisedValue: '83.1 °C', value: '84.2 °C' },
    ...{ cure: 'Turn the burner down', order: 1, count: 1 },
    ...of,
  });

describe('the alarms for people', () => {
  it('are nothing where nothing is raised and all can be judged', () => {
    expect(lines([])).toEqual([]);
    expect(lines([alarm('calm')])).toEqual([]);
  });

  it('say what, for how long, the value then and now, and the cure', () => {
    expect(lines([hot()])).toEqual([
      'Alarms',
      '  warning       Flow above 80 °C, for 12 min: it was 83.1 °C, now 84.2 °C',
      '                Turn the burner down',
    ]);
    expect(lines([hot({ value: '83.1 °C', cure: null, priority: 'alarm' })])).toEqual([
      'Alarms',
      '  alarm         Flow above 80 °C, for 12 min: 83.1 °C',
    ]);
  });

  it.each([
    [
      { phase: 'acknowledged', acknowledgedBy: 'master', cure: null },
      ['acknowledged  Flow above 80 °C, for 12 min: it was 83.1 °C, now 84.2 °C', 'acknowledged by master'],
    ],
    [
      { phase: 'acknowledged', cure: null },
      ['acknowledged  Flow above 80 °C, for 12 min: it was 83.1 °C, now 84.2 °C'],
    ],
    [
      { quietSince: AT - 40_000, about: ['flow'], value: '70.0 °C', cure: null },
      ['warning       Flow above 80 °C, for 12 min, but not so for 40 s: it was 83.1', '°C, now 70.0 °C'],
    ],
    [
      { quietSince: AT - 40_000, about: [], value: null, cure: null },
      ['warning       Flow above 80 °C, for 12 min: 83.1 °C'],
    ],
    [
      { quietSince: AT - 40_000, about: [], raisedValue: null, value: null, detail: 'no answer', cure: null },
      ['warning       Flow above 80 °C, for 12 min, but not so for 40 s: no answer'],
    ],
    [
      { phase: 'returned', returnedAt: AT - 60_000, value: '70.0 °C', cure: null },
      ['over          Flow above 80 °C, over for 60 s: it was 83.1 °C, over at 70.0 °C'],
    ],
    [
      { raisedValue: null, value: null, detail: 'nobody answers', cure: null },
      ['warning       Flow above 80 °C, for 12 min: nobody answers'],
    ],
    [
      { unwatched: 'Flow is stale', cure: null },
      [
        'warning       Flow above 80 °C, for 12 min: it was 83.1 °C, last 84.2 °C',
        'it cannot be judged now: Flow is stale',
      ],
    ],
    [
      { phase: 'normal', shelf: { at: AT, untilAt: AT + 3_600_000, by: 'master', reason: 'works' }, cure: null },
      ['shelved       Flow above 80 °C', 'shelved until 15:22:00 by master: works'],
    ],
    [
      { shelf: { at: AT, untilAt: AT + 3_600_000, by: null, reason: null }, cure: null },
      ['shelved       Flow above 80 °C, for 12 min: it was 83.1 °C, now 84.2 °C', 'shelved until 15:22:00'],
    ],
  ] as const)('%j', (of, expected) => {
    expect(
      lines([hot(of)])
        .slice(1)
        .map(line => line.trim()),
    ).toEqual(expected);
  });

  it('say what cannot be judged and why, and of a flood where to look first', () => {
    const unwatched = [
      { why: 'heating is offline', ids: ['a', 'b'] },
      { why: 'Room is stale', ids: ['c'] },
    ];
    const flood = { sinceAt: AT - 300_000, count: 14, firstId: 'flow-high' };
    expect(lines([hot({ cure: null })], { unwatched, flood })).toEqual([
      'Alarms',
      '  14 alarms within 5 min: the first was "Flow above 80 °C", look there first',
      '  warning       Flow above 80 °C, for 12 min: it was 83.1 °C, now 84.2 °C',
      '  not judged: 2 alarms, heating is offline',
      '  not judged: 1 alarm, Room is stale',
    ]);
  });

  it('are never wider than 80 columns', () => {
    const long = hot({
      detail: 'x '.repeat(80),
      raisedValue: null,
      cure: 'y '.repeat(100),
      unwatched: 'z '.repeat(60),
    });
    expect(Math.max(...lines([long]).map(line => line.length))).toBeLessThanOrEqual(80);
  });

  it('have the colour of what they ask for', () => {
    const dressed = (of: Partial<AlarmState>) => lines([hot(of)], {}, (text, role) => `<${role}>${text.trim()}`)[1];
    expect(dressed({})).toMatch(/^ {2}<warning>warning/);
    expect(dressed({ priority: 'alarm' })).toMatch(/^ {2}<critical>alarm/);
    expect(dressed({ priority: 'note' })).toMatch(/^ {2}<quiet>note/);
    expect(dressed({ phase: 'returned' })).toMatch(/^ {2}<quiet>over/);
    expect(dressed({ shelf: { at: AT, untilAt: AT + 1, by: null, reason: null } })).toMatch(/^ {2}<quiet>shelved/);
  });
});
