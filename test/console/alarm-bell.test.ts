import { describe, expect, it } from 'vitest';
import type { AlarmBook, AlarmState } from '../../src/core/home/alarms/alarm.ts';
import { bookOf, calmAlarm, tooHot } from '../helpers/ui/alarms-home.ts';
import { openTestConsole } from '../helpers/ui/console.ts';
import { livingHome } from '../helpers/ui/home.ts';

const home = livingHome(60);
const alarm = (order: number, changes: Partial<AlarmState> = {}): AlarmState =>
  calmAlarm(`a${order}`, `Alarm ${order}`, { phase: 'active', raisedAt: home.at, order, ...changes });

/** How often it rang at each of these books, one after the other. */
async function ringsAt(books: readonly (AlarmBook | null)[], hasBell = true): Promise<readonly number[]> {
  const console = await openTestConsole({ home, hasBell });
  const rings: number[] = [];
  for (const alarms of books) {
    console.sent();
    await console.replace({ ...home, alarms });
    rings.push(console.sent().split('\u0007').length - 1);
  }
  await console.press('q');
  await console.ended;
  return rings;
}

describe("the terminal's bell", () => {
  it('rings once for each alarm that comes', async () => {
    const [none, one, two] = [bookOf([]), bookOf([alarm(1)]), bookOf([alarm(1), alarm(2)])];
    expect(await ringsAt([none, one, { ...one, revision: 2 }, two, none, two])).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('is silent unless it is asked for', async () => {
    expect(await ringsAt([bookOf([]), bookOf([tooHot])], false)).toEqual([0, 0]);
  });

  it('is silent for what stood there when the console began', async () => {
    expect(await ringsAt([null, bookOf([alarm(7)]), bookOf([alarm(7), alarm(8)])])).toEqual([0, 0, 1]);
  });

  it('does not ring for a note, for what is shelved or over, nor in a flood', async () => {
    const shelf = { at: 0, untilAt: home.at + 1, by: null, reason: null };
    const quiet = [alarm(1, { priority: 'note' }), alarm(2, { shelf }), alarm(3, { phase: 'returned' })];
    const flood = { sinceAt: home.at, count: 11, firstId: 'a4' };
    expect(await ringsAt([bookOf([]), bookOf(quiet), bookOf([alarm(4)], { flood })])).toEqual([0, 0, 0]);
  });
});
