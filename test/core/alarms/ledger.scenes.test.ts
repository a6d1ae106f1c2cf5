import { describe, expect, it } from 'vitest';
import type { AlarmDefinition } from '../../../src/core/alarms/condition.ts';
import { openLedger } from '../../../src/core/alarms/ledger.ts';
import { createAlarm } from '../../../src/core/alarms/machine.ts';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';

const alarm = (id: string, change: Partial<AlarmState> = {}): AlarmState => ({
  ...createAlarm({
    ...{ id, label: id.toUpperCase(), priority: 'warning', cure: null, tell: null, source: null, about: [] },
    ...{ onDelayMs: 0, offDelayMs: 0, isLatched: false, condition: null as never },
  } satisfies AlarmDefinition),
  ...change,
});

function open() {
  const ledger = openLedger({ order: 4, number: 20 });
  ledger.take(() => [], false);
  const raise = (id: string, at: number, change: Partial<AlarmState> = {}): void => {
    const order = ledger.nextOrder();
    ledger.note(
      alarm(id, change),
      { alarm: alarm(id, { ...change, phase: 'active', order, count: 1 }), kind: 'raised' },
      at,
      null,
    );
  };
  const changes = () =>
    (ledger.take(() => [], false)?.changes ?? []).map(
      ({ number, kind, id, isQuiet }) => `${number} ${isQuiet ? 'quietly ' : ''}${kind} ${id}`,
    );
  return { ledger, raise, changes };
}

describe('what becomes of alarms', () => {
  it('is numbered on from where the run before ended', () => {
    const { ledger, raise, changes } = open();
    expect(ledger.nextOrder()).toBe(5);
    raise('a', 1_000);
    expect(ledger.nextOrder()).toBe(6);
    raise('b', 2_000);
    expect(ledger.counters()).toEqual({ order: 6, number: 22 });
    expect(changes()).toEqual(['21 raised a', '22 raised b']);
    expect(changes()).toEqual([]);
  });

  it('is told at once, and what only moved a value on with patience', () => {
    const { ledger, raise } = open();
    expect(ledger.take(() => [], false)).toBeNull();
    ledger.note(alarm('a'), { alarm: alarm('a', { value: '5' }), kind: null }, 0, null);
    expect(ledger.take(() => [], true)).toBeNull();
    expect(ledger.take(() => [], false)?.changes).toEqual([]);
    raise('a', 1_000);
    expect(ledger.take(() => [], true)?.changes).toHaveLength(1);
    const same = alarm('a');
    ledger.note(same, { alarm: same, kind: null }, 0, null);
    expect(ledger.take(() => [], false)).toBeNull();
    ledger.touch();
    expect(ledger.take(() => [], false)).not.toBeNull();
  });

  it('is quiet where the alarm is put aside, but for what a person does', () => {
    const shelf = { at: 0, untilAt: 9, by: null, reason: null };
    const { ledger, raise, changes } = open();
    raise('a', 0, { shelf });
    for (const kind of ['repeated', 'returned', 'cleared', 'acknowledged', 'shelved', 'unshelved'] as const) {
      ledger.note(alarm('a', { shelf }), { alarm: alarm('a', { shelf }), kind }, 0, 'me');
    }
    expect(changes()).toEqual([
      ...['21 quietly raised a', '22 quietly repeated a', '23 quietly returned a', '24 quietly cleared a'],
      ...['25 acknowledged a', '26 shelved a', '27 unshelved a'],
    ]);
  });

  it('is one where more than ten come within ten minutes, and each again when that is over', () => {
    const { ledger, raise, changes } = open();
    for (let number = 0; number < 10; number += 1) raise(`a${number}`, number * 1_000);
    expect(changes()).toHaveLength(10);
    raise('b', 10_000);
    raise('c', 10_000);
    expect(changes()).toEqual(['31 flooded a0', '32 quietly raised b', '33 quietly raised c']);
    expect(ledger.last().flood).toEqual({ sinceAt: 0, count: 12, firstId: 'a0' });
    ledger.passTime(700_000);
    expect(ledger.take(() => [], false)?.book.flood).toBeNull();
    raise('d', 700_000);
    expect(changes()).toEqual(['34 raised d']);
  });

  it('of one that is put aside makes no flood', () => {
    const shelf = { at: 0, untilAt: 9, by: null, reason: null };
    const { ledger, raise } = open();
    for (let number = 0; number < 20; number += 1) raise(`a${number}`, number, { shelf });
    expect(ledger.take(() => [], false)?.book.flood).toBeNull();
  });

  it('of one that the house has no more is said so', () => {
    const { ledger } = open();
    ledger.noteGone(alarm('a', { value: '5', raisedValue: '6' }), 7);
    expect(ledger.take(() => [], true)?.changes).toEqual([
      {
        ...{ number: 21, id: 'a', kind: 'cleared', at: 7, by: null, isQuiet: false, priority: 'warning' },
        text: 'warning over: A, which the house has no more',
      },
    ]);
  });
});

describe('the book', () => {
  it('has those of which there is something to say, how many there are, and why which cannot be judged', () => {
    const { ledger } = open();
    ledger.touch();
    const shelf = { at: 0, untilAt: 9, by: null, reason: null };
    const said = [
      ...[
        alarm('a', { phase: 'active' }),
        alarm('b', { shelf }),
        alarm('c', { dueSince: 0 }),
        alarm('d', { count: 1 }),
      ],
    ];
    const silent = [
      alarm('e', { unwatched: 'W' }),
      alarm('f', { unwatched: 'V' }),
      alarm('g', { unwatched: 'W' }),
      alarm('h'),
    ];
    const book = ledger.take(() => [...said, ...silent], false)?.book;
    expect([...(book?.alarms.keys() ?? [])]).toEqual(['a', 'b', 'c', 'd']);
    expect(book).toMatchObject({
      ...{ total: 8, revision: 2, source: 'own', flood: null },
      unwatched: [
        { why: 'W', ids: ['e', 'g'] },
        { why: 'V', ids: ['f'] },
      ],
    });
  });
});
