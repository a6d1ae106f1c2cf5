import { describe, expect, it } from 'vitest';
import { changeText, floodText } from '../../../src/core/alarms/change-text.ts';
import { countRaise, endFlood, type FloodWatch, noFlood } from '../../../src/core/alarms/flood.ts';
import { hasSomethingToSay, openLedger } from '../../../src/core/alarms/ledger.ts';
import { createAlarm } from '../../../src/core/alarms/machine.ts';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';

const alarm = (more: Partial<AlarmState> = {}): AlarmState => ({
  ...createAlarm({
    ...{
      id: 'hot',
      label: 'Hot',
      priority: 'warning',
      onDelayMs: 0,
      offDelayMs: 0,
      cure: null,
      tell: null,
      source: null,
    },
    ...{
      about: [],
      isLatched: false,
      condition: { looksAt: {}, start: () => null, judge: () => ({ kind: 'not-so', value: null }) },
    },
  }),
  ...more,
});
const raised = alarm({ phase: 'active', detail: 'it is 9', value: '9', raisedValue: '9', order: 5, count: 1 });
const shelf = { at: 0, untilAt: 600_000, by: 'me', reason: null };

describe('what became of an alarm', () => {
  it.each<[Parameters<typeof changeText>[0], Partial<AlarmState>, string | null, string]>([
    ['raised', {}, null, 'warning raised: Hot (it is 9)'],
    ['raised', { detail: null }, null, 'warning raised: Hot'],
    [
      'raised',
      { isHeld: true },
      null,
      'warning raised: Hot (it is 9); it comes and goes, and stays until it is quiet for an hour',
    ],
    ['repeated', {}, null, 'warning goes on: Hot (it is 9)'],
    ['returned', { value: null }, null, 'warning over, not acknowledged: Hot'],
    ['returned', { value: '1' }, null, 'warning over, not acknowledged: Hot (1, it was 9)'],
    ['cleared', {}, null, 'warning over: Hot (9)'],
    ['cleared', { raisedValue: null }, null, 'warning over: Hot (9)'],
    ['acknowledged', {}, 'me', 'warning acknowledged by me: Hot'],
    ['acknowledged', {}, null, 'warning acknowledged: Hot'],
    ['shelved', { shelf }, 'me', 'warning shelved by me for 10 min: Hot'],
    ['shelved', { shelf: { ...shelf, reason: 'so' } }, null, 'warning shelved for 10 min (so): Hot'],
    ['unshelved', {}, null, 'warning shelved no more: Hot, it goes on'],
    ['unshelved', { phase: 'acknowledged' }, null, 'warning shelved no more: Hot, it goes on'],
    ['unshelved', { phase: 'returned' }, null, 'warning shelved no more: Hot'],
  ])('%s with %o by %s', (kind, more, by, text) => {
    expect(changeText(kind, { ...raised, ...more }, by)).toBe(text);
  });

  it('is told in 300 signs', () => {
    expect(changeText('raised', { ...raised, detail: 'x'.repeat(400) }, null)).toHaveLength(300);
    expect(floodText(11, 'Hot')).toBe('11 alarms within 10 min, the first of them: Hot');
  });
});

describe('a flood', () => {
  const raisedLately = (count: number, everyMs = 1_000): FloodWatch =>
    Array.from({ length: count }, (_, place) => place).reduce(
      (watch, place) => countRaise(watch, { alarm: alarm({ id: `a${place}` }), at: place * everyMs }),
      noFlood,
    );

  it('are more than ten within ten minutes', () => {
    expect(raisedLately(10).flood).toBeNull();
    expect(raisedLately(11).flood).toEqual({ sinceAt: 0, count: 11, firstId: 'a0' });
    expect(raisedLately(12).flood).toEqual({ sinceAt: 0, count: 12, firstId: 'a0' });
    expect(raisedLately(11, 60_000).flood).toBeNull();
    expect(raisedLately(11, 59_999).flood).not.toBeNull();
  });

  it('is over when fewer than five were raised within ten minutes', () => {
    const watch = raisedLately(11);
    expect(endFlood(watch, 605_999)).toBe(watch);
    expect(endFlood(watch, 606_000)).toMatchObject({ flood: null });
    const calm = raisedLately(3);
    expect(endFlood(calm, 9_999_999)).toBe(calm);
  });
});

describe('the ledger', () => {
  const open = () => {
    const ledger = openLedger({ order: 4, number: 20 });
    ledger.take(() => [], false);
    return ledger;
  };

  it('numbers what is new, and tells it once', () => {
    const ledger = open();
    expect([ledger.nextOrder(), ledger.take(() => [], false)]).toEqual([5, null]);
    ledger.note(alarm(), { alarm: raised, kind: 'raised' }, 100, null);
    expect(ledger.counters()).toEqual({ order: 5, number: 21 });
    expect(ledger.nextOrder()).toBe(6);
    const news = ledger.take(() => [raised, alarm({ id: 'calm' })], true);
    expect(news?.changes).toEqual([
      {
        ...{ number: 21, id: 'hot', kind: 'raised', priority: 'warning', at: 100, by: null, isQuiet: false },
        text: 'warning raised: Hot (it is 9)',
      },
    ]);
    expect(news?.book).toMatchObject({ total: 2, flood: null, revision: 2, source: 'own', unwatched: [] });
    expect([...(news?.book.alarms.keys() ?? [])]).toEqual(['hot']);
    expect(ledger.last()).toBe(news?.book);
    expect(ledger.take(() => [], false)).toBeNull();
  });

  it('lets what only moved a value on wait', () => {
    const ledger = open();
    ledger.note(raised, { alarm: { ...raised, value: '10' }, kind: null }, 100, null);
    expect(ledger.take(() => [], true)).toBeNull();
    expect(ledger.take(() => [], false)?.changes).toEqual([]);
    ledger.note(raised, { alarm: raised, kind: null }, 100, null);
    expect(ledger.take(() => [], false)).toBeNull();
    ledger.touch();
    expect(ledger.take(() => [], false)?.changes).toEqual([]);
  });

  it('is quiet of what is put aside, but for what a person does', () => {
    const ledger = open();
    const aside = { ...raised, shelf };
    for (const kind of ['raised', 'repeated', 'returned', 'cleared', 'acknowledged', 'unshelved'] as const)
      ledger.note(aside, { alarm: { ...aside }, kind }, 100, 'me');
    const told = ledger.take(() => [], false)?.changes.map(({ kind, isQuiet, by }) => [kind, isQuiet, by]);
    expect(told).toEqual([
      ...[
        ['raised', true, 'me'],
        ['repeated', true, 'me'],
        ['returned', true, 'me'],
        ['cleared', true, 'me'],
      ],
      ...[
        ['acknowledged', false, 'me'],
        ['unshelved', false, 'me'],
      ],
    ]);
  });

  it('tells a flood as one, and is quiet of each in it until it is over', () => {
    const ledger = open();
    for (let place = 1; place <= 12; place++)
      ledger.note(alarm(), { alarm: { ...raised, id: `a${place}` }, kind: 'raised' }, place, null);
    const changes = ledger.take(() => [], false)?.changes ?? [];
    expect(changes.filter(({ isQuiet }) => isQuiet).map(({ id }) => id)).toEqual(['a11', 'a12']);
    expect(changes.filter(({ kind }) => kind === 'flooded')).toMatchObject([
      { id: 'a1', at: 11, by: null, isQuiet: false, text: '11 alarms within 10 min, the first of them: Hot' },
    ]);
    expect(ledger.last().flood).toEqual({ sinceAt: 1, count: 12, firstId: 'a1' });
    ledger.passTime(500_000);
    expect(ledger.take(() => [], false)).toBeNull();
    ledger.passTime(700_000);
    expect(ledger.take(() => [], false)?.book.flood).toBeNull();
  });

  it('does not count what is put aside for a flood', () => {
    const ledger = open();
    for (let place = 1; place <= 12; place++)
      ledger.note({ ...alarm(), shelf }, { alarm: { ...raised, shelf }, kind: 'raised' }, place, null);
    ledger.take(() => [], false);
    expect(ledger.last().flood).toBeNull();
  });

  it('tells of one that the house has no more', () => {
    const ledger = open();
    ledger.noteGone(raised, 100);
    expect(ledger.take(() => [], true)?.changes).toMatchObject([
      {
        id: 'hot',
        kind: 'cleared',
        at: 100,
        by: null,
        isQuiet: false,
        text: 'warning over: Hot, which the house has no more',
      },
    ]);
  });

  it('groups what nobody watches by its reason', () => {
    const ledger = open();
    ledger.touch();
    const list = [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
      ['d', null],
    ] as const;
    const book = ledger.take(() => list.map(([id, unwatched]) => alarm({ id, unwatched })), false)?.book;
    expect(book?.unwatched).toEqual([
      { why: 'x', ids: ['a', 'c'] },
      { why: 'y', ids: ['b'] },
    ]);
  });
});

it.each<[Partial<AlarmState>, boolean]>([
  [{}, false],
  [{ phase: 'returned' }, true],
  [{ shelf }, true],
  [{ dueSince: 0 }, true],
  [{ count: 1 }, true],
])('of one with %o there is something to say: %s', (more, expected) => {
  expect(hasSomethingToSay(alarm(more))).toBe(expected);
});
