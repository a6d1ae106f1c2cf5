import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../src/core/home/state.ts';
import { glyphsFor } from '../../src/terminal/glyphs.ts';
import { pageSamples } from '../../src/ui/chart-samples.ts';
import { chartLines } from '../../src/ui/lines/chart-lines.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from '../helpers/ui-home.ts';

const HOUR_MS = 3_600_000;
const glyphs = glyphsFor({ glyphs: 'full' });

/** The rows of the chart of the flow as text, as the overview draws them. */
function draw(home: HomeState, columns: number): readonly string[] {
  const sensor = home.house.sensors.get('flow');
  if (sensor === undefined) throw new Error('the preset changed');
  const lines = chartLines({ home, glyphs }, sensor, pageSamples(home, 'flow', columns), columns + 8, 13);
  return lines.map(line => line.map(part => part.text).join(''));
}

describe('a page of a chart', () => {
  it('shows an hour at the least and now, begins at a half hour, and has a bucket for each column', () => {
    for (let step = 0; step < 400; step += 1) {
      const home = withEvents(emptyHome(), tick(START + step * 97_000));
      for (const columns of [6, 23, 30, 51, 52, 111, 300]) {
        const { from, to, page } = pageSamples(home, 'flow', columns);
        expect(from % (HOUR_MS / 2)).toBe(0);
        expect(home.at - from).toBeGreaterThanOrEqual(HOUR_MS);
        expect(to).toBeGreaterThan(home.at - 10_000);
        expect((to - from) / (page?.columnMs ?? 0)).toBe(columns);
        expect(page?.begun).toBeGreaterThan(0);
        expect(page?.begun).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('has every value in the column of its time', () => {
    const home = livingHome(3_010);
    const { buckets, from, page } = pageSamples(home, 'flow', 51);
    const columnMs = page?.columnMs ?? 0;
    expect(buckets).toHaveLength(51);
    for (const [column, bucket] of buckets.entries()) {
      if (bucket === null) continue;
      expect(bucket.startAt).toBeGreaterThanOrEqual(from + column * columnMs);
      expect(bucket.startAt).toBeLessThan(from + (column + 1) * columnMs);
    }
    const heard = buckets.reduce((sum, bucket) => sum + (bucket?.count ?? 0), 0);
    expect(heard).toBe(602);
  });

  it('stands still but for its newest column, from one half hour to the next', () => {
    let home = withEvents(emptyHome(), connected(START));
    let before = draw(home, 51);
    for (let second = 5; second < 1_200; second += 5) {
      const value = (50 + 8 * Math.sin(second / 50)).toFixed(1);
      const at = START + second * 1_000;
      home = withEvents(home, message(at, 'heating/flow', '42.0'), message(at + 1, 'heating/flow', '58.0'));
      home = withEvents(home, message(at + 2, 'heating/flow', value), tick(at + 3));
      const after = draw(home, 51);
      const newest = 6 + (pageSamples(home, 'flow', 51).page?.begun ?? 0) - 1;
      if (second > 10) {
        for (const [row, line] of after.entries()) {
          expect(line.slice(0, newest - 1), `row ${row} at ${second} s`).toBe(before[row]?.slice(0, newest - 1));
        }
      }
      before = after;
    }
  });

  it('draws its axis as far as time has come, with the times at their columns', () => {
    const rows = draw(livingHome(600), 51).slice(-2);
    expect(rows.map(row => row.trimEnd())).toEqual([
      '     ╰┬──────────────┬──────────────┬──────────────┬',
      '    13:00          13:30          14:00          14:30',
    ]);
    const later = draw(livingHome(1_000), 51).slice(-2);
    expect(later[0]?.trimEnd()).toBe('     ╰┬──────────────┬──────────────┬──────────────┬────');
  });

  it('has the first value of all at once', () => {
    for (let second = 1; second <= 130; second += 1) {
      const at = START + second * 1_000;
      const home = withEvents(emptyHome(), connected(START), message(at, 'heating/flow', '50.0'), tick(at + 1));
      expect(pageSamples(home, 'flow', 51).stats, `at ${second} s`).toEqual({ min: 50, mean: 50, max: 50 });
    }
  });

  it('has nothing in a house that knows no such sensor', () => {
    expect(pageSamples(emptyHome(), 'nothing', 40)).toMatchObject({ buckets: [], stats: null });
  });
});
