import { describe, expect, it } from 'vitest';
import type { HouseStep } from '../../../src/core/alarms/condition.ts';
import { type Counting, noTimeSo, stepTimeSo, type TimeSo, timeSo } from '../../../src/core/heating/time-so.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';

const now = (at: number, listeningSince: number | null = 0) => ({ at, listeningSince }) as HomeState;
const so = (more: Partial<TimeSo> = {}): TimeSo => ({ soMs: 10, was: true, lookedAt: 100, knownUntil: null, ...more });
const empties: Counting = { notSo: 'empties', fullMs: 1_000 };
const breaks: Counting = { notSo: 'breaks', fullMs: 1_000 };

describe('for how long something was so', () => {
  it.each<[string, TimeSo, HomeState, number]>([
    ['goes on while it is', so(), now(130), 40],
    ['goes on only as long as that was known', so({ knownUntil: 120 }), now(130), 30],
    ['goes on until now where it is known for longer', so({ knownUntil: 131 }), now(130), 40],
    ['stands where it was known no longer than it was looked at', so({ knownUntil: 90 }), now(130), 10],
    ['goes down while it is not', so({ was: false }), now(107), 3],
    ['goes down to nothing', so({ was: false }), now(130), 0],
    ['stands while it is not known', so({ was: null }), now(130), 10],
    ['stands without a link', so(), now(130, null), 10],
    ['stands where the link came since', so(), now(130, 101), 10],
    ['goes on where the link came with the last look', so(), now(130, 100), 40],
    ['stands where the clock was set back', so(), now(90), 10],
  ])('%s', (_, time, state, soMs) => {
    expect(timeSo(time, state, empties)).toBe(soMs);
  });

  it('is no more than counts', () => {
    expect(timeSo(so(), now(130), { ...empties, fullMs: 39 })).toBe(39);
    expect(timeSo(so(), now(130), { ...empties, fullMs: 41 })).toBe(40);
  });

  it('begins with nothing', () => {
    expect(noTimeSo(7)).toEqual({ soMs: 0, was: null, lookedAt: 7, knownUntil: null });
    expect(timeSo(noTimeSo(7), now(500), empties)).toBe(0);
  });
});

describe('a look', () => {
  const step = { after: now(130) } as HouseStep;
  const lookAfter = (was: boolean | null, counting: Counting, time = so()) =>
    stepTimeSo(time, step, { was, knownUntil: 200 }, counting);

  it('counts the time before it as it was then', () => {
    expect(lookAfter(true, empties)).toEqual({ soMs: 40, was: true, lookedAt: 130, knownUntil: 200 });
    expect(lookAfter(false, empties)).toEqual({ soMs: 40, was: false, lookedAt: 130, knownUntil: 200 });
    expect(lookAfter(null, breaks)).toEqual({ soMs: 40, was: null, lookedAt: 130, knownUntil: 200 });
    expect(lookAfter(true, breaks, so({ was: null }))).toMatchObject({ soMs: 10, was: true });
  });

  it('that finds it not so breaks it, where that counts', () => {
    expect(lookAfter(false, breaks)).toEqual({ soMs: 0, was: false, lookedAt: 130, knownUntil: 200 });
  });
});
