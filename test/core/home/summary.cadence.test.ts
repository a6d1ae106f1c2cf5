import { describe, expect, it } from 'vitest';
import { type HomeState, withClients } from '../../../src/core/home/state/state.ts';
import { getRow, setRow } from '../../../src/core/home/state/table.ts';
import { summaryOf, unwellOf } from '../../../src/core/home/summary.ts';
import { update } from '../../../src/core/home/update.ts';
import { asNew, pacedHouse, randomSilences } from '../../helpers/random/random-silences.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

describe('the summary of what was summed up before', () => {
  it.each([1, 2, 3, 4])('is that of the same house looked at anew (seed %i)', seed => {
    let home = emptyHome(pacedHouse());
    const troubles = new Set<string>();
    for (const [place, event] of randomSilences(seed, 400).entries()) {
      home = update(home, event).state;
      // As it is drawn: after each tick, and now and then between.
      if (event.type === 'message-received' && place % 10 !== 0) continue;
      const [known, anew] = [summaryOf(home), summaryOf(asNew(home))];
      expect(known).toEqual(anew);
      expect([...unwellOf(home)]).toEqual([...unwellOf(asNew(home))]);
      if (known.trouble !== null) troubles.add(known.trouble.id);
    }
    expect(troubles.size).toBeGreaterThan(3);
  });
});

describe('a value that its client lends its cadence', () => {
  const listening = withEvents(emptyHome(pacedHouse()), connected(START));
  /** The sensor s1, which was heard once, in a house whose client is said to have this cadence, ms. */
  const lent = (home: HomeState, ms: number): HomeState => {
    const row = getRow(home.clients, 'one');
    if (row === undefined) throw new Error('the client is gone');
    return withClients(home, setRow(home.clients, 'one', { ...row, cadence: { ...row.cadence, ms } }));
  };
  const isWell = (home: HomeState): boolean => !unwellOf(home).has('s1');
  const heard = withEvents(listening, message(START + 20_000, 't/s1', '50'), tick(START + 25_000));

  it('is well until twice that cadence is over', () => {
    expect(isWell(heard)).toBe(true);
    expect(isWell(withEvents(heard, tick(START + 29_999)))).toBe(true);
    expect(isWell(withEvents(heard, tick(START + 30_000)))).toBe(false);
  });

  it('is late as soon as its client turns out to be quicker, and well again when it turns out not to be', () => {
    expect(isWell(heard)).toBe(true);
    expect(isWell(lent(heard, 3_333))).toBe(true);
    expect(isWell(lent(heard, 2_500))).toBe(false);
    expect(isWell(lent(heard, 1_000))).toBe(false);
    expect(isWell(lent(heard, 2_501))).toBe(true);
  });
});
