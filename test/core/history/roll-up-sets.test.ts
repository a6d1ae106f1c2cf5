import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../../src/core/history/bytes/frame.ts';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { joinBytes } from '../../../src/core/history/day-file.ts';
import { encodeDayEnd, encodeRollUps, type RollUp } from '../../../src/core/history/roll-up.ts';
import { readRollUpSets } from '../../../src/core/history/roll-up-sets.ts';

const DAY = 20_786;
const row = (n: number): RollUp => ({ index: 288 * DAY, n, min: 1, max: 3, mean: 2, last: 2 });
const rows = (day: number, series: number, n = 1) => encodeRollUps(day, series, [row(n)]);
const listening = { heard: [{ from: DAY * DAY_S, until: DAY * DAY_S + 60 }], lost: [] };
/** The day as it is written behind the kind of a frame. */
const dayBytes = rows(DAY, 0).subarray(1, 4);
const end = (day: number, count: number) => encodeDayEnd(day, count, listening);

/** Of each set: its day, what its series say, whether it is complete, and of how many frames it is. */
const read = (...payloads: readonly Uint8Array[]) => readOf(() => true, ...payloads);
const readOf = (isWanted: (day: number) => boolean, ...payloads: readonly Uint8Array[]) =>
  [...readRollUpSets(joinBytes(payloads.map(makeFrame)), isWanted)].map(set => ({
    ...{ day: set.day, rows: [...set.rows].map(([series, list]) => [series, list([]).all()[0]?.n]) },
    ...{ isComplete: set.isComplete, frames: set.payloads().length, listening: set.listening },
  }));
const lost = (day: number) => ({ heard: [], lost: [{ from: day * DAY_S, until: (day + 1) * DAY_S }] });

describe('a roll-up file', () => {
  it('is a set for each day, with when somebody listened', () => {
    expect(read(rows(DAY, 0), rows(DAY, 5, 2), end(DAY, 2), end(DAY + 1, 0))).toEqual([
      {
        day: DAY,
        rows: [
          [0, 1],
          [5, 2],
        ],
        isComplete: true,
        frames: 3,
        listening,
      },
      { day: DAY + 1, rows: [], isComplete: true, frames: 1, listening },
    ]);
    expect(read()).toEqual([]);
  });

  it('has a day twice that was sealed again, the later one behind', () => {
    expect(read(rows(DAY, 0, 1), end(DAY, 1), rows(DAY, 0, 2), end(DAY, 1))).toMatchObject([
      { rows: [[0, 1]], isComplete: true },
      { rows: [[0, 2]], isComplete: true },
    ]);
    // Also where the first one was never finished.
    expect(read(rows(DAY, 0, 1), rows(DAY, 0, 2), end(DAY, 1))).toMatchObject([
      { rows: [[0, 1]], isComplete: false, listening: lost(DAY) },
      { rows: [[0, 2]], isComplete: true, listening },
    ]);
  });

  it('is read of the days that are wanted, whatever stands between them', () => {
    const file = [rows(DAY, 0), end(DAY, 1), rows(DAY + 1, 0), end(DAY + 1, 1), rows(DAY + 2, 0, 2), end(DAY + 2, 1)];
    const wanted = (...days: readonly number[]) => readOf(day => days.includes(day), ...file).map(({ day }) => day);
    expect([wanted(), wanted(DAY), wanted(DAY + 1), wanted(DAY, DAY + 2)]).toEqual([
      [],
      [DAY],
      [DAY + 1],
      [DAY, DAY + 2],
    ]);
    // One that was never finished is as little whole before a day that nobody wants.
    const unfinished = readOf(day => day === DAY, rows(DAY, 0), rows(DAY + 1, 0), end(DAY + 1, 1));
    expect(unfinished).toMatchObject([{ day: DAY, rows: [[0, 1]], isComplete: false, listening: lost(DAY) }]);
    const apart = readOf(day => day === DAY, rows(DAY, 0), rows(DAY + 1, 0), rows(DAY, 1, 2), end(DAY, 1));
    expect(apart).toMatchObject([
      { rows: [[0, 1]], isComplete: false },
      { rows: [[1, 2]], isComplete: true },
    ]);
  });

  it('says nothing of a day that lacks a series, its end, or its begin', () => {
    expect(read(rows(DAY, 0), end(DAY, 2))).toMatchObject([{ isComplete: false, listening: lost(DAY) }]);
    expect(read(rows(DAY, 0))).toMatchObject([{ rows: [[0, 1]], isComplete: false, frames: 1, listening: lost(DAY) }]);
    expect(read(rows(DAY, 0), rows(DAY + 1, 0, 2), end(DAY + 1, 1))).toMatchObject([
      { day: DAY, isComplete: false },
      { day: DAY + 1, rows: [[0, 2]], isComplete: true },
    ]);
    expect(read(rows(DAY, 0), end(DAY + 1, 0))).toMatchObject([
      { day: DAY, isComplete: false, frames: 1 },
      { day: DAY + 1, isComplete: true, frames: 1 },
    ]);
  });

  it('gives its frames as they stand in the file', () => {
    const payloads = [rows(DAY, 0), rows(DAY, 5, 2), end(DAY, 2)];
    const [first, second] = readRollUpSets(joinBytes([...payloads, rows(DAY + 1, 3)].map(makeFrame)));
    expect(first?.payloads()).toEqual(payloads);
    expect(second?.payloads()).toEqual([rows(DAY + 1, 3)]);
  });

  it('has frames that lie left out, wherever they break off', () => {
    const whole = [rows(DAY, 0), end(DAY, 1)];
    // No kind, none but its kind, no series, and an end that says nothing of the listening.
    const lies = [
      [128],
      [4],
      [5],
      [4, ...dayBytes],
      [5, ...dayBytes],
      [5, ...dayBytes, 1],
      [5, ...dayBytes, 1, 7, 2, 1],
    ];
    for (const lie of lies) expect(read(Uint8Array.from(lie), ...whole)).toEqual(read(...whole));
    // Of another day it ends what is open.
    const other = [rows(DAY, 0), end(DAY + 1, 0).subarray(0, 4), end(DAY, 1)];
    expect(read(...other)).toMatchObject([{ isComplete: false }, { rows: [], isComplete: false }]);
  });

  it('is read again as often as it is asked, each time into the list that is given', () => {
    const [set] = readRollUpSets(joinBytes([rows(DAY, 0, 7), rows(DAY, 5, 8), end(DAY, 2)].map(makeFrame)));
    const into: number[] = [];
    const ask = (series: number) => set?.rows.get(series)?.(into).all();
    expect([ask(0), ask(5), ask(0)]).toEqual([[row(7)], [row(8)], [row(7)]]);
    expect(into).toHaveLength(6);
  });

  it('may hold frames of a newer program, which are left alone', () => {
    expect(read(rows(DAY, 0), Uint8Array.of(99, 1), end(DAY, 1))).toMatchObject([{ isComplete: true, frames: 2 }]);
  });
});
