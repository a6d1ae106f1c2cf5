import { describe, expect, it } from 'vitest';
import { encodeBatch, visitBatch } from '../../../src/core/history/batch.ts';
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

  it('is nothing else', () => {
    expect(visitBatch(Uint8Array.from([9, 1, 2]), {})).toBe(false);
    expect(visitBatch(Uint8Array.from([1, 200]), {})).toBe(false);
  });
});
