import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { chartLines } from '../../../src/ui/charts/chart-lines.ts';
import { type ChartSamples, pageSamples, windowSamples as sampleWindow } from '../../../src/ui/charts/chart-samples.ts';
import { chartTime, chartWindows, isShort } from '../../../src/ui/layout/chart-time.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const HOUR_MS = 3_600_000;
/** The windows that move over a page which stands still. */
const shortWindows = chartWindows.filter(isShort);

/** When the first column begins, and how long each is: those of a page that stands still are all alike. */
const timeOf = ({ edges: [from = 0, next = 0] }: ChartSamples) => ({ from, columnMs: next - from });

function windowSamples(
  home: HomeState,
  id: string,
  window: (typeof chartWindows)[number],
  columns: number,
): ChartSamples {
  const place = { window, until: null, at: home.at, since: home.at };
  return sampleWindow(home, id, place, chartTime(place, columns), null);
}
const glyphs = glyphsFor({ glyphs: 'full' });

/** The rows of the chart of the flow as text, as the overview draws them. */
function draw(home: HomeState, columns: number): readonly string[] {
  const sensor = home.house.sensors.get('flow');
  if (sensor === undefined) throw new Error('the preset changed');
  const lines = chartLines({ home, glyphs }, sensor, pageSamples(home, 'flow', columns), columns + 8, 13);
  return lines.map(line => line.map(part => part.text).join(''));
}

describe('a page of a chart', () => {
  it('shows all that was heard or an hour at the least, and now, and has a bucket for each column', () => {
    const heard = withEvents(emptyHome(), message(START, 'heating/flow', '50.0'));
    for (let step = 0; step < 400; step += 1) {
      const home = withEvents(heard, tick(START + step * 97_000));
      for (const columns of [6, 23, 30, 51, 52, 111, 300]) {
        const page = pageSamples(home, 'flow', columns);
        const { buckets, begun } = page;
        const { from, columnMs } = timeOf(page);
        expect(from % (step < 3 ? 120_000 : columnMs)).toBe(0);
        expect(from <= START || home.at - from >= HOUR_MS).toBe(true);
        expect(from + columns * columnMs).toBeGreaterThan(home.at - 10_000);
        expect(buckets).toHaveLength(columns);
        expect(begun).toBeGreaterThan(0);
        expect(begun).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('has every value in the column of its time', () => {
    const home = livingHome(3_010);
    const page = pageSamples(home, 'flow', 51);
    const { buckets } = page;
    const { from, columnMs } = timeOf(page);
    expect(buckets).toHaveLength(51);
    for (const [column, bucket] of buckets.entries()) {
      if (bucket === null) continue;
      expect(bucket.startAt).toBeGreaterThanOrEqual(from + column * columnMs);
      expect(bucket.startAt).toBeLessThan(from + (column + 1) * columnMs);
    }
    const heard = buckets.reduce((sum, bucket) => sum + (bucket?.count ?? 0), 0);
    expect(heard).toBe(602);
  });

  it('stands still but for its newest column, until the first minutes do not fit any more', () => {
    let home = withEvents(emptyHome(), connected(START));
    let before = draw(home, 51);
    let time = '';
    const turnedAt: number[] = [];
    for (let second = 5; second < 1_200; second += 5) {
      const value = (50 + 8 * Math.sin(second / 50)).toFixed(1);
      const at = START + second * 1_000;
      home = withEvents(home, message(at, 'heating/flow', '42.0'), message(at + 1, 'heating/flow', '58.0'));
      home = withEvents(home, message(at + 2, 'heating/flow', value), tick(at + 3));
      const after = draw(home, 51);
      const page = pageSamples(home, 'flow', 51);
      const newest = 6 + page.begun - 1;
      if (JSON.stringify(timeOf(page)) !== time) turnedAt.push(second);
      // On the page of the first minute the newest column is several.
      else if (second > 60) {
        for (const [row, line] of after.entries()) {
          expect(line.slice(0, newest - 1), `row ${row} at ${second} s`).toBe(before[row]?.slice(0, newest - 1));
        }
      }
      before = after;
      time = JSON.stringify(timeOf(page));
    }
    expect(turnedAt).toEqual([5, 65, 515]);
  });

  it('draws its axis as far as time has come, with the times at their columns', () => {
    const axisOf = (seconds: number) =>
      draw(livingHome(seconds), 51)
        .slice(-2)
        .map(row => row.trimEnd());
    expect([300, 600, 8_000].map(axisOf)).toEqual([
      ['     ╰┬───────────┬───────────┬─────', '    14:22       14:24       14:26       14:28       14:30'],
      ['     ╰┬──────────────┬', '    14:00          14:30          15:00          15:30'],
      [
        '     ╰┬──────────────┬──────────────┬──────────────┬──',
        '    15:00          15:30          16:00          16:30',
      ],
    ]);
  });

  it('is filled by the first minute, and by each of its stretches as a whole', () => {
    for (const columns of [20, 51, 111]) {
      const shown = [5, 25, 59].map(second => pageSamples(livingHome(second), 'flow', columns).begun / columns);
      expect(shown[0]).toBeLessThan(0.25);
      expect(shown[1]).toBeCloseTo(0.5, 1);
      expect(shown[2]).toBe(1);
    }
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

/** Each moment of the article's house with its samples: ten minutes of it, then a step of so many seconds. */
function* moments(
  window: number,
  columns: number,
  stepS: number,
): Generator<{ home: HomeState; samples: ChartSamples }> {
  const chosen = chartWindows[window];
  if (chosen === undefined) throw new Error('there is no such window');
  let home = livingHome(600);
  for (let step = 1; step <= 300; step += 1) {
    const second = 600 + step * stepS;
    home = withEvents(home, message(START + second * 1_000, 'heating/flow', `${40 + (step % 30)}`));
    yield { home, samples: windowSamples(home, 'flow', chosen, columns) };
  }
}

describe('a window of a chart', () => {
  for (const [window, { label, ms }] of shortWindows.entries()) {
    for (const columns of [22, 32, 70, 110, 230]) {
      it(`is ${label} long within half a column and ends now, in ${columns} columns`, () => {
        for (const { home, samples } of moments(window, columns, ms / 100_000)) {
          const { first, begun } = samples;
          const { from, columnMs } = timeOf(samples);
          expect(samples.buckets).toHaveLength(columns);
          expect(begun).toBeLessThanOrEqual(columns);
          expect(from + (begun - 1) * columnMs).toBeLessThanOrEqual(home.at);
          expect(from + begun * columnMs).toBeGreaterThan(home.at);
          expect(Math.abs(home.at - (from + first * columnMs) - ms)).toBeLessThanOrEqual(columnMs / 2);
          expect(outOfPlace(samples)).toEqual([]);
        }
      });
    }

    it(`of ${label} has the newest value at once, in its last column`, () => {
      for (const { home, samples } of moments(window, 70, ms / 100_000)) {
        expect(samples.buckets[samples.begun - 1]?.last).toBe(getRow(home.readings, 'flow')?.value);
      }
    });
  }

  it('stands still but for its oldest and its newest column until the page is turned', () => {
    let before: ChartSamples | null = null;
    let turns = 0;
    for (const { samples } of moments(0, 70, 5)) {
      if (before !== null && timeOf(before).from === timeOf(samples).from) {
        const { first, begun } = before;
        const same = (one: ChartSamples) => one.buckets.slice(first + 1, begun - 1);
        expect(same(samples)).toEqual(same(before));
      } else turns += 1;
      before = samples;
    }
    // 1,500 s, with ten columns of ten seconds to come on each page.
    expect(turns).toBeLessThanOrEqual(17);
  });

  it('has the statistics of its very time, to the stretch that is kept', () => {
    for (const [window, { ms }] of shortWindows.entries()) {
      const heard: { at: number; value: number }[] = [];
      const keptMs = [10_000, 10_000, 60_000, 300_000][window] ?? 0;
      for (const { home, samples } of moments(window, 70, ms / 100_000)) {
        heard.push({ at: home.at, value: getRow(home.readings, 'flow')?.value ?? 0 });
        if (home.at - (heard[0]?.at ?? 0) < 2 * ms) continue;
        const within = (length: number) => heard.filter(one => one.at > home.at - length).map(one => one.value);
        expect(samples.stats?.max).toBeLessThanOrEqual(Math.max(...within(ms)));
        expect(samples.stats?.max).toBeGreaterThanOrEqual(Math.max(...within(ms - keptMs)));
        expect(samples.stats?.min).toBeGreaterThanOrEqual(Math.min(...within(ms)));
        expect(samples.stats?.min).toBeLessThanOrEqual(Math.min(...within(ms - keptMs)));
      }
    }
  });

  it('tells what it shows by its axis: no line above it is a gap, none below it is another time', () => {
    const home = withEvents(livingHome(900), tick(START + 1_100_000));
    const sensor = home.house.sensors.get('flow');
    const [shortest] = shortWindows;
    if (sensor === undefined || shortest === undefined) throw new Error('the preset changed');
    const lines = chartLines({ home, glyphs }, sensor, windowSamples(home, 'flow', shortest, 70), 76, 9);
    expect(
      lines.map(line =>
        line
          .map(part => part.text)
          .join('')
          .trimEnd(),
      ),
    ).toMatchInlineSnapshot(`
      [
        "   90┤· · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "   80┤· · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "   70┤  ─────╮                             ╭──────",
        "   60┤       ╰────╮                   ·╭───╯",
        "   50┤            ╰───╮           ╭────╯",
        "   40┤                ╰───────────╯",
        "   30┤",
        "     ╰  ──────────┬───────────┬───────────┬───────────┬───────────┬──",
        "                14:32       14:34       14:36       14:38       14:40",
      ]
    `);
  });
});

/** The columns with a value of another time, or of a time that is not shown. */
function outOfPlace(samples: ChartSamples): readonly number[] {
  const { buckets, first, begun } = samples;
  const { from, columnMs } = timeOf(samples);
  const isWrong = (at: number, column: number): boolean =>
    column < first || column >= begun || Math.floor((at - from) / columnMs) !== column;
  return [...buckets.entries()].flatMap(([column, bucket]) =>
    bucket !== null && isWrong(bucket.startAt, column) ? [column] : [],
  );
}
