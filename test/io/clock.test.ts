import { describe, expect, it } from 'vitest';
import type { HomeEvent } from '../../src/core/home/state/event.ts';
import { openTimeWatch, systemClock, wallTimeOf } from '../../src/io/clock.ts';
import { createFakeClock, FAKE_START } from '../helpers/fake-clock.ts';

const HOUR_MS = 3_600_000;

describe('systemClock', () => {
  it('reads the wall clock of this machine in whole milliseconds', () => {
    const before = Date.now();
    const now = systemClock().now();
    expect(Number.isInteger(now)).toBe(true);
    expect(now).toBeGreaterThanOrEqual(before - 1);
    expect(now).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('waits longer than a timer of Node can, and can be called off', async () => {
    const clock = systemClock();
    const wentOff: string[] = [];
    const year = clock.after(365 * 24 * HOUR_MS, () => wentOff.push('a year'));
    await new Promise<void>(resolve => clock.after(20, resolve));
    expect(wentOff).toEqual([]);
    year.cancel();
  });

  it('follows the wall clock forward over a suspend, so that no age is understated', () => {
    const clock = createFakeClock();
    clock.suspend(8 * HOUR_MS);
    expect(clock.now()).toBe(FAKE_START + 8 * HOUR_MS);
    clock.advance(500);
    expect(clock.now()).toBe(FAKE_START + 8 * HOUR_MS + 500);
  });

  it('never goes back when the wall clock is set back, and goes on at the true pace', () => {
    const clock = createFakeClock();
    clock.setWall(-HOUR_MS);
    expect(clock.now()).toBe(FAKE_START);
    clock.advance(2_000);
    expect(clock.now()).toBe(FAKE_START + 2_000);
    expect(clock.wallNow()).toBe(FAKE_START - HOUR_MS + 2_000);
  });

  it('shows the right time of day for an event although the wall clock was set back meanwhile', () => {
    const clock = createFakeClock();
    const at = clock.now();
    clock.setWall(-HOUR_MS);
    clock.advance(2_000);
    expect(wallTimeOf(clock, at)).toBe(FAKE_START - HOUR_MS);
  });

  it('never goes back and never falls behind the wall clock, whatever happens to the time', () => {
    let seed = 42;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const clock = createFakeClock();
    let last = clock.now();
    for (let step = 0; step < 2_000; step++) {
      const ms = random() * 10_000;
      const move = [clock.advance, clock.suspend, clock.stop, (by: number) => clock.setWall(by - 5_000)][step % 4];
      move?.(ms);
      const now = clock.now();
      expect(now).toBeGreaterThanOrEqual(last);
      expect(now).toBeGreaterThanOrEqual(Math.floor(clock.wallNow()));
      last = now;
    }
  });

  it('calls after the delay, and not when cancelled', async () => {
    const clock = systemClock();
    const calls: string[] = [];
    clock.after(1, () => calls.push('cancelled')).cancel();
    await new Promise<void>(resolve => clock.after(5, resolve));
    expect(calls).toEqual([]);
  });
});

describe('openTimeWatch', () => {
  const watch = () => {
    const clock = createFakeClock();
    const events: HomeEvent[] = [];
    return { clock, events, watch: openTimeWatch(clock, event => events.push(event)) };
  };

  it('says nothing while time goes evenly', () => {
    const { clock, events } = watch();
    clock.advance(HOUR_MS);
    expect(events).toEqual([]);
  });

  it('says nothing when the program was merely busy for some seconds', () => {
    const { clock, events } = watch();
    clock.stop(4_000);
    clock.advance(1_000);
    expect(events).toEqual([]);
  });

  it('finds a suspend', () => {
    const { clock, events } = watch();
    clock.advance(10_000);
    clock.suspend(HOUR_MS);
    clock.advance(1_000);
    expect(events).toEqual([{ type: 'time-skipped', at: FAKE_START + HOUR_MS + 11_000, skippedMs: HOUR_MS }]);
  });

  it('finds that the program was stopped', () => {
    const { clock, events } = watch();
    clock.stop(30_000);
    clock.advance(1_000);
    expect(events).toMatchObject([{ type: 'time-skipped', skippedMs: 29_000 }]);
  });

  it('finds a wall clock that was set, forward or back', () => {
    const { clock, events } = watch();
    clock.setWall(60_000);
    clock.advance(1_000);
    clock.setWall(-60_000);
    clock.advance(10_000);
    expect(events).toMatchObject([
      { type: 'time-skipped', skippedMs: 60_000 },
      { type: 'time-skipped', skippedMs: 0 },
    ]);
  });

  it('ends', () => {
    const { clock, watch: opened } = watch();
    opened.close();
    expect(clock.pendingTimers()).toBe(0);
  });
});
