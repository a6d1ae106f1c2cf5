import { cadenceOf } from '../../core/home/clients/select-freshness.ts';
import { type Range, rangeOf } from '../../core/home/readings/range.ts';
import { type Bucket, keptSince, sampleSeries } from '../../core/home/readings/series.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { ChartWindow } from '../state/app-state.ts';

/** Within which all sparklines move on once, ms. */
const ROUND_MS = 10_000;

/**
 * How long after the begin of a column the sparkline of a sensor moves on, ms; `place` is that of the sensor in the house.
 * Each moves in a second of its own, and the first six not in that in which the clock changes its tens: all of them at
 * once are a burst on a thin line.
 */
export const sparklineLagMs = (place: number): number => ((2 + 3 * place) % 10) * 1_000;

/** The same of a chart: a second after the sparkline. */
const chartLagMs = (place: number): number => (sparklineLagMs(place) + 1_000) % ROUND_MS;

/** What a chart is drawn from: a page that stands still and fills up from left to right, one bucket a column. */
export interface ChartSamples {
  /** One for each column of the page; `null` where nothing was heard, and where nothing is shown. */
  readonly buckets: readonly (Bucket | null)[];
  /** The scale of the sensor. */
  readonly range: Range;
  /** When the first column begins, ms; a multiple of `columnMs`. */
  readonly from: number;
  readonly columnMs: number;
  /** The columns of the time that is shown: `first` to `begun` (exclusive). Those before are too old, the others yet to come. */
  readonly first: number;
  readonly begun: number;
  /** Of a page over all that it shows, of a window over that time; `null` where nothing was heard. */
  readonly stats: { readonly min: number; readonly mean: number; readonly max: number } | null;
}

/** Seconds of one column by the minutes of the window: all divide it, and what the series keeps divides them. */
const WINDOW_COLUMN_SECONDS: Readonly<Record<number, readonly number[]>> = {
  10: [10, 20, 30, 60],
  60: [30, 60, 120, 180, 300],
  360: [180, 240, 360, 720, 900, 1800],
  1440: [900, 1200, 1800, 3600, 7200],
};
/** What the series keeps of a window at its finest, s. */
const WINDOW_KEPT_SECONDS: Readonly<Record<number, number>> = { 10: 10, 60: 10, 360: 60, 1440: 300 };
/** Of so many columns of a page one at the least is room to come, so that it is turned more rarely. */
const ROOM_SHARE = 8;
/** A page is turned by so many columns at the most: what moves no further a painter sends as a shift. */
const MOST_TURNED = 32;

/**
 * Samples a sensor over a window that ends now, on a page of so many columns (1 or more). The window moves over the page:
 * a column is begun at its one end and, half a column's time later, one is left out at the other, so that it is the
 * window's length within half a column. A page is turned where there is no more room: only then the columns move.
 */
export function windowSamples(home: HomeState, sensorId: string, window: ChartWindow, columns: number): ChartSamples {
  const choices = (WINDOW_COLUMN_SECONDS[window.ms / 60_000] ?? [10]).map(seconds => seconds * 1_000);
  const room = Math.max(1, Math.floor(columns / ROOM_SHARE));
  const columnMs = choices.find(one => window.ms / one + room <= columns) ?? choices.at(-1) ?? 10_000;
  const step = Math.min(MOST_TURNED, Math.max(1, columns - window.ms / columnMs));
  const newest = Math.floor(home.at / columnMs);
  const from = (Math.floor(newest / step) + 1) * step - columns;
  const oldest = Math.round((home.at - window.ms) / columnMs);
  const time = { from: from * columnMs, columnMs, first: Math.max(0, oldest - from), begun: newest - from + 1 };
  return { ...samplePage(home, sensorId, columns, time, home.at), stats: windowStats(home, sensorId, window) };
}

/** From the stretches that lie within the window as a whole: no value in it is older than that. */
function windowStats(home: HomeState, sensorId: string, window: ChartWindow): ChartSamples['stats'] {
  const columnMs = (WINDOW_KEPT_SECONDS[window.ms / 60_000] ?? 10) * 1_000;
  const begun = window.ms / columnMs;
  const from = (Math.floor(home.at / columnMs) + 1 - begun) * columnMs;
  return samplePage(home, sensorId, begun, { from, columnMs, first: 0, begun }, home.at).stats;
}

/** What a page may be like: each kind shows at least so much of the past where that was heard, ms. */
interface PageKind {
  readonly leastMs: number;
  /** Pages begin at multiples of this, ms, so that one is turned so rarely: all that is drawn moves then. */
  readonly stepMs: number;
  /** All divide the step, and what the series keeps divides them. */
  readonly columnSeconds: readonly number[];
}

const MINUTE_MS = 60_000;
const LONG_PAGE: PageKind = {
  leastMs: 60 * MINUTE_MS,
  stepMs: 30 * MINUTE_MS,
  columnSeconds: [60, 120, 180, 300, 600, 900, 1800],
};
/** For as long as all that was heard is on it: in an hour, the first minutes would be lost. */
const FIRST_PAGE: PageKind = { leastMs: 6 * MINUTE_MS, stepMs: 2 * MINUTE_MS, columnSeconds: [10, 20, 30, 60, 120] };

/**
 * Samples a sensor over some minutes at first and an hour and more later, one bucket for each of so many columns (1 or
 * more), beginning at a round time. Time goes on from left to right until the page is full. So a new bucket is one more
 * column, where a window that slides would draw nearly all cells anew: two thousand bytes.
 */
export function pageSamples(home: HomeState, sensorId: string, columns: number): ChartSamples {
  // As of a few seconds ago: each chart begins its columns in a second of its own.
  const page = pageAt(home, sensorId, columns, home.at - chartLagMs(home.readings.places.get(sensorId) ?? 0));
  // But for the first values, so that no chart says for these seconds that nothing was heard.
  return page.stats === null ? pageAt(home, sensorId, columns, home.at) : page;
}

function pageAt(home: HomeState, sensorId: string, columns: number, at: number): ChartSamples {
  const reading = getRow(home.readings, sensorId);
  const since = Math.min(at, (reading && keptSince(reading.series)) ?? at);
  const first = pageTime(FIRST_PAGE, columns, at, since);
  const time = first.from <= since ? first : pageTime(LONG_PAGE, columns, at, since);
  return samplePage(home, sensorId, columns, time, at);
}

/** A page that is full, or that begins with what was heard since then, ms. */
function pageTime({ leastMs, stepMs, columnSeconds }: PageKind, columns: number, at: number, since: number): PageTime {
  const all = columnSeconds.map(seconds => seconds * 1_000);
  const columnMs = all.find(one => one * columns >= leastMs + stepMs) ?? all.at(-1) ?? stepMs;
  const turned = Math.floor((at - columns * columnMs) / stepMs) + 1;
  const from = Math.max(turned, Math.floor(since / stepMs)) * stepMs;
  return { from, columnMs, first: 0, begun: Math.floor((at - from) / columnMs) + 1 };
}

type PageTime = Pick<ChartSamples, 'from' | 'columnMs' | 'first' | 'begun'>;

/** The buckets of a page's time as of `at`, ms, each in its column. */
function samplePage(home: HomeState, sensorId: string, columns: number, time: PageTime, at: number): ChartSamples {
  const reading = getRow(home.readings, sensorId);
  const sensor = home.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined) {
    return { ...time, range: { min: 0, max: 1 }, buckets: [], stats: null };
  }
  const { columnMs, first, begun } = time;
  const holdMs = Math.max(2 * cadenceOf(home, reading, sensor), columnMs);
  const shown = sampleSeries(reading.series, { endAt: at, columnMs, columns: begun - first, holdMs });
  const none = (count: number) => new Array<null>(Math.max(0, count)).fill(null);
  return {
    ...time,
    range: rangeOf(sensor, reading),
    buckets: [...none(first), ...shown, ...none(columns - begun)],
    stats: statsOf(shown),
  };
}

function statsOf(buckets: readonly (Bucket | null)[]): ChartSamples['stats'] {
  const known = buckets.filter(bucket => bucket !== null);
  if (known.length === 0) return null;
  const count = known.reduce((sum, bucket) => sum + bucket.count, 0);
  const total = known.reduce((sum, bucket) => sum + bucket.sum, 0);
  return {
    min: Math.min(...known.map(bucket => bucket.min)),
    mean: total / count,
    max: Math.max(...known.map(bucket => bucket.max)),
  };
}
