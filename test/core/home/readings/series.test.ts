import { describe, expect, test } from 'vitest';
import {
  appendValue,
  emptySeries,
  keptSince,
  type Series,
  sampleSeries,
} from '../../../../src/core/home/readings/series.ts';
import { NOON } from '../../../helpers/house/house-run.ts';

const S = 1_000;

function fill(values: readonly (readonly [offsetS: number, value: number])[]): Series {
  return values.reduce((series, [offsetS, value]) => appendValue(series, NOON + offsetS * S, value), emptySeries);
}

describe('a series', () => {
  test('keeps minimum and maximum of each stretch', () => {
    const series = fill([
      [0, 5],
      [3, -40],
      [6, 90],
      [9, 6],
    ]);
    const [bucket] = sampleSeries(series, { endAt: NOON + 9 * S, columnMs: 10 * S, columns: 1, holdMs: 0 });
    expect(bucket).toEqual({ startAt: NOON, min: -40, max: 90, last: 6, sum: 61, count: 4 });
  });

  test('makes no list anew for a value in the stretch before, only where one begins', () => {
    const series = fill(Array.from({ length: 400 }, (_, step) => [step * 10, step]));
    const same = appendValue(series, NOON + 3_999 * S, 7);
    expect(same.tiers.map((tier, place) => tier.closed === series.tiers[place]?.closed)).toEqual([true, true, true]);
    expect(same.tiers.map(({ open }) => open?.last)).toEqual([7, 7, 7]);
    expect(series.tiers.map(({ open }) => open?.last)).toEqual([399, 399, 399]);
    const next = appendValue(series, NOON + 4_000 * S, 7);
    expect(next.tiers.map((tier, place) => tier.closed === series.tiers[place]?.closed)).toEqual([false, true, true]);
    expect(next.tiers[0]?.closed).toHaveLength(359);
    expect(next.tiers[0]?.closed.at(-1)).toBe(series.tiers[0]?.open);
  });

  test('knows since when it is kept, to the finest stretch that still reaches there', () => {
    expect(keptSince(emptySeries)).toBeNull();
    expect(
      keptSince(
        fill([
          [13, 5],
          [900, 6],
        ]),
      ),
    ).toBe(NOON + 10 * S);
    const twoHours = fill(Array.from({ length: 720 }, (_, step) => [13 + step * 10, step]));
    expect(keptSince(twoHours)).toBe(NOON);
    const twoDays = fill(Array.from({ length: 576 }, (_, step) => [13 + step * 300, step]));
    expect(keptSince(twoDays)).toBe(NOON + 288 * 300 * S);
  });

  test('shows a gap as a gap, and holds a value for as long as it stands', () => {
    const series = fill([
      [0, 1],
      [50, 2],
    ]);
    const query = { endAt: NOON + 50 * S, columnMs: 10 * S, columns: 6, holdMs: 0 };
    expect(sampleSeries(series, query).map(bucket => bucket?.last ?? null)).toEqual([1, null, null, null, null, 2]);
    const held = sampleSeries(series, { ...query, holdMs: 20 * S });
    expect(held.map(bucket => bucket?.last ?? null)).toEqual([1, 1, 1, null, null, 2]);
  });

  test('columns keep their stretch while time goes on: the picture moves by whole columns', () => {
    const series = fill([...Array(30).keys()].map(index => [index * 5, index] as const));
    const at = (endS: number) =>
      sampleSeries(series, { endAt: NOON + endS * S, columnMs: 10 * S, columns: 5, holdMs: 0 }).map(
        bucket => bucket?.startAt,
      );
    expect(at(121)).toEqual(at(129));
    expect(at(130).slice(0, 4)).toEqual(at(129).slice(1));
  });

  test('is bounded, and a day stays visible in five-minute columns', () => {
    let series = emptySeries;
    const dayS = 24 * 3_600;
    for (let offsetS = 0; offsetS < dayS; offsetS += 5)
      series = appendValue(series, NOON + offsetS * S, offsetS === 3_600 ? 99 : 1);
    expect(series.tiers.map(tier => tier.closed.length)).toEqual([359, 359, 287]);
    const day = sampleSeries(series, { endAt: NOON + (dayS - 1) * S, columnMs: 1_200 * S, columns: 72, holdMs: 0 });
    expect(day.every(bucket => bucket !== null)).toBe(true);
    expect(Math.max(...day.map(bucket => bucket?.max ?? 0))).toBe(99);
  });

  test('has no value in another column, where what it keeps exactly no longer reaches back', () => {
    let series = emptySeries;
    for (let offsetS = 0; offsetS < 7 * 3_600; offsetS += 30) series = appendValue(series, NOON + offsetS * S, 1);
    // Six minutes: stretches of five would lie across them.
    const query = { endAt: NOON + (7 * 3_600 - 1) * S, columnMs: 360 * S, columns: 61, holdMs: 0 };
    const counts = sampleSeries(series, query).map(bucket => bucket?.count);
    expect(counts.slice(1)).toEqual(new Array(60).fill(12));
  });

  test('holds the last value from before the picture in its first columns', () => {
    const series = fill([
      [0, 1],
      [40, 2],
    ]);
    const query = { endAt: NOON + 49 * S, columnMs: 10 * S, columns: 4, holdMs: 20 * S };
    expect(sampleSeries(series, query).map(bucket => bucket?.last ?? null)).toEqual([1, 1, null, 2]);
  });

  test('counts the time that a value stands from the finest stretch that is kept', () => {
    const query = { endAt: NOON + 120 * S, columnMs: 60 * S, columns: 3, holdMs: 20 * S };
    const sampled = sampleSeries(fill([[50, 1]]), query);
    expect(sampled.map(bucket => bucket?.last ?? null)).toEqual([1, 1, null]);
  });

  test.each([
    [60, 0],
    [61, 0],
    [120, 0],
    [400, 40],
  ])('shows all that any stretch still reaches back to: the last %i minutes', (columns, missing) => {
    const seconds = 6 * 3_600;
    const series = fill(Array.from({ length: seconds / 10 }, (_, step) => [step * 10, step] as const));
    const query = { endAt: NOON + (seconds - 1) * S, columnMs: 60 * S, columns, holdMs: 0 };
    expect(sampleSeries(series, query).filter(bucket => bucket === null)).toHaveLength(missing);
  });

  test('shows a day of the two that were asked for, where no stretch reaches back', () => {
    const twoDays = fill(Array.from({ length: 2 * 576 }, (_, step) => [step * 150, step] as const));
    const query = { endAt: NOON + (48 * 3_600 - 1) * S, columnMs: 300 * S, columns: 576, holdMs: 0 };
    expect(sampleSeries(twoDays, query).filter(bucket => bucket !== null)).toHaveLength(288);
  });

  test('a value from before the newest stretch loses nothing', () => {
    const series = fill([
      [20, 1],
      [15, 77],
    ]);
    const [bucket] = sampleSeries(series, { endAt: NOON + 20 * S, columnMs: 10 * S, columns: 1, holdMs: 0 });
    expect(bucket?.max).toBe(77);
  });
});
