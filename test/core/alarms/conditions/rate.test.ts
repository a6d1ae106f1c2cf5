import { describe, expect, it } from 'vitest';
import { type Rate, rate } from '../../../../src/core/alarms/conditions/rate.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { openCondition } from '../../../helpers/alarms/one-condition.ts';
import { articleHouse, NOON } from '../../../helpers/house/house-run.ts';

const house = createHouse(articleHouse());
/** A value that nobody repeats is stale after this, ms. */
const STALE = 15_000;
const MINUTE: Rate = { of: 'flow', rises: 10, falls: null, withinMs: 60_000 };

/** What a flow does, as pairs of ms and °C. */
function flow(values: readonly (readonly [ms: number, value: number | null])[], of: Partial<Rate> = {}) {
  const [first, ...others] = values;
  const one = openCondition(house, rate({ ...MINUTE, ...of }, {}), { flow: first?.[1] ?? null });
  for (const [ms, value] of others) one.at(ms, { flow: value });
  return one;
}

describe('a value that moves', () => {
  it('is too fast where it moves by more, and says by how much', () => {
    expect(
      flow([
        [0, 50],
        [30_000, 60],
      ]).judge(),
    ).toEqual({
      ...{ kind: 'not-so', value: '60.0 °C' },
      againAt: NOON + 30_000 + STALE,
    });
    expect(
      flow([
        [0, 50],
        [30_000, 60.1],
      ]).judge(),
    ).toEqual({
      ...{ kind: 'so', value: '60.1 °C', detail: '60.1 °C, 10.1 °C more within 60 s' },
      againAt: NOON + 30_000 + STALE,
    });
    // It may be over before the value is stale.
    expect(
      flow([
        [0, 50],
        [50_000, 60.1],
      ]).judge(),
    ).toMatchObject({ kind: 'so', againAt: NOON + 60_001 });
  });

  it('falls where that is asked, and rises where that is', () => {
    const falling = { rises: null, falls: 10 };
    expect(
      flow(
        [
          [0, 60],
          [1_000, 50],
        ],
        falling,
      ).judge().kind,
    ).toBe('not-so');
    expect(
      flow(
        [
          [0, 60.1],
          [1_000, 50],
        ],
        falling,
      ).judge(),
    ).toMatchObject({
      detail: '50.0 °C, 10.1 °C less within 60 s',
    });
    expect(
      flow(
        [
          [0, 50],
          [1_000, 70],
        ],
        falling,
      ).judge().kind,
    ).toBe('not-so');
    expect(
      flow([
        [0, 70],
        [1_000, 50],
      ]).judge().kind,
    ).toBe('not-so');
  });

  it('has its time to the millisecond, whether something is heard meanwhile or not', () => {
    const begun = [
      [0, 50],
      [50_000, 60.1],
    ] as const;
    expect(flow([...begun, [60_000, 60.1]]).judge().kind).toBe('so');
    expect(flow([...begun, [60_001, 60.1]]).judge().kind).toBe('not-so');
    expect(flow(begun).judge(false, 60_000).kind).toBe('so');
    expect(flow(begun).judge(false, 60_001).kind).toBe('not-so');
  });

  it('is not compared across a time in which it was not heard', () => {
    expect(
      flow([
        [0, 50],
        [10_000, null],
      ]).judge(),
    ).toMatchObject({ kind: 'unwatched' });
    expect(
      flow([
        [0, 50],
        [10_000, null],
        [20_000, 70],
      ]).judge().kind,
    ).toBe('not-so');
    expect(
      flow([
        [0, null],
        [20_000, 70],
      ]).judge().kind,
    ).toBe('not-so');
  });
});

describe('the pieces in which the time is remembered', () => {
  /** Of two minutes each has a second. */
  const long = { falls: 10, rises: null, withinMs: 120_000 };

  it('have the least and the greatest of their values', () => {
    const values = [
      [0, 50],
      [500, 60.1],
      [700, 40],
    ] as const;
    expect(flow([...values, [999, 50]], long).judge()).toMatchObject({ detail: '50.0 °C, 10.1 °C less within 2 min' });
    expect(flow([...values, [1_001, 50]], { ...long, falls: null, rises: 9 }).judge()).toMatchObject({
      detail: '50.0 °C, 10.0 °C more within 2 min',
    });
  });

  it('are forgotten by their begin, and a new one begins after a second', () => {
    const end = (ms: number, at: number) =>
      flow(
        [
          [0, 50],
          [ms, 70],
          [at, 55],
        ],
        long,
      ).judge().kind;
    expect([end(999, 120_000), end(999, 120_001)]).toEqual(['so', 'not-so']);
    expect([end(1_000, 121_000), end(1_000, 121_001)]).toEqual(['so', 'not-so']);
    const widened = flow(
      [
        [0, 50],
        [1_000, 52],
        [1_500, 70],
        [121_000, 55],
      ],
      long,
    );
    expect(widened.judge().kind).toBe('so');
  });
});
