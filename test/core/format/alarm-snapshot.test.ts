import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { takeAlarms } from '../../../src/core/format/alarm-snapshot.ts';
import { nagiosText } from '../../../src/core/format/status/nagios.ts';
import { prometheusText } from '../../../src/core/format/status/prometheus.ts';
import { withAlarms } from '../../../src/core/format/status/status-alarms.ts';
import { statusCsv } from '../../../src/core/format/status/status-csv.ts';
import { statusSchema } from '../../../src/core/format/status-schema.ts';
import { statusJson, takeSnapshot } from '../../../src/core/format/status-snapshot.ts';
import type { AlarmBook, AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { alarm, bookOf } from '../../helpers/alarms/alarm-book.ts';
import { parseCsv } from '../../helpers/formats/parse-csv.ts';
import { parsePrometheus } from '../../helpers/formats/parse-prometheus.ts';
import { livingHome, message, START, withEvents } from '../../helpers/ui/home.ts';

const AT = START + 40_000;
const well = livingHome(40);

/** So far from the one before that a second reading confirms it. */
const hot = withEvents(well, message(AT + 1_000, 'heating/flow', '83.0'), message(AT + 2_000, 'heating/flow', '83.0'));

const told = (book: AlarmBook, from: HomeState = well, only: ReadonlySet<string> | null = null) => {
  const state = { ...from, alarms: book };
  return withAlarms(takeSnapshot(state, only), state, only);
};
const raised = (id: string, of: Partial<AlarmState> = {}): AlarmState =>
  alarm(id, { phase: 'active', raisedAt: AT - 60_000, order: 1, count: 1, ...of });

describe('alarms in a snapshot', () => {
  it('are null where nobody watches, and nothing else is another then', () => {
    expect(takeSnapshot(well).alarms).toBeNull();
    expect(withAlarms(takeSnapshot(well), well, null)).toEqual(takeSnapshot(well));
    const snapshot = told(bookOf([], { total: 12 }));
    expect(snapshot.overall).toBe('ok');
    expect(snapshot.alarms).toEqual({ total: 12, active: [], unwatched: [], flood: null });
  });

  it.each([
    ['note', 'ok'],
    ['warning', 'warning'],
    ['alarm', 'critical'],
  ] as const)('a raised %s makes the house %s, acknowledged or not', (priority, overall) => {
    for (const phase of ['active', 'acknowledged'] as const) {
      const snapshot = told(
        bookOf([raised('cycling', { priority, phase, about: ['burner'], detail: '9 starts an hour' })]),
      );
      expect(snapshot.overall).toBe(overall);
      expect(snapshot.reasons).toEqual(priority === 'note' ? [] : ['The alarm cycling: 9 starts an hour']);
    }
  });

  it.each([
    ['over', { phase: 'returned' }],
    ['shelved', { shelf: { at: AT, untilAt: AT + 3_600_000, by: 'master', reason: 'works' } }],
  ] as const)('one that is %s does not', (_, of) => {
    const snapshot = told(bookOf([raised('cycling', { priority: 'alarm', about: ['burner'], ...of })]));
    expect([snapshot.overall, snapshot.reasons, snapshot.alarms?.active.length]).toEqual(['ok', [], 1]);
  });

  it('what a value or a silent client says already is not said again', () => {
    const snapshot = told(bookOf([raised('flow-high', { about: ['flow'] })]), hot);
    expect(snapshot.reasons).toEqual(takeSnapshot(hot).reasons);
    expect(snapshot.alarms?.active.map(({ id }) => id)).toEqual(['flow-high']);
    // The same alarm about a value that says nothing.
    expect(told(bookOf([raised('flow-rise', { about: ['flow'] })])).reasons).toEqual(['The alarm flow-rise']);
  });

  it('what makes the house worse than anything else is said first', () => {
    const others = takeSnapshot(hot).reasons;
    const grave = raised('no-pump', { priority: 'alarm', about: ['burner'], order: 2 });
    const slight = raised('cycling', { about: ['burner'] });
    expect(told(bookOf([slight, grave]), hot).reasons).toEqual(['The alarm no-pump', 'The alarm cycling', ...others]);
    expect(told(bookOf([slight]), hot).reasons).toEqual([...others, 'The alarm cycling']);
  });

  it('stand in the order in which a person needs them', () => {
    const shelf = { at: AT, untilAt: AT + 1, by: null, reason: null };
    const book = bookOf([
      alarm('never'),
      raised('shelved', { priority: 'alarm', shelf }),
      raised('over', { priority: 'alarm', phase: 'returned' }),
      raised('known', { priority: 'alarm', phase: 'acknowledged' }),
      raised('note', { priority: 'note' }),
      raised('second', { order: 3 }),
      raised('first', { order: 2 }),
      raised('grave', { priority: 'alarm', order: 9 }),
      alarm('calm but shelved', { shelf }),
    ]);
    expect(takeAlarms(book).active.map(({ id }) => id)).toEqual([
      'grave',
      'first',
      'second',
      'note',
      'over',
      'known',
      'shelved',
      'calm but shelved',
    ]);
  });

  it('--only leaves out those about others, and none of those about the broker', () => {
    const book = bookOf([
      raised('flow-high', { about: ['flow'] }),
      raised('humid', { about: ['humidity'] }),
      raised('acl'),
    ]);
    expect(takeAlarms(book, new Set(['flow'])).active.map(({ id }) => id)).toEqual(['flow-high', 'acl']);
  });

  it('have all that is known of one', () => {
    const one = raised('flow-high', {
      ...{
        label: 'Flow above 80 °C',
        about: ['flow'],
        raisedValue: '83.0 °C',
        value: '81.2 °C',
        detail: 'the limit is 80',
      },
      ...{ phase: 'acknowledged', acknowledgedAt: AT, acknowledgedBy: 'master', returnedAt: AT - 90_000 },
      quietSince: AT - 20_000,
      ...{ cure: 'Turn it down', source: 'a manual', unwatched: 'Flow is stale' },
      shelf: { at: AT, untilAt: AT + 3_600_000, by: 'monitor', reason: 'works' },
    });
    const book = bookOf([one], {
      unwatched: [{ why: 'Flow is stale', ids: ['flow-high'] }],
      flood: { sinceAt: AT, count: 11, firstId: 'flow-high' },
    });
    expect(takeAlarms(book)).toEqual({
      total: 1,
      active: [
        {
          ...{ id: 'flow-high', label: 'Flow above 80 °C', priority: 'warning', state: 'acknowledged' },
          quietSince: '2026-01-11T14:22:20.000Z',
          ...{ raisedAt: '2026-01-11T14:21:40.000Z', returnedAt: '2026-01-11T14:21:10.000Z' },
          ...{ acknowledgedAt: '2026-01-11T14:22:40.000Z', acknowledgedBy: 'master' },
          ...{ raisedValue: '83.0 °C', value: '81.2 °C', detail: 'the limit is 80', cure: 'Turn it down' },
          ...{ source: 'a manual', about: ['flow'], unwatched: 'Flow is stale' },
          shelved: { until: '2026-01-11T15:22:40.000Z', by: 'monitor', reason: 'works' },
        },
      ],
      unwatched: [{ why: 'Flow is stale', ids: ['flow-high'] }],
      flood: { since: '2026-01-11T14:22:40.000Z', count: 11, first: 'Flow above 80 °C' },
    });
  });

  it('are not judged by where there is no link: why is said already', () => {
    const lost = {
      ...well,
      link: { phase: 'idle' } as const,
      alarms: bookOf([raised('no-pump', { priority: 'alarm' })]),
    };
    expect(withAlarms(takeSnapshot(lost), lost, null)).toEqual(takeSnapshot(lost));
  });
});

describe('alarms in each form', () => {
  const snapshot = told(
    bookOf(
      [
        raised('no-pump', {
          ...{ label: 'Burner on without the pump', priority: 'alarm', about: ['burner'] },
          ...{ detail: 'for 40 s', cure: 'Switch the pump on' },
        }),
        raised('humid', { label: 'Too humid', phase: 'returned', value: '79 %', about: ['humidity'] }),
        alarm('flow-high', { about: ['flow'], shelf: { at: AT, untilAt: AT + 1, by: null, reason: null } }),
      ],
      {
        total: 20,
        unwatched: [
          { why: 'Room is stale', ids: ['a', 'b'] },
          { why: 'Attic is stale', ids: ['c'] },
        ],
      },
    ),
  );

  it('json follows its schema', () => {
    expect(v.safeParse(statusSchema, JSON.parse(statusJson(snapshot))).success).toBe(true);
  });

  it('nagios has the worst one in its line, and each below', () => {
    const [line, ...more] = nagiosText(snapshot, well.house).trimEnd().split('\n');
    expect(line).toMatch(/^HOMETUI CRITICAL - Burner on without the pump: for 40 s \| /);
    expect(more).toEqual([
      'Burner on without the pump: for 40 s',
      'alarm active: Burner on without the pump (for 40 s). Switch the pump on',
      'warning over, not acknowledged: Too humid',
      'warning shelved: The alarm flow-high',
      'broker mqtt://localhost:1883',
    ]);
  });

  it('nagios names what waits for an acknowledgement though the house is well', () => {
    const calm = told(bookOf([raised('humid', { label: 'Too humid', phase: 'returned' })]));
    expect(nagiosText(calm, well.house).trimEnd().split('\n').slice(1)).toEqual([
      'warning over, not acknowledged: Too humid',
      'broker mqtt://localhost:1883',
    ]);
  });

  it('prometheus has a sample for each, and how many are watched and judged', () => {
    const families = parsePrometheus(prometheusText(snapshot, 'Home'));
    const of = (name: string) => families.get(name)?.samples.map(({ labels, value }) => [labels.alarm ?? '', value]);
    expect(of('hometui_alarm_active')).toEqual([
      ['no-pump', 1],
      ['humid', 0],
      ['flow-high', 0],
    ]);
    expect(of('hometui_alarm_unacknowledged')).toEqual([
      ['no-pump', 1],
      ['humid', 1],
      ['flow-high', 0],
    ]);
    expect(of('hometui_alarm_shelved')).toEqual([
      ['no-pump', 0],
      ['humid', 0],
      ['flow-high', 1],
    ]);
    expect([of('hometui_alarms_watched'), of('hometui_alarms_unjudged')]).toEqual([[['', 20]], [['', 3]]]);
    expect(families.get('hometui_alarm_active')?.samples[0]?.labels).toMatchObject({
      ...{ label: 'Burner on without the pump', priority: 'alarm', house: 'Home' },
    });
  });

  it('csv has a record for each', () => {
    expect(parseCsv(statusCsv(snapshot)).filter(([kind]) => kind === 'alarm')).toEqual([
      [
        'alarm',
        'no-pump',
        'Burner on without the pump',
        'active',
        '',
        '2026-01-11T14:21:40.000Z',
        '',
        '',
        'alarm',
        'for 40 s; Switch the pump on',
        '',
      ],
      ['alarm', 'humid', 'Too humid', 'returned', '', '2026-01-11T14:21:40.000Z', '', '', 'warning', '79 %', ''],
      ['alarm', 'flow-high', 'The alarm flow-high', 'shelved', '', '', '', '', 'warning', '', ''],
    ]);
  });
});
