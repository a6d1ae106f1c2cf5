import { describe, expect, it } from 'vitest';
import { type KeptFile, keepAll, planRemoval, type Retention } from '../../../src/core/history/retention.ts';

const TODAY = 20_786;
const MIB = 1_048_576;

/** Two years: a day of 1 MiB each, roll-ups of thirty days of 2 MiB, of a year of 4 MiB, events of thirty days of 1 MiB. */
function twoYears(isRolled = true): readonly KeptFile[] {
  const file = (kind: KeptFile['kind'], first: number, days: number, bytes: number): KeptFile => ({
    ...{ kind, first, last: first + days - 1, bytes: bytes * MIB, isRolled },
    name: `${kind} ${first}`,
  });
  const first = TODAY - 720;
  return [
    ...Array.from({ length: 720 }, (_, day) => file('readings', first + day, 1, 1)),
    ...Array.from({ length: 24 }, (_, month) => file('5m', first + 30 * month, 30, 2)),
    ...Array.from({ length: 24 }, (_, month) => file('events', first + 30 * month, 30, 1)),
    ...Array.from({ length: 2 }, (_, year) => file('1h', first + 360 * year, 360, 4)),
  ];
}

const ALL = 720 + 48 + 24 + 8;
/** How many files of each kind go, and why. */
function plan(limits: Partial<Retention>, files = twoYears()): Readonly<Record<string, number>> {
  const { removals, overBy } = planRemoval(files, { ...keepAll, ...limits }, TODAY);
  const counts: Record<string, number> = overBy > 0 ? { overBy: overBy / MIB } : {};
  for (const { file, why } of removals) counts[`${file.kind} ${why}`] = (counts[`${file.kind} ${why}`] ?? 0) + 1;
  return counts;
}

describe('what is kept', () => {
  it.each<[string, Partial<Retention>, Readonly<Record<string, number>>]>([
    ['is all, where nothing is said', {}, {}],
    ['are the values of so many days, and all roll-ups', { readingDays: 365 }, { 'readings age': 355 }],
    ['are roll-ups and events of so many years', { rollUpYears: 1 }, { '5m age': 11, 'events age': 11 }],
    ['is all that fits the budget', { budgetBytes: ALL * MIB }, {}],
    ['is by the budget first the newer of the values', { budgetBytes: (ALL - 100) * MIB }, { 'readings budget': 100 }],
    [
      'are by a small budget the last seven days, the roll-ups of an hour and the events',
      { budgetBytes: 60 * MIB },
      { 'readings budget': 713, '5m budget': 14 },
    ],
    [
      'is never less than that',
      { budgetBytes: MIB },
      { 'readings budget': 713, '5m budget': 23, overBy: ALL - 713 - 46 - 1 },
    ],
    [
      'is by both what fits both',
      { readingDays: 100, budgetBytes: 150 * MIB },
      { 'readings age': 620, 'readings budget': 30 },
    ],
  ])('%s', (_, limits, counts) => expect(plan(limits)).toEqual(counts));

  it('are values whose roll-ups are missing, whatever their age and size', () => {
    expect(plan({ readingDays: 1 }, twoYears(false))).toEqual({});
    expect(plan({ budgetBytes: MIB }, twoYears(false))).toEqual({ overBy: ALL - 1 });
  });

  it('are the newest: nothing goes that is newer than something of its kind that stays', () => {
    for (let budget = 1; budget < ALL; budget += 37) {
      const files = twoYears();
      const { removals } = planRemoval(files, { ...keepAll, budgetBytes: budget * MIB }, TODAY);
      const gone = new Set(removals.map(({ file }) => file));
      for (const kind of ['readings', '5m']) {
        const stay = files.filter(file => file.kind === kind && !gone.has(file)).map(({ first }) => first);
        const go = [...gone].filter(file => file.kind === kind).map(({ first }) => first);
        if (stay.length > 0 && go.length > 0) expect(Math.max(...go)).toBeLessThan(Math.min(...stay));
      }
    }
  });

  it.each<[string, KeptFile['kind'], number, Partial<Retention>, boolean]>([
    ['the last day of the values that are kept', 'readings', TODAY - 30, { readingDays: 30 }, false],
    ['the day before it', 'readings', TODAY - 31, { readingDays: 30 }, true],
    ['values, however old, where only roll-ups are limited', 'readings', TODAY - 3_000, { rollUpYears: 1 }, false],
    ['the last day of the roll-ups that are kept', '1h', Math.ceil(TODAY - 365.25), { rollUpYears: 1 }, false],
    ['the day before it', '1h', Math.ceil(TODAY - 365.25) - 1, { rollUpYears: 1 }, true],
    ['roll-ups, however old, where only values are limited', '5m', TODAY - 3_000, { readingDays: 1 }, false],
    ['the last seven days, whatever the budget', 'readings', TODAY - 7, { budgetBytes: 0 }, false],
    ['the day before them', 'readings', TODAY - 8, { budgetBytes: 0 }, true],
    ['events, whatever the budget', 'events', TODAY - 3_000, { budgetBytes: 0 }, false],
  ])('%s', (_, kind, day, limits, goes) => {
    const file: KeptFile = { name: 'it', kind, first: day, last: day, bytes: 10, isRolled: true };
    expect(planRemoval([file], { ...keepAll, ...limits }, TODAY).removals).toHaveLength(goes ? 1 : 0);
  });

  it('is as much as the budget takes, to the byte', () => {
    const days = [10, 9, 8].map(
      (ago): KeptFile => ({
        ...{ name: `${ago}`, kind: 'readings', first: TODAY - ago, last: TODAY - ago, bytes: 10, isRolled: true },
      }),
    );
    const gone = (budgetBytes: number) =>
      planRemoval(days.toReversed(), { ...keepAll, budgetBytes }, TODAY).removals.map(({ file }) => file.name);
    expect([gone(30), gone(29), gone(20), gone(19)]).toEqual([[], ['10'], ['10'], ['10', '9']]);
  });
});
