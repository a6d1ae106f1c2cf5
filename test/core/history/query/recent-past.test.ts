import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../../src/core/history/history-event.ts';
import type { PastSource } from '../../../../src/core/history/query/past-page.ts';
import { readRecentPast } from '../../../../src/core/history/query/recent-past.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article, houseOf } from '../../../helpers/ui/home.ts';

const NOW = 1_795_910_400;
const MONTH = 31 * 86_400;
const house = createHouse(article());

const position = (at: number, id: string | null, state: unknown, type = 'switch'): HistoryEvent => ({
  ...{ at: at * 1_000, type, id, severity: 'info', text: '', detail: { state } },
});

interface Asked {
  readonly from: number;
  readonly until: number;
}

function sourceOf(events: readonly HistoryEvent[], asked: Asked[] = []): Omit<PastSource, 'tally'> {
  return {
    series: [
      { n: 0, id: 'flow', unit: '°C', scale: 1 },
      { n: 1, id: 'flow', unit: '°F', scale: 1 },
      { n: 2, id: 'flow', unit: 'bar', scale: 1 },
      { n: 3, id: 'gone', unit: '°C', scale: 1 },
    ],
    read: (wanted, span, step, visitor) => {
      asked.push(span);
      expect(step).toBeNull();
      for (const [n, second, value] of [
        [0, NOW - 30, 540],
        [0, NOW - 21, 560],
        [0, NOW - 20, 580],
        [1, NOW - 5, 2_120],
        [1, NOW - 50, 320],
        [2, NOW - 4, 20],
        [3, NOW - 3, 20],
      ] as const) {
        if (wanted.has(n)) visitor.reading(n, second, value);
      }
      return { heard: [{ from: NOW - 60, until: NOW - 40 }], lost: [{ from: NOW - 30, until: NOW - 20 }] };
    },
    events: span => {
      asked.push(span);
      return events.filter(({ at }) => at >= span.from * 1_000 && at < span.until * 1_000);
    },
  };
}

describe('the past of a short while ago', () => {
  it('is in stretches of ten seconds of the clock of the events, in the unit of today', () => {
    const { series, listened } = readRecentPast(sourceOf([]), house, { aheadMs: 7_000, now: NOW });
    // What is damaged was not unheard.
    expect(listened.map(({ fromAt, untilAt }) => [fromAt, untilAt].map(at => (at ?? 0) / 1_000 - NOW))).toEqual([
      [-53, -33],
      [-23, -13],
    ]);
    expect([...series.keys()]).toEqual(['flow']);
    const shown = series
      .get('flow')
      ?.map(({ startAt, min, max, last, sum, count }) => [startAt / 1_000 - NOW, min, max, last, sum, count]);
    expect(shown).toEqual([
      [-50, 0, 0, 0, 0, 1],
      [-30, 54, 54, 54, 54, 1],
      [-20, 56, 58, 58, 114, 2],
      [0, 100, 100, 100, 100, 1],
    ]);
  });

  it('reaches an hour back, and less where there are many sensors', () => {
    const reach = (sensors: number): number => {
      const asked: Asked[] = [];
      readRecentPast(sourceOf([], asked), createHouse(houseOf(sensors, 4)), { aheadMs: 0, now: NOW });
      return (asked[0]?.until ?? 0) - (asked[0]?.from ?? 0);
    };
    expect([4, 64, 65].map(reach)).toEqual([3_601, 3_601, 1_201]);
  });

  it('has the newest position of each relay, however long ago, and no other words', () => {
    const events = [
      position(NOW - 11 * MONTH, 'fan', 'on'),
      position(NOW - 900, 'pump', 'off'),
      position(NOW - 600, 'pump', 'on'),
      position(NOW - 300, 'pump', 'unknown'),
      position(NOW - 250, 'pump', 5),
      position(NOW, 'burner', 'off'),
      position(NOW + 1, 'fan', 'off'),
      position(NOW - 200, 'pump', 'off', 'verdict'),
      position(NOW - 100, 'gone', 'off'),
      position(NOW - 90, null, 'off'),
      position(NOW + 600, 'burner', 'on'),
    ];
    const { positions } = readRecentPast(sourceOf(events), house, { aheadMs: 5_000, now: NOW });
    expect([...positions]).toEqual([
      ['burner', { position: 'off', at: NOW * 1_000 + 5_000 }],
      ['pump', { position: 'on', at: (NOW - 600) * 1_000 + 5_000 }],
      ['fan', { position: 'on', at: (NOW - 11 * MONTH) * 1_000 + 5_000 }],
    ]);
  });

  it('is looked for in no more months than needed, and not for ever', () => {
    const asked: Asked[] = [];
    const all = ['pump', 'burner', 'fan'].map(id => position(NOW - 60, id, 'on'));
    readRecentPast(sourceOf(all, asked), house, { aheadMs: 0, now: NOW });
    expect(asked).toHaveLength(2);
    const none: Asked[] = [];
    readRecentPast(sourceOf([], none), house, { aheadMs: 0, now: NOW });
    expect(none).toHaveLength(14);
  });
});
