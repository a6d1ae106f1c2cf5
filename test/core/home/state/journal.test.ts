import { describe, expect, it } from 'vitest';
import { groupJournal, groupText } from '../../../../src/core/home/journal-groups.ts';
import { addToJournal, type JournalEntry } from '../../../../src/core/home/state/journal.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { houseOf } from '../../../helpers/ui/home.ts';

type Told = Partial<Pick<JournalEntry, 'level' | 'kind' | 'form' | 'subject'>>;

function journalOf(told: readonly (Told & { readonly at?: number })[]): readonly JournalEntry[] {
  let state = { at: 0, nextId: 1, journal: [] as readonly JournalEntry[] };
  for (const { at = state.at, ...entry } of told)
    state = addToJournal({ ...state, at }, { level: 'info', kind: 'sensor', subject: null, text: 't', ...entry });
  return state.journal;
}

const stale = (count: number, at = 0) =>
  Array.from({ length: count }, (_, place) => ({ level: 'warning', form: 'stale', subject: `s${place}`, at }) as const);

const house = createHouse(houseOf(5_000, 40));

describe('the journal', () => {
  it('keeps what was there where 5,000 values fall silent at once, and how many they were', () => {
    const journal = journalOf([
      { level: 'critical', kind: 'denial' },
      { kind: 'link', level: 'good' },
      ...stale(5_000),
    ]);
    expect(journal.length).toBeLessThanOrEqual(1_500);
    expect(journal.slice(0, 2).map(({ kind }) => kind)).toEqual(['denial', 'link']);
    const [group, ...others] = groupJournal(journal);
    expect([group?.count, others.length]).toEqual([5_000, 2]);
    expect(group === undefined ? '' : groupText(group, house)).toMatch(/^5000 values became stale: Sensor \d+, /);
  });

  it('keeps the worse longer, and the newest whatever they tell', () => {
    const journal = journalOf([
      ...Array.from({ length: 300 }, () => ({ level: 'critical', kind: 'broker' }) as const),
      ...Array.from({ length: 4_000 }, () => ({ level: 'info', kind: 'switch' }) as const),
    ]);
    expect(journal.length).toBeLessThanOrEqual(1_500);
    expect(journal.filter(({ level }) => level === 'critical')).toHaveLength(300);
    expect(journal.slice(-200).every(({ level }) => level === 'info')).toBe(true);
    const bad = journalOf(Array.from({ length: 4_000 }, () => ({ level: 'critical', kind: 'broker' }) as const));
    expect(bad.at(-1)?.id).toBe(4_000);
    expect(bad.length).toBeLessThanOrEqual(1_500);
  });

  it('makes one of those that tell the same within a short while, where they are many', () => {
    expect(groupJournal(journalOf(stale(4))).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    expect(groupJournal(journalOf(stale(5))).map(({ count }) => count)).toEqual([5]);
    const apart = journalOf([...stale(6), { kind: 'switch', at: 10_000 }, ...stale(6, 16_000)]);
    expect(groupJournal(apart).map(({ count }) => count)).toEqual([6, 1, 6]);
    const mixed = journalOf(
      stale(6).flatMap(entry => [entry, { ...entry, level: 'good', form: 'live-again' } as const]),
    );
    expect(groupJournal(mixed).map(({ count }) => count)).toEqual([6, 6]);
  });

  it('names three of them and counts the others', () => {
    const [group] = groupJournal(journalOf(stale(7)));
    expect(group && groupText(group, house)).toBe('7 values became stale: Sensor 6, Sensor 5, Sensor 4 and 4 more');
  });
});
