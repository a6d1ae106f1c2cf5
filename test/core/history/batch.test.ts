import { describe, expect, it } from 'vitest';
import { encodeBatch, spanOf, visitBatch } from '../../../src/core/history/batch.ts';
import type { Span } from '../../../src/core/history/spans.ts';
import { randomReadings } from '../../helpers/history/samples.ts';
import { createRandom } from '../../helpers/random/random.ts';

const FROM = 1_795_910_400;

describe('a batch', () => {
  it('gives back its readings and when somebody listened', () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const numbers = Array.from({ length: random.below(5) }, () => random.below(1_000));
      const readings = new Map(numbers.map(n => [n, randomReadings(random, FROM, FROM + 600)]));
      const heard = Array.from({ length: random.below(3) }, (_, index) => ({
        from: FROM + 100 * index,
        until: FROM + 100 * index + random.below(100),
      }));
      const found = new Map([...readings].filter(([, list]) => list.length > 0).map(([n]) => [n, [] as number[]]));
      const spans: Span[] = [];
      const isBatch = visitBatch(encodeBatch({ heard, readings }), {
        heard: span => spans.push(span),
        reading: (n, second, value) => found.get(n)?.push(second, value),
      });
      expect(isBatch).toBe(true);
      expect(spans).toEqual(heard);
      expect(found).toEqual(new Map([...readings].filter(([, list]) => list.length > 0)));
    }
  });

  it('takes times that go back, as those of a clock that was set', () => {
    const readings = new Map([[0, [FROM, 1, FROM - 3_600, 2, FROM - 3_595, 2]]]);
    const found: number[] = [];
    visitBatch(encodeBatch({ heard: [], readings }), { reading: (_, ...pair) => found.push(...pair) });
    expect(found).toEqual(readings.get(0));
  });

  it('reaches from its first second to its last', () => {
    const heard = [{ from: FROM + 10, until: FROM + 60 }];
    expect(spanOf({ heard: [], readings: new Map() })).toBeNull();
    expect(spanOf({ heard: [], readings: new Map([[0, []]]) })).toBeNull();
    expect(spanOf({ heard, readings: new Map() })).toEqual({ from: FROM + 10, until: FROM + 60 });
    const readings = new Map<number, readonly number[]>([
      [0, []],
      [1, [FROM + 5, 1, FROM + 7, 900]],
      [2, [FROM + 99, 4]],
    ]);
    expect(spanOf({ heard: [], readings })).toEqual({ from: FROM + 5, until: FROM + 99 });
    expect(spanOf({ heard, readings: new Map([[3, [FROM + 20, 1]]]) })).toEqual({ from: FROM + 10, until: FROM + 60 });
  });

  it('is nothing else', () => {
    expect(visitBatch(Uint8Array.from([9, 1, 2]), {})).toBe(false);
    expect(visitBatch(Uint8Array.from([1, 200]), {})).toBe(false);
  });

  it('may be read for its listening only, or left alone once that is known', () => {
    const heard = [{ from: FROM, until: FROM + 60 }];
    const bytes = encodeBatch({ heard, readings: new Map([[7, [FROM, 1, FROM + 5, 2]]]) });
    const read = (isWanted?: boolean) => {
      const seen: unknown[] = [];
      visitBatch(bytes, {
        reading: (...reading) => seen.push(reading),
        ...(isWanted === undefined ? {} : { isWanted: spans => seen.push(spans) > 0 && isWanted }),
      });
      return seen;
    };
    const readings = [
      [7, FROM, 1],
      [7, FROM + 5, 2],
    ];
    expect(read()).toEqual(readings);
    expect(read(true)).toEqual([heard, ...readings]);
    expect(read(false)).toEqual([heard]);
    expect(visitBatch(bytes, {})).toBe(true);
  });

  it('leaves what its reader throws to whoever called', () => {
    const bytes = encodeBatch({ heard: [], readings: new Map([[0, [FROM, 1]]]) });
    const fail = (): never => {
      throw new Error('no room');
    };
    expect(() => visitBatch(bytes, { reading: fail })).toThrow('no room');
  });

  it('costs little more than its values where a sensor keeps its cadence', () => {
    const readings = new Map([[0, Array.from({ length: 100 }, (_, place) => [FROM + 5 * place, 540]).flat()]]);
    // Times and values that do not change are a byte each; the first second stands in the head.
    expect(encodeBatch({ heard: [], readings }).length).toBeLessThan(200 + 16);
    expect(encodeBatch({ heard: [{ from: FROM, until: FROM + 500 }], readings }).length).toBeLessThan(200 + 20);
  });

  it.each<[string, Parameters<typeof spanOf>[0], readonly [number, number] | null]>([
    ['nothing', { heard: [], readings: new Map() }, null],
    ['a series without a reading', { heard: [], readings: new Map([[0, []]]) }, null],
    ['one reading', { heard: [], readings: new Map([[0, [50, 1]]]) }, [50, 50]],
    [
      'readings of several series',
      {
        heard: [],
        readings: new Map([
          [0, [50, 1, 60, 2]],
          [1, [40, 90, 55, 3]],
        ]),
      },
      [40, 60],
    ],
    [
      'listening only',
      {
        heard: [
          { from: 10, until: 20 },
          { from: 30, until: 70 },
        ],
        readings: new Map(),
      },
      [10, 70],
    ],
    ['both', { heard: [{ from: 45, until: 58 }], readings: new Map([[0, [50, 1, 60, 2]]]) }, [45, 60]],
  ])('tells of a stretch: %s', (_, batch, span) => {
    expect(spanOf(batch)).toEqual(span === null ? null : { from: span[0], until: span[1] });
  });
});
