import { describe, expect, it } from 'vitest';
import {
  type Habit,
  inFrame,
  isWished,
  kept,
  NO_HABIT,
  type Place,
  used,
} from '../../../src/terminal/output/cursor-habit.ts';

const clock: Place = { x: 78, y: 0, pen: 0 };
const value: Place = { x: 20, y: 3, pen: 1 };
const other: Place = { x: 21, y: 3, pen: 1 };

/** Frames one after the other; in each the terminal is told to keep what is wished, or goes back where it can. */
function through(frames: readonly (readonly Place[])[], from: Habit = NO_HABIT): Habit {
  return frames.reduce((before, places) => {
    const habit = inFrame(before, places);
    const wished = places.find(place => isWished(habit, place));
    if (wished !== undefined) return kept(habit, wished);
    return places.some(place => place === habit.kept) ? used(habit) : habit;
  }, from);
}

describe('the habit of a cursor', () => {
  it('is a place where painting begins twice within a few frames', () => {
    expect(through([[clock], [value]]).kept).toBe(null);
    expect(through([[clock], [value], [clock]]).kept).toEqual(clock);
    expect(through([[clock], [value], [other], [value, other], [], [clock]]).kept).not.toEqual(clock);
  });

  it('tells places with other pens apart', () => {
    expect(through([[clock], [{ ...clock, pen: 2 }]]).kept).toBe(null);
  });

  it('stays as long as it is of use, and makes room when it is not', () => {
    const ticking = through([[clock], [clock]]);
    const busy = Array.from({ length: 30 }, (_, step) => (step % 3 === 0 ? [clock] : [value]));
    expect(through(busy, ticking).kept).toEqual(clock);
    const without = Array.from({ length: 12 }, () => [value]);
    expect(through(without, ticking).kept).toEqual(value);
  });
});
