import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../../src/core/history/history-event.ts';
import { occurrenceCounts, occurrenceDays, occurrencesOf } from '../../../../src/core/history/query/occurrences.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { kindsHouse } from '../../../helpers/house/kinds-house.ts';

const house = createHouse(kindsHouse);
const AT = new Date(2026, 10, 29, 14, 2, 5).getTime();

const entry = (at: number, detail: Record<string, unknown>, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  ...{ at, type: 'item', id: 'bell', severity: 'info', text: 'Door bell: ring', detail },
  ...more,
});
const ring = (at: number, more: Partial<HistoryEvent> = {}, detail = {}) =>
  entry(at, { kind: 'event', label: 'Bell of then', value: 'ring', word: 'single', ...detail }, more);
const picture = (at: number, snapshotBytes: number) => ring(at, {}, { isSnapshot: true, snapshotBytes });
const plain = { until: AT, id: 'bell', label: 'Door bell', kind: 'event', word: 'ring', count: 1 };

describe('what happened', () => {
  it('is told with the label that it has by now, and with that of then where it is gone', () => {
    expect(occurrencesOf([ring(AT)], house, null)).toEqual([{ at: AT, ...plain, snapshotBytes: null, note: null }]);
    expect(occurrencesOf([ring(AT, { id: 'old' })], house, null)).toMatchObject([{ id: 'old', label: 'Bell of then' }]);
    const bare = entry(AT, { kind: 'event' }, { id: 'old' });
    expect(occurrencesOf([bare], house, null)).toMatchObject([{ label: 'old', word: null }]);
  });

  it('is no change of a state, no fault, and nothing about others', () => {
    const others = [
      entry(AT, { kind: 'state', value: 'idle' }),
      ring(AT, { severity: 'warning' }),
      ring(AT, { severity: 'good' }),
      ring(AT, { type: 'client' }),
      ring(AT, { id: null }),
    ];
    expect(occurrencesOf(others, house, null)).toEqual([]);
    expect(occurrencesOf([ring(AT)], house, new Set(['motion']))).toEqual([]);
    expect(occurrencesOf([ring(AT)], house, new Set(['bell']))).toHaveLength(1);
  });

  it('has the picture that came with it or within a minute after it', () => {
    const sizes = (...events: readonly HistoryEvent[]) =>
      occurrencesOf(events, house, null).map(({ snapshotBytes }) => snapshotBytes);
    expect(sizes(ring(AT), picture(AT + 60_000, 7))).toEqual([7]);
    expect(sizes(ring(AT), picture(AT + 60_001, 7))).toEqual([null]);
    expect(sizes(ring(AT), ring(AT + 10), picture(AT + 20, 7))).toEqual([null, 7]);
    expect(sizes(picture(AT, 7), ring(AT + 10))).toEqual([null]);
    expect(sizes(ring(AT, {}, { snapshotBytes: 9 }))).toEqual([9]);
  });

  it('says where its time is not known well', () => {
    const late = ring(AT, { text: 'Door bell: ring (said while hometui stood still)' });
    expect(occurrencesOf([late], house, null)).toMatchObject([{ note: 'said while hometui stood still' }]);
  });

  it('is of a counter how often, since when', () => {
    const since = new Date(AT - 60_000).toISOString();
    const motion = entry(AT, { kind: 'counter', label: 'Motion', count: 14, since }, { id: 'motion' });
    expect(occurrencesOf([ring(AT - 1), motion], house, null)).toMatchObject([
      { ...{ at: AT - 60_000, until: AT, id: 'motion', kind: 'counter' }, word: null, count: 14 },
      { at: AT - 1 },
    ]);
    const broken = entry(AT, { kind: 'counter', count: 'x', since: 'soon' }, { id: 'motion' });
    expect(occurrencesOf([broken], house, null)).toMatchObject([{ at: AT, until: AT, count: 1 }]);
    const number = entry(AT, { kind: 'counter', count: 2, since: 5 }, { id: 'motion' });
    expect(occurrencesOf([number], house, null)).toMatchObject([{ at: AT, until: AT, count: 2 }]);
  });
});

describe('the days', () => {
  it('are those of here, with the most frequent first', () => {
    const beforeMidnight = new Date(2026, 10, 28, 23, 59, 59).getTime();
    const motion = (at: number, count: number) =>
      entry(at, { kind: 'counter', label: 'Motion', count, since: new Date(at).toISOString() }, { id: 'motion' });
    const events = [ring(beforeMidnight), ring(beforeMidnight + 1_000), motion(AT, 2), motion(AT + 1, 3)];
    const found = occurrencesOf(events, house, null);
    expect(occurrenceDays(found).map(({ day, counts }) => [day, counts])).toEqual([
      ['2026-11-28', [{ id: 'bell', label: 'Door bell', count: 1 }]],
      [
        '2026-11-29',
        [
          { id: 'motion', label: 'Motion', count: 5 },
          { id: 'bell', label: 'Door bell', count: 1 },
        ],
      ],
    ]);
    expect(occurrenceDays(found)[1]?.occurrences).toEqual(found.slice(1));
    expect(occurrenceCounts(found).map(({ count }) => count)).toEqual([5, 2]);
    expect(occurrenceDays([])).toEqual([]);
  });
});

it('a day takes a hundred thousand of them in one go', () => {
  const one = { ...plain, kind: 'event' as const, at: AT, snapshotBytes: null, note: null };
  const [day, ...others] = occurrenceDays(Array.from({ length: 100_000 }, () => one));
  expect([day?.occurrences.length, day?.counts[0]?.count, others]).toEqual([100_000, 100_000, []]);
});
