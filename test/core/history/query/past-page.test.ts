import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../../../src/core/history/bytes/frame.ts';
import { joinBytes } from '../../../../src/core/history/day-file.ts';
import { joinTallies, tallyFile } from '../../../../src/core/history/event-tally.ts';
import { encodeEvent, type HistoryEvent } from '../../../../src/core/history/history-event.ts';
import type { Listening } from '../../../../src/core/history/listening.ts';
import { type PastPage, type PastSource, readPastPage } from '../../../../src/core/history/query/past-page.ts';
import type { PastQuestion } from '../../../../src/core/history/query/past-question.ts';
import type { SeriesInfo } from '../../../../src/core/history/series.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article } from '../../../helpers/ui/home.ts';

const house = createHouse(article());
/** A whole hour, seconds since 1970. */
const START = 1_795_910_400;
const HOUR = 3_600;

interface Kept {
  readonly series: readonly SeriesInfo[];
  /** Number, second and value as kept. */
  readonly readings: readonly (readonly [number, number, number])[];
  readonly listening?: Listening;
  readonly events?: readonly HistoryEvent[];
}

function sourceOf({ series, readings, listening, events = [] }: Kept): PastSource {
  return {
    series,
    read: (wanted, span, _step, visitor) => {
      for (const [n, second, value] of readings) {
        if (wanted.has(n) && second >= span.from && second < span.until) visitor.reading(n, second, value);
      }
      return listening ?? { heard: [span], lost: [] };
    },
    events: span => events.filter(({ at }) => at >= span.from * 1_000 && at < span.until * 1_000),
    tally: span => joinTallies([tallyFile(joinBytes(events.map(one => makeFrame(encodeEvent(one)))), 0)], span),
  };
}

const flow = (n: number, unit: string): SeriesInfo => ({ n, id: 'flow', unit, scale: 1 });
const edges = [0, 1, 2, 3].map(hour => (START + hour * HOUR) * 1_000);

interface More extends Partial<PastQuestion> {
  readonly aheadMs?: number;
  readonly now?: number;
  readonly since?: number | null;
}

function ask(kept: Kept, more: More = {}): PastPage {
  const { aheadMs = 0, now = START + 10 * HOUR, since = START - 86_400, ...asked } = more;
  const question = {
    sensorId: 'flow',
    edges: edges.map(edge => edge + aheadMs),
    first: 0,
    comparedEdges: null,
    asOf: 0,
  };
  return readPastPage(sourceOf(kept), house, { ...question, ...asked }, { aheadMs, now, since });
}

/** A value each ten minutes of an hour. */
const hourOf = (n: number, hour: number, value: number) =>
  [0, 1, 2, 3, 4, 5].map(place => [n, START + hour * HOUR + place * 600, value] as const);

describe('a page of the past', () => {
  it('has a column for each stretch, and those that it is compared with', () => {
    const page = ask(
      { series: [flow(0, '°C')], readings: [...hourOf(0, 0, 540), ...hourOf(0, 1, 560), ...hourOf(0, -24, 500)] },
      { comparedEdges: edges.map(edge => edge - 24 * HOUR * 1_000) },
    );
    expect(page.columns.map(({ n, mean, gap }) => [n, mean, gap])).toEqual([
      [6, 54, null],
      [6, 56, null],
      [0, null, 'silent'],
    ]);
    expect(page.compared?.map(({ mean }) => mean)).toEqual([50, null, null]);
    expect(page.since).toBe((START - 86_400) * 1_000);
  });

  it('brings values of another unit into the one of today', () => {
    const page = ask({
      series: [flow(0, '°F'), flow(1, '°C')],
      readings: [...hourOf(0, 0, 2_120), ...hourOf(0, 1, 320), ...hourOf(1, 1, 200)],
    });
    expect(page.columns.map(({ n, min, max, mean }) => [n, min, max, mean])).toEqual([
      [6, 100, 100, 100],
      [12, 0, 20, 10],
      [0, null, null, null],
    ]);
    expect(page.leftOut).toEqual([]);
  });

  it('weighs the values of two units by how many they are, and neither counts where it said nothing', () => {
    const half = hourOf(1, 1, 200).slice(0, 3);
    const kept = [...hourOf(0, 1, 500), ...half, ...hourOf(1, 2, 540), ...hourOf(0, 0, 590)];
    for (const series of [
      [flow(0, '°F'), flow(1, '°C')],
      [flow(1, '°C'), flow(0, '°F')],
    ]) {
      const { columns } = ask({ series, readings: kept });
      expect(columns.map(({ n, min, max, mean }) => [n, min, max, mean?.toFixed(3)])).toEqual([
        [6, 15, 15, '15.000'],
        [9, 10, 20, '13.333'],
        [6, 54, 54, '54.000'],
      ]);
      expect(columns.map(({ last }) => last)).toEqual([15, series[0]?.n === 0 ? 20 : 10, 54]);
    }
    // What cannot be converted takes nothing from what was said beside it.
    const both = ask({
      series: [flow(0, '°C'), flow(1, 'bar')],
      readings: [...hourOf(0, 0, 540), ...hourOf(1, 0, 20), ...hourOf(1, 1, 20)],
    });
    expect(both.columns.map(({ n, mean, gap }) => [n, mean, gap])).toEqual([
      [6, 54, null],
      [0, null, null],
      [0, null, 'silent'],
    ]);
  });

  it('leaves out what cannot be brought into it, says so, and calls that no silence', () => {
    const page = ask({
      series: [flow(0, 'bar'), flow(1, '°C')],
      readings: [...hourOf(0, 0, 20), ...hourOf(1, 1, 540)],
    });
    expect(page.leftOut).toEqual(['bar']);
    expect(page.columns.map(({ n, gap }) => [n, gap])).toEqual([
      [0, null],
      [6, null],
      [0, 'silent'],
    ]);
  });

  it('calls a sensor that was never kept neither silent nor heard, and tells when nobody listened', () => {
    const listening = { heard: [{ from: START, until: START + HOUR }], lost: [] };
    const page = ask({ series: [], readings: [], listening });
    expect(page.columns.map(({ n, gap }) => [n, gap])).toEqual([
      [0, null],
      [0, 'not-listening'],
      [0, 'not-listening'],
    ]);
  });

  it('tells how much of the part that is shown and over nobody heard', () => {
    const share = (heard: readonly (readonly [number, number])[], more: More = {}) => {
      const spans = heard.map(([from, until]) => ({ from: START + from * HOUR, until: START + until * HOUR }));
      return ask({ series: [], readings: [], listening: { heard: spans, lost: [] } }, more).unheardShare;
    };
    expect(share([[0, 3]])).toBe(0);
    expect(share([])).toBe(1);
    expect(share([[0, 1.5]])).toBe(0.5);
    expect(
      share([
        [0, 0.5],
        [1, 2],
      ]),
    ).toBe(0.5);
    expect(share([[0, 1.5]], { first: 1 })).toBe(0.75);
    expect(share([[0, 1.5]], { first: 2 })).toBe(1);
    expect(share([[0, 1.5]], { now: START + 2 * HOUR })).toBe(0.25);
    expect(share([], { now: START, first: 1 })).toBe(0);
    expect(share([], { now: START + 1 })).toBe(1);
  });

  it('is empty where nothing was ever kept, and of a sensor that is no longer in the house', () => {
    const page = ask({ series: [], readings: [] }, { sensorId: 'gone', since: null });
    expect([page.since, page.columns.map(({ n }) => n), page.leftOut]).toEqual([null, [0, 0, 0], []]);
  });

  it('has what happened in its time, and tells the column that is asked for', () => {
    const event = (hours: number): HistoryEvent => {
      const at = (START + hours * HOUR) * 1_000;
      return { at, type: 'switch', id: null, severity: 'info', text: `${hours}`, detail: {} };
    };
    const kept = { series: [], readings: [], events: [-1, 0, 1, 1.5, 3].map(event) };
    const { events } = ask(kept);
    expect(events.newest.map(({ text }) => text)).toEqual(['0', '1', '1.5']);
    expect(events.marks.map(({ count }) => count)).toEqual([1, 2]);
    expect(events.told).toBeNull();
    const told = ask(kept, { told: { from: edges[1] ?? 0, until: edges[2] ?? 0 } }).events.told;
    expect(told?.map(({ text }) => text)).toEqual(['1', '1.5']);
    expect(ask(kept, { now: START + HOUR }).events.newest.map(({ text }) => text)).toEqual(['0', '1']);
  });

  it('is in the time of the events where the clock of the machine was set back', () => {
    const event: HistoryEvent = {
      ...{ at: START * 1_000 + 5, type: 'denial', id: null, severity: 'critical', text: 'denied', detail: {} },
    };
    const page = ask({ series: [flow(0, '°C')], readings: hourOf(0, 0, 540), events: [event] }, { aheadMs: 90_000 });
    expect(page.columns[0]?.n).toBe(6);
    expect(page.since).toBe((START - 86_400) * 1_000 + 90_000);
    expect(page.events.newest).toEqual([{ at: START * 1_000 + 90_005, mark: 'denied', text: 'denied' }]);
  });
});
