import { describe, expect, it } from 'vitest';
import { type Bucket, emptySeries, prependBuckets, sampleSeries } from '../../../src/core/home/readings/series.ts';
import { freshnessOfReading, freshnessOfSwitch } from '../../../src/core/home/select.ts';
import type { HomeEvent, RecentPast } from '../../../src/core/home/state/event.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { parseHouse } from '../../../src/core/house/parse.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

/** Buckets of ten seconds that end so many seconds before the start. */
function buckets(count: number, endS: number, value = 50): readonly Bucket[] {
  return Array.from({ length: count }, (_, place) => ({
    startAt: START - (endS + 10 * (count - place)) * 1_000,
    ...{ min: value - 1, max: value + 1, last: value, sum: 2 * value, count: 2 },
  }));
}

const read = (past: Partial<RecentPast>): HomeEvent => ({
  type: 'history-read',
  at: START,
  past: { series: new Map(), positions: new Map(), listened: [], ...past },
});

const pumpOn = new Map([['pump', { position: 'on' as const, at: START - 1_200_000 }]]);
const pumpOf = (home: ReturnType<typeof emptyHome>) => getRow(home.switches, 'pump');

describe('what the history keeps of before', () => {
  it('is in front of what was heard, in all resolutions, and counted once', () => {
    const home = withEvents(livingHome(60), read({ series: new Map([['flow', buckets(360, 0)]]) }));
    const series = getRow(home.readings, 'flow')?.series ?? emptySeries;
    for (const columnMs of [10_000, 60_000, 300_000]) {
      const columns = 600_000 / columnMs;
      const query = { endAt: START + 59_000, columnMs, columns, holdMs: 0 };
      const sampled = sampleSeries(series, query);
      expect(sampled.every(bucket => bucket !== null)).toBe(true);
      const counted = sampled.reduce((sum, bucket) => sum + (bucket?.count ?? 0), 0);
      // Each five seconds since the start, up to the end of the last column; before it two in ten seconds.
      const heard = columnMs === 300_000 ? 12 : 11;
      const firstAt = Math.floor((START + 59_000) / columnMs) * columnMs - (columns - 1) * columnMs;
      expect(counted).toBe(heard + (2 * (START - firstAt)) / 10_000);
    }
  });

  it('never takes the place of what was heard, and fits into what a series holds', () => {
    const series = prependBuckets(emptySeries, buckets(500, 0));
    expect(series.tiers.map(({ closed, open }) => closed.length + Number(open !== null))).toEqual([360, 84, 18]);
    const again = prependBuckets(series, buckets(10, 0, 99));
    expect(again).toBe(series);
  });

  it('makes nothing live, and changes no value', () => {
    const heard = withEvents(emptyHome(), connected(START), message(START, 'heating/flow', '40.0', true));
    const home = withEvents(heard, read({ series: new Map([['flow', buckets(60, 0)]]), positions: pumpOn }));
    expect(freshnessOfReading(home, 'flow').freshness).toBe('retained');
    expect(freshnessOfReading(home, 'return').freshness).toBe('waiting');
    expect(getRow(home.readings, 'flow')).toMatchObject({ value: 40, isRetained: true });
    expect(pumpOf(home)).toMatchObject({ position: null, remembered: { position: 'on' } });
    expect(freshnessOfSwitch(home, 'pump').freshness).toBe('waiting');
    expect(home.journal).toEqual(heard.journal);
  });

  it('teaches the scale of a sensor that has none, and leaves values of the future out', () => {
    const text =
      '{"name":"S","sensors":{"t":{"label":"T","topic":"t","unit":"°C"}},"panels":[{"label":"P","items":["t"]}]}';
    const house = parseHouse(text, 'house.json');
    if (!house.ok) throw new Error('that house is one');
    const future = buckets(1, -3_600, 9_000);
    const home = withEvents(
      emptyHome(house.value),
      read({ series: new Map([['t', [...buckets(3, 0, 70), ...future]]]) }),
    );
    expect(getRow(home.readings, 't')?.learnedRange).toEqual({ min: 50, max: 100 });
    expect(getRow(home.readings, 't')?.series.tiers[0]).toMatchObject({ closed: [{}, {}], open: {} });
  });

  it('tells where a relay stood until that or a retained message speaks', () => {
    const home = withEvents(emptyHome(), connected(START), read({ positions: pumpOn }), tick(START + 1_000));
    for (const isRetained of [true, false]) {
      const spoken = withEvents(home, message(START + 2_000, 'heating/pump/done', 'off', isRetained));
      expect(pumpOf(spoken)).toMatchObject({ position: 'off' });
    }
  });

  it('comes after what was heard as well as before it', () => {
    const series = new Map([['flow', buckets(60, 0)]]);
    const first = withEvents(emptyHome(), read({ series }), connected(START), message(START + 1, 'heating/flow', '50'));
    const last = withEvents(emptyHome(), connected(START), message(START + 1, 'heating/flow', '50'), read({ series }));
    expect(getRow(first.readings, 'flow')?.series).toEqual(getRow(last.readings, 'flow')?.series);
  });
});
