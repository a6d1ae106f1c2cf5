import { expect, it } from 'vitest';
import type { Film } from '../../../src/app/replay/film.ts';
import type { Past } from '../../../src/app/replay/past.ts';
import { openPlayer } from '../../../src/app/replay/player.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

const END = 1_000_000;

/** A player of a film on which each step takes so long that keys have their turn behind it. */
function open() {
  const clock = createFakeClock();
  const home = emptyHome();
  let at = 0;
  const film: Film = {
    ...{ at: () => at, state: () => home, known: () => home, gap: () => null, nextAt: () => null },
    advance: until => {
      clock.advance(50);
      at = Math.min(until, at + 10_000);
      return at < until;
    },
    rewind: () => {
      at = 0;
    },
  };
  const past = { refresh: () => {}, range: () => ({ from: 0, until: END }), isDamagedOn: () => false };
  return openPlayer(film, past as unknown as Past, clock, 60);
}

it('plays on arrival what was to be played on the way, and stands still what was stopped on it', async () => {
  const player = open();
  expect(player.status().isPaused).toBe(true);
  const way = player.goTo(100_000);
  player.pause(false);
  expect(player.status()).toMatchObject({ isPaused: false, progress: expect.any(Number) });
  // Space, before it has arrived.
  player.pause(true);
  expect(player.status().isPaused).toBe(true);
  expect(await way).toBe('there');
  expect(player.status()).toMatchObject({ at: 100_000, isPaused: true, progress: null });
  player.pause(false);
  const on = player.goTo(50_000);
  expect(await on).toBe('there');
  expect(player.status()).toMatchObject({ isPaused: false });
  player.close();
});

it('a way that is broken off by another one leaves to that one what becomes of it', async () => {
  const player = open();
  const first = player.goTo(200_000);
  player.pause(false);
  const second = player.goTo(100_000);
  expect(await first).toBe('broken-off');
  expect(await second).toBe('there');
  expect(player.status()).toMatchObject({ at: 100_000, isPaused: false });
  player.close();
});

it('stands still at the next thing unless somebody goes on meanwhile', async () => {
  const player = open();
  player.pause(false);
  expect(await player.next('event')).toBe('behind-last');
  expect(player.status().isPaused).toBe(true);
  player.close();
});
