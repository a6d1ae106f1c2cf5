import { describe, expect, it } from 'vitest';
import { localEdges } from '../../../../src/core/history/query/local-edges.ts';
import { createRandom } from '../../../helpers/random/random.ts';

process.env.TZ = 'Europe/Berlin';
const HOUR = 3_600;
const at = (iso: string): number => Date.parse(iso) / 1_000;
const hours = (edges: readonly number[]): readonly number[] =>
  edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / HOUR);

describe('localEdges', () => {
  it.each([
    ['in spring', '2026-03-28', '2026-03-31', [24, 23, 24]],
    ['in autumn', '2026-10-24', '2026-10-27', [24, 25, 24]],
  ])('has days as long as they were here, %s', (_, from, to, lengths) => {
    expect(hours(localEdges(at(`${from}T00:00`), at(`${to}T00:00`), 24 * HOUR))).toEqual(lengths);
  });

  it.each([
    ['2026-03-29', '2026-03-30', [6, 6, 6, 5]],
    ['2026-10-25', '2026-10-26', [6, 6, 6, 6, 1]],
    ['2026-11-29', '2026-11-30', [6, 6, 6, 6]],
  ])('cuts %s into parts of six hours', (day, next, lengths) => {
    expect(hours(localEdges(at(`${day}T00:00`), at(`${next}T00:00`), 6 * HOUR))).toEqual(lengths);
  });

  it('begins with the part that the first moment is in, ends with the one that the last is in, and leaves none out', () => {
    const random = createRandom(14);
    for (let round = 0; round < 300; round++) {
      const step = random.pick([60, 300, 1_200, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR]);
      // Now and then it begins or ends where a part does.
      const exact = random.pick([1, 1, HOUR]);
      const from = at('2026-01-01T00:00') + exact * random.below((365 * 24 * HOUR) / exact);
      const until = from + exact * (1 + random.below((20 * 24 * HOUR) / exact));
      const edges = localEdges(from, until, step);
      expect(edges[0]).toBeLessThanOrEqual(from);
      expect(edges[1]).toBeGreaterThan(from);
      expect(edges.at(-1)).toBeGreaterThanOrEqual(until);
      expect(edges.at(-2)).toBeLessThan(until);
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
      expect(edges.every(edge => edge % Math.min(step, 300) === 0)).toBe(true);
    }
  });
});
