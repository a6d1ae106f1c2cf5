import { describe, expect, it } from 'vitest';
import type { Film } from '../../../src/app/replay/film.ts';
import type { Past } from '../../../src/app/replay/past.ts';
import { openPlayer } from '../../../src/app/replay/player.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

const END = 1_000_000;

/** A player of a film on which each step takes so long that keys have their turn behind it. */
function open(read: () => void = () => {}, stepMs = 50) {
  const clock = createFakeClock();
  const home = emptyHome();
  let at = 0;
  const film: Film = {
    ...{ at: () => at, known: () => home, gap: () => null, nextAt: () => null },
    state: () => {
      read();
      return home;
    },
    advance: until => {
      read();
      clock.advance(stepMs);
      at = Math.min(until, at + 10_000);
      return at < until;
    },
    rewind: () => {
      read();
      at = 0;
    },
  };
  const past = { refresh: () => {}, range: () => ({ from: 0, until: END }), isDamagedOn: () => false };
  const player = openPlayer({
    film,
    past: past as unknown as Past,
    clock,
    speed: 100,
    inWords: error => `no more: ${(error as { code?: string }).code}`,
  });
  return Object.assign(player, { clock });
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

describe('a record that cannot be read any more', () => {
  const gone = Object.assign(new Error('gone'), { code: 'ENOENT' });

  function openGone() {
    const disk: { error: Error | null } = { error: null };
    const player = open(() => {
      if (disk.error !== null) throw disk.error;
    }, 0);
    let told = 0;
    player.subscribe(() => {
      told += 1;
    });
    return { player, disk, told: () => told };
  }

  it('while it plays: it stands still at what was read last, says why, and goes on when it is there again', async () => {
    const { player, disk, told } = openGone();
    await player.goTo(100_000);
    player.pause(false);
    const state = player.getState();
    disk.error = gone;
    const before = told();
    player.clock.advance(2_000);
    expect(told()).toBeGreaterThan(before);
    expect(player.trouble()).toBe('no more: ENOENT');
    expect(player.status()).toMatchObject({ at: 100_000, isPaused: true });
    expect(player.getState()).toBe(state);
    // Nothing goes by meanwhile.
    player.clock.advance(60_000);
    expect(player.status().at).toBe(100_000);
    disk.error = null;
    player.pause(false);
    expect(player.trouble()).toBeNull();
    player.clock.advance(2_000);
    expect(player.status().at).toBeGreaterThan(100_000);
    player.close();
  });

  it('on a way: it is broken off, and tried again with the next', async () => {
    const { player, disk } = openGone();
    await player.goTo(100_000);
    disk.error = gone;
    expect(await player.goTo(500_000)).toBe('broken-off');
    expect(player.status()).toMatchObject({ at: 100_000, isPaused: true, progress: null });
    expect(await player.next('event')).toBe('broken-off');
    expect(player.trouble()).toBe('no more: ENOENT');
    disk.error = null;
    expect(await player.goTo(500_000)).toBe('there');
    expect([player.trouble(), player.status().at]).toEqual([null, 500_000]);
    player.close();
  });

  it('while it is drawn: who listens is told afterwards', async () => {
    const { player, disk, told } = openGone();
    await player.goTo(100_000);
    disk.error = gone;
    const before = told();
    player.getState();
    expect(told()).toBe(before);
    player.clock.advance(1);
    expect(told()).toBe(before + 1);
    expect(player.trouble()).toBe('no more: ENOENT');
    player.close();
  });

  it('is no excuse for a fault of ours', async () => {
    const { player, disk } = openGone();
    await player.goTo(100_000);
    disk.error = new TypeError('ours');
    expect(() => player.getState()).toThrow('ours');
    await expect(player.goTo(5)).rejects.toThrow('ours');
    player.close();
  });
});
