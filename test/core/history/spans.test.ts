import { expect, it } from 'vitest';
import { clipSpans, gapsBetween, lengthOf, mergeSpans, type Span } from '../../../src/core/history/spans.ts';
import { createRandom } from '../../helpers/random/random.ts';

const secondsOf = (spans: readonly Span[]): readonly number[] =>
  spans.flatMap(({ from, until }) => Array.from({ length: until - from }, (_, index) => from + index));

it('merging, clipping and gaps say of each second what a list of seconds says', () => {
  const random = createRandom(8);
  for (let round = 0; round < 500; round++) {
    const spans = Array.from({ length: random.below(8) }, () => {
      const from = 3 * random.below(60);
      return { from, until: from + 3 * random.below(20) };
    });
    const merged = mergeSpans(spans);
    const all = new Set(secondsOf(spans));
    expect(secondsOf(merged)).toEqual([...all].sort((a, b) => a - b));
    const within = { from: random.below(100), until: 100 + random.below(100) };
    const [inside, outside] = [secondsOf(clipSpans(merged, within)), secondsOf(gapsBetween(merged, within))];
    expect([...inside, ...outside].sort((a, b) => a - b)).toEqual(secondsOf([within]));
    expect(inside.every(second => all.has(second))).toBe(true);
    expect(lengthOf(clipSpans(merged, within))).toBe(inside.length);
  }
});

it('an empty stretch is none', () => {
  expect(
    mergeSpans([
      { from: 5, until: 5 },
      { from: 9, until: 7 },
    ]),
  ).toEqual([]);
  expect(clipSpans([{ from: 0, until: 10 }], { from: 5, until: 5 })).toEqual([]);
  expect(gapsBetween([], { from: 5, until: 5 })).toEqual([]);
});

it('takes a second between two stretches for a seam: times are cut to whole seconds', () => {
  expect(
    mergeSpans([
      { from: 0, until: 60 },
      { from: 61, until: 120 },
    ]),
  ).toEqual([{ from: 0, until: 120 }]);
  expect(
    mergeSpans([
      { from: 0, until: 60 },
      { from: 62, until: 120 },
    ]),
  ).toHaveLength(2);
});
