import { describe, expect, it } from 'vitest';
import { entryOf, isAtLeast, isEnding, isRaising, noticeOf } from '../../../src/core/notices/notice.ts';
import { AT, alarm, book, change, entry } from '../../helpers/notices/changes.ts';

const head = { id: 'x-1', at: AT, house: 'Home' };

describe('what a change says', () => {
  it('has the words of its alarm, at the time of day', () => {
    const known = book(alarm('flow-high', { tell: ['phone'] }));
    expect(entryOf(change('flow-high', 'raised'), known, AT + 5)).toEqual({
      ...entry('flow-high', 'raised', { at: AT + 5, tell: ['phone'] }),
    });
    expect(entryOf(change('gone', 'cleared'), known, AT)).toMatchObject({ label: 'gone', value: null, cure: null });
  });

  it('is news where the alarm came while it was shelved', () => {
    const of = (phase: 'active' | 'acknowledged') =>
      entryOf(change('a', 'unshelved'), book(alarm('a', { phase })), AT).kind;
    expect([of('active'), of('acknowledged')]).toEqual(['repeated', 'unshelved']);
  });
});

describe('a notice', () => {
  it('of one alarm has its sentence for a title, and says what to do', () => {
    const notice = noticeOf({ type: 'alarms', entries: [entry('a', 'raised')], waitsUntil: null }, head);
    expect(notice).toEqual({
      ...{
        id: 'x-1',
        type: 'alarms',
        house: 'Home',
        at: AT,
        priority: 'alarm',
        title: 'Home: alarm raised: Label of a',
      },
      ...{ text: '01 Jan 12:00:00  alarm raised: Label of a\n  Look at it.', entries: [entry('a', 'raised')] },
    });
  });

  it('of several counts them, and is as grave as the gravest', () => {
    const entries = [
      entry('a', 'raised', { priority: 'note' }),
      entry('b', 'repeated', { priority: 'warning', cure: null }),
      entry('c', 'cleared', { priority: 'note' }),
    ];
    const notice = noticeOf({ type: 'alarms', entries, waitsUntil: null }, head);
    expect([notice.title, notice.priority]).toEqual(['Home: 2 alarms raised, 1 alarm over', 'warning']);
    expect(notice.text.split('\n')).toEqual([
      '01 Jan 12:00:00  alarm raised: Label of a',
      '  Look at it.',
      '01 Jan 12:00:00  alarm repeated: Label of b',
      '01 Jan 12:00:00  alarm cleared: Label of c',
    ]);
    const over = noticeOf(
      { type: 'alarms', entries: [entries[2] ?? entry('c', 'cleared'), entry('d', 'returned')], waitsUntil: null },
      head,
    );
    expect(over.title).toBe('Home: 2 alarms over');
    const raised = noticeOf({ type: 'alarms', entries: entries.slice(0, 2), waitsUntil: null }, head);
    expect(raised.title).toBe('Home: 2 alarms raised');
  });

  it('of a flood has its sentence for a title, whatever is told beside it', () => {
    const entries = [entry('a', 'raised'), entry('b', 'flooded', { text: '11 alarms within 10 min' })];
    expect(noticeOf({ type: 'alarms', entries, waitsUntil: null }, head).title).toBe('Home: 11 alarms within 10 min');
  });

  it('says when the next one comes, what nobody acknowledged, and that it is a test', () => {
    const limit = noticeOf({ type: 'alarms', entries: [entry('a', 'raised')], waitsUntil: AT + 3_600_000 }, head);
    expect(limit.text).toMatch(
      /^More than 10 notices within an hour: what comes now is told together at 01 Jan 13:00\.\n/,
    );
    expect(limit.type).toBe('limit');
    const both = noticeOf({ type: 'reminder', entries: [entry('a', 'raised')], waitsUntil: AT }, head);
    expect([both.type, both.title]).toEqual(['limit', 'Home: 1 alarm not acknowledged']);
    expect(both.text).toMatch(/^More than 10 notices .*\.\nNobody has acknowledged:\n/);
    const reminder = noticeOf({ type: 'reminder', entries: [entry('a', 'raised')], waitsUntil: null }, head);
    expect([reminder.title, reminder.text.split('\n')[0]]).toEqual([
      'Home: 1 alarm not acknowledged',
      'Nobody has acknowledged:',
    ]);
    const test = noticeOf({ type: 'test', entries: [], waitsUntil: null }, head);
    expect(test).toMatchObject({
      ...{ title: 'Home: this is a test', priority: 'note' },
      text: 'hometui can reach you by this channel. No alarm was raised.',
    });
  });
});

it('priorities are in order', () => {
  const all = ['note', 'warning', 'alarm'] as const;
  expect(all.map(one => all.map(least => isAtLeast(one, least)))).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

it('kinds raise, end, or neither', () => {
  const kinds = [
    'raised',
    'repeated',
    'flooded',
    'returned',
    'cleared',
    'acknowledged',
    'shelved',
    'unshelved',
  ] as const;
  expect(kinds.filter(isRaising)).toEqual(['raised', 'repeated', 'flooded']);
  expect(kinds.filter(isEnding)).toEqual(['returned', 'cleared']);
});
