import { describe, expect, it } from 'vitest';
import {
  type ChartWindow,
  chartTime,
  chartWindows,
  columnAt,
  isShort,
  shiftTime,
} from '../../../src/ui/layout/chart-time.ts';
import { createRandom } from '../../helpers/random/random.ts';

process.env.TZ = 'Europe/Vienna';
const HOUR_MS = 3_600_000;
const at = (iso: string): number => Date.parse(iso);
const windowOf = (label: string): ChartWindow => {
  const window = chartWindows.find(one => one.label === label);
  if (window === undefined) throw new Error(`no window ${label}`);
  return window;
};
const clock = (ms: number): string => new Date(ms).toTimeString().slice(0, 5);
const lengths = (edges: readonly number[]): readonly number[] =>
  edges.slice(1).map((edge, place) => (edge - (edges[place] ?? 0)) / HOUR_MS);

describe('a step back in time', () => {
  it.each([
    ['24 h', '2026-10-25T23:00', '2026-10-24T23:00', 25],
    ['24 h', '2026-03-29T23:00', '2026-03-28T23:00', 23],
    ['7 d', '2026-10-28T08:00', '2026-10-21T08:00', 7 * 24 + 1],
    ['30 d', '2026-04-10T08:00', '2026-03-11T08:00', 30 * 24 - 1],
    ['1 y', '2026-06-01T08:00', '2025-06-01T08:00', 365 * 24],
    ['6 h', '2026-10-25T06:00', '2026-10-25T01:00', 6],
  ])('of %s from %s ends at the same time of day, %s, though it is %d hours', (label, from, to, hours) => {
    const back = shiftTime(at(from), windowOf(label), -1);
    expect(back).toBe(at(to));
    expect((at(from) - back) / HOUR_MS).toBe(hours);
    expect(shiftTime(back, windowOf(label), 1)).toBe(at(from));
  });
});

describe('the columns of a page', () => {
  const place = (label: string, until: string) => ({
    ...{ window: windowOf(label), until: at(until), at: at('2026-11-29T12:00'), since: at('2020-01-01T00:00') },
  });

  it('begin at midnight here, and the days of the clock changes have 23 hours and 25', () => {
    const spring = chartTime(place('30 d', '2026-04-10T00:00'), 30).edges;
    expect(lengths(spring).filter(length => length !== 24)).toEqual([23]);
    const autumn = chartTime(place('30 d', '2026-11-10T00:00'), 30).edges;
    expect(lengths(autumn).filter(length => length !== 24)).toEqual([25]);
    expect(new Set([...spring, ...autumn].map(clock))).toEqual(new Set(['00:00']));
  });

  it('begin at the hours of the clock here, where they are parts of a day', () => {
    const { edges } = chartTime(place('7 d', '2026-10-28T00:00'), 30);
    expect(new Set(edges.map(clock))).toEqual(new Set(['00:00', '06:00', '12:00', '18:00']));
    expect(lengths(edges).filter(length => length !== 6)).toEqual([7]);
  });

  it('hold all of the time that is asked for and hardly more, in rising order, cut where the roll-ups are', () => {
    const random = createRandom(21);
    for (let round = 0; round < 400; round += 1) {
      const window = random.pick(chartWindows);
      const now = at('2026-11-29T12:00') + random.below(10_000_000);
      const until = now - random.below(400 * 24) * HOUR_MS;
      const columns = 20 + random.below(200);
      const since = until - random.below(3_000 * 24) * HOUR_MS;
      const isNow = !isShort(window) && random.chance(0.3);
      const { edges, first, begun } = chartTime({ window, until: isNow ? null : until, at: now, since }, columns);
      const end = isNow ? now : until;
      const begin = window.label === 'all' ? Math.min(since, end - 24 * HOUR_MS) : shiftTime(end, window, -1);
      const [start = 0, last = 0] = [edges[0], edges.at(-1)];
      const longest = Math.max(...lengths(edges)) * HOUR_MS;
      expect(edges.length - 1).toBeLessThanOrEqual(columns);
      expect([first, begun]).toEqual([0, edges.length - 1]);
      expect(start).toBeLessThanOrEqual(begin);
      expect(begin - start).toBeLessThan(longest);
      expect(last).toBeGreaterThanOrEqual(end);
      expect(last - end).toBeLessThanOrEqual(longest);
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
      if (longest >= HOUR_MS) expect(edges.every(edge => edge % HOUR_MS === 0)).toBe(true);
    }
  });

  it('begin at round times of the clock on the wall, where that of the events is ahead of it', () => {
    const aheadMs = 1_234_000;
    const plain = chartTime(place('7 d', '2026-10-28T00:00'), 30);
    const { until, at: now, since, window } = place('7 d', '2026-10-28T00:00');
    const shifted = { window, until: until + aheadMs, at: now + aheadMs, since: since + aheadMs, aheadMs };
    expect(chartTime(shifted, 30).edges).toEqual(plain.edges.map(edge => edge + aheadMs));
  });

  it('of a page up to now have now in the last one', () => {
    for (const { label } of chartWindows.filter(window => !isShort(window))) {
      const now = at('2026-11-29T12:00');
      const { edges } = chartTime({ window: windowOf(label), until: null, at: now, since: at('2024-02-29T07:00') }, 70);
      expect(columnAt(edges, now)).toBe(edges.length - 2);
      expect(edges.length).toBeGreaterThan(35);
    }
  });

  it('are found by a moment', () => {
    expect([9, 10, 19, 20, 29, 30, 99].map(moment => columnAt([10, 20, 30], moment))).toEqual([-1, 0, 0, 1, 1, -1, -1]);
    expect(columnAt([], 5)).toBe(-1);
  });
});
