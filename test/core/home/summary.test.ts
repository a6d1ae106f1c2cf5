import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { summaryOf, unwellOf } from '../../../src/core/home/summary.ts';
import {
  article,
  connected,
  emptyHome,
  houseOf,
  livingHome,
  message,
  START,
  tick,
  withEvents,
} from '../../helpers/ui/home.ts';

/** It says so by two readings, of which a jump holds the first: and a tick later. */
const twice = (home: HomeState, at: number, topic: string, value: string): HomeState =>
  withEvents(home, message(at, topic, value), message(at, topic, value), tick(at + 100));

describe('the summary of all values', () => {
  it('counts what was heard since the link came, and forgets it with the link', () => {
    const home = livingHome(60);
    expect(summaryOf(home)).toMatchObject({ total: 4, heard: 4, trouble: null });
    expect(summaryOf({ ...home, listeningSince: null }).heard).toBe(0);
    expect(summaryOf(withEvents(home, connected(START + 61_000))).heard).toBe(0);
    expect(summaryOf(home).heard).toBe(4);
  });

  it('names the worst of them', () => {
    const warm = twice(livingHome(60), START + 61_000, 'heating/return', '75');
    expect(summaryOf(warm).trouble?.id).toBe('return');
    const hot = twice(warm, START + 62_000, 'heating/flow', '95');
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

describe('what is not well', () => {
  it('is what is silent, unreadable or beyond a limit, and what is derived from that', () => {
    const home = livingHome(60);
    expect([...unwellOf(home)]).toEqual([]);
    const hot = twice(home, START + 61_000, 'heating/flow', '95');
    expect([...unwellOf(hot)]).toEqual([
      ['flow', 'critical'],
      ['spread', 'warning'],
    ]);
    const broken = withEvents(home, message(START + 61_000, 'cellar/humidity', '?'));
    expect([...unwellOf(broken).keys()]).toEqual(['humidity', 'dewPoint']);
    const silent = withEvents(home, tick(START + 90_000));
    expect(unwellOf(silent).size).toBe(6);
  });

  it('is not what was only not heard yet in the first seconds after a connect', () => {
    const home = withEvents(emptyHome(), connected(START));
    expect(unwellOf(withEvents(home, tick(START + 5_000))).size).toBe(0);
    expect(unwellOf(withEvents(home, tick(START + 13_000))).size).toBe(6);
  });

  it('is all that an offline client serves, and a switch that a retained command waits for', () => {
    const config = article();
    const { heating } = config.clients;
    const clients = {
      ...config.clients,
      heating: { publishes: [], ...heating, availability: { topic: 'heating/lwt' } },
    };
    const home = livingHome(60, emptyHome({ ...config, clients }));
    const off = withEvents(home, message(START + 60_600, 'heating/lwt', 'offline', true));
    expect([...unwellOf(off).keys()]).toEqual(['flow', 'return', 'pump', 'burner', 'spread']);
    const retained = withEvents(home, message(START + 60_600, 'heating/pump', 'on', true));
    expect([...unwellOf(retained).keys()]).toEqual(['pump']);
  });

  it('is the same map as long as it is the same', () => {
    const home = twice(livingHome(60), START + 61_000, 'heating/flow', '95');
    const later = withEvents(home, message(START + 62_000, 'heating/flow', '96'), tick(START + 62_100));
    expect(unwellOf(later)).toBe(unwellOf(home));
  });
});
