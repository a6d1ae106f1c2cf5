import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../src/ui/panels/summary.ts';
import { connected, emptyHome, houseOf, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

describe('the summary of all values', () => {
  it('counts what was heard since the link came, and forgets it with the link', () => {
    const home = livingHome(60);
    expect(summaryOf(home)).toMatchObject({ total: 4, heard: 4, trouble: null });
    expect(summaryOf({ ...home, listeningSince: null }).heard).toBe(0);
    expect(summaryOf(withEvents(home, connected(START + 61_000))).heard).toBe(0);
    expect(summaryOf(home).heard).toBe(4);
  });

  it('names the worst of them', () => {
    const warm = withEvents(livingHome(60), message(START + 61_000, 'heating/return', '75'), tick(START + 61_100));
    expect(summaryOf(warm).trouble?.id).toBe('return');
    const hot = withEvents(warm, message(START + 62_000, 'heating/flow', '95'), tick(START + 62_100));
    expect(summaryOf(hot).trouble?.id).toBe('flow');
    expect(summaryOf(withEvents(livingHome(60), message(START + 61_000, 'cellar/humidity', '?'))).trouble?.id).toBe(
      'humidity',
    );
  });

  it('finds one among a thousand', () => {
    const home = withEvents(emptyHome(houseOf(1_000, 1)), connected(START), message(START + 1, 'house/s777', '50'));
    expect(summaryOf(home)).toMatchObject({ total: 1_000, heard: 1 });
  });
});
