import { describe, expect, it } from 'vitest';
import { heardOccurrences, occurringIds } from '../../../src/ui/visitors/heard-occurrences.ts';
import { emptyHome, message, START, withEvents } from '../../helpers/ui/home.ts';
import { kindsHome } from '../../helpers/ui/kinds-home.ts';

describe('what a console heard of visitors', () => {
  it('is each ring with its time, and how often is counted', () => {
    const home = kindsHome();
    const found = heardOccurrences(home, at => at + 1_000);
    expect(occurringIds(home)).toEqual(['bell', 'motion']);
    expect(found.map(({ id, at, kind, word, count }) => [id, at - START, kind, word, count])).toEqual([
      ['motion', 1_000, 'counter', null, 2],
      ['bell', 2_000, 'event', 'ring', 1],
      ['bell', 301_000, 'event', 'ring', 1],
    ]);
    expect(found.map(({ label }) => label)).toEqual(['Motion', 'Door bell', 'Door bell']);
  });

  it('leaves out what the broker had kept, what cannot be read, and what other items say', () => {
    const before = kindsHome();
    const home = withEvents(
      before,
      message(before.at + 1, 'door/bell', 'single', true),
      message(before.at + 2, 'cellar/leak', 'wet'),
    );
    expect(heardOccurrences(home, at => at).filter(({ kind }) => kind === 'event')).toHaveLength(2);
  });

  it('is nothing in a house without a bell', () => {
    expect(occurringIds(emptyHome())).toEqual([]);
    expect(heardOccurrences(emptyHome(), at => at)).toEqual([]);
  });
});
