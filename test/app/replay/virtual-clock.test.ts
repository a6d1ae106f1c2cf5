import { expect, it } from 'vitest';
import { openVirtualClock } from '../../../src/app/replay/virtual-clock.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const THEN = Date.UTC(2026, 0, 11, 3, 0, 0);

it('stands still until it is given a speed, and then goes as fast as that', () => {
  const real = createFakeClock();
  const clock = openVirtualClock(real, THEN);
  real.advance(5_000);
  expect(clock.now()).toBe(THEN);
  clock.setSpeed(60);
  real.advance(400);
  real.advance(600);
  expect(clock.now()).toBe(THEN + 60_000);
  clock.setSpeed(0);
  real.advance(1_000);
  expect(clock.now()).toBe(THEN + 60_000);
});

it('calls its timers in their order, each at its own time, and not those that were taken back', () => {
  const real = createFakeClock();
  const clock = openVirtualClock(real, THEN);
  const calls: string[] = [];
  const note = (name: string) => () => calls.push(`${name} ${clock.now() - THEN}`);
  clock.after(9_000, note('late'));
  clock.after(1_000, () => {
    note('early')();
    clock.after(500, note('next'));
  });
  clock.after(2_000, note('never')).cancel();
  clock.setSpeed(10);
  real.advance(1_000);
  expect(calls).toEqual(['early 1000', 'next 1500', 'late 9000']);
  clock.close();
  expect(real.pendingTimers()).toBe(0);
});

it('goes to another moment, and its timers keep their distance', () => {
  const real = createFakeClock();
  const clock = openVirtualClock(real, THEN);
  let calledAt = 0;
  clock.after(1_000, () => {
    calledAt = clock.now();
  });
  clock.jump(THEN - 3_600_000);
  clock.setSpeed(1);
  real.advance(1_100);
  expect(calledAt).toBe(THEN - 3_600_000 + 1_000);
});

it('does not make up for a time in which the program stood still', () => {
  const real = createFakeClock();
  const clock = openVirtualClock(real, THEN);
  clock.setSpeed(60);
  real.stop(3_600_000);
  expect(clock.now()).toBeLessThanOrEqual(THEN + 60_000);
});
