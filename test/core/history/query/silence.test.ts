import { describe, expect, it } from 'vitest';
import { openSilenceFinder } from '../../../../src/core/history/query/silence.ts';
import type { Span } from '../../../../src/core/history/spans.ts';

const WITHIN: Span = { from: 0, until: 1_000 };
const ALWAYS: readonly Span[] = [WITHIN];
const learned = { everyS: null, expireAfterS: null };
/** Stale after 60 seconds. */
const fixed = { everyS: null, expireAfterS: 60 };

/** The silences of what spoke at these seconds. */
function silences(at: readonly number[], rule: Parameters<typeof openSilenceFinder>[1] = fixed, heard = ALWAYS) {
  const finder = openSilenceFinder(WITHIN, rule);
  for (const second of at) finder.spoke(second, second);
  return finder.silences(heard).map(({ from, until }) => [from, until]);
}

/** From `from` to `until`, each so many seconds. */
const every = (step: number, from: number, until: number): readonly number[] =>
  Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, place) => from + place * step);

describe('a silence', () => {
  it('is as long as the house file says, or longer', () => {
    const spoken = [...every(10, 0, 400), ...every(10, 460, 700), ...every(10, 759, 999)];
    expect(silences(spoken)).toEqual([[400, 460]]);
  });

  it('is at the beginning, at the end, or all of it', () => {
    expect(silences(every(10, 60, 940))).toEqual([
      [0, 60],
      [940, 1_000],
    ]);
    expect(silences(every(10, 51, 941))).toEqual([]);
    expect(silences([])).toEqual([[0, 1_000]]);
  });

  it('is told in the order of time', () => {
    expect(silences([200, 210, 500, 510, 990])).toEqual([
      [0, 200],
      [210, 500],
      [510, 990],
    ]);
  });

  it('counts only while somebody listened, and from when that began', () => {
    const heard = [
      { from: 0, until: 150 },
      { from: 200, until: 1_000 },
    ];
    expect(silences([100, 240, 990], fixed, heard)).toEqual([
      [0, 100],
      [240, 990],
    ]);
    expect(silences([10, 20], fixed, [{ from: 0, until: 30 }])).toEqual([]);
    expect(silences([10], fixed, [])).toEqual([]);
  });

  it('is by what was learned of the series, where the house file says nothing', () => {
    const spoken = [...every(100, 0, 300), ...every(10, 310, 990)];
    expect(silences(spoken, learned)).toEqual(silences(spoken, { everyS: 10, expireAfterS: null }));
    expect(silences(spoken, learned).length).toBeGreaterThan(0);
    expect(silences(spoken, { everyS: 100, expireAfterS: null })).toEqual([]);
  });

  it('is by what the house file says before what was learned', () => {
    const slow = every(100, 0, 1_000);
    expect(silences(slow, learned)).toEqual([]);
    expect(silences(slow, { everyS: 10, expireAfterS: null }).length).toBe(10);
    expect(silences(slow, { everyS: 10, expireAfterS: 101 })).toEqual([]);
  });
});

describe('what spoke throughout a stretch', () => {
  it('was not silent in it', () => {
    const finder = openSilenceFinder(WITHIN, fixed);
    finder.spoke(0, 500);
    finder.spoke(559, 900);
    finder.spoke(960, 1_000);
    expect(finder.silences(ALWAYS)).toEqual([{ from: 900, until: 960 }]);
  });

  it('that lies in another one says nothing new', () => {
    const finder = openSilenceFinder(WITHIN, fixed);
    finder.spoke(0, 900);
    finder.spoke(100, 200);
    expect(finder.silences(ALWAYS)).toEqual([{ from: 900, until: 1_000 }]);
  });

  it('in several that follow each other teaches that it has no pauses', () => {
    const gaps = (stretches: number) => {
      const finder = openSilenceFinder(WITHIN, learned);
      finder.spoke(0, 300, stretches);
      finder.spoke(400, 500);
      finder.spoke(600, 1_000);
      return finder.silences(ALWAYS);
    };
    expect(gaps(1)).toEqual([]);
    expect(gaps(4)).toEqual([
      { from: 300, until: 400 },
      { from: 500, until: 600 },
    ]);
  });
});

it('a long series is judged by its first 512 intervals', () => {
  const within = { from: 0, until: 100_020 };
  const finder = openSilenceFinder(within, learned);
  for (const second of every(10, 0, 5_120)) finder.spoke(second, second);
  for (const second of every(100, 5_220, 100_020)) finder.spoke(second, second);
  expect(finder.silences([within]).length).toBe(every(100, 5_220, 100_020).length);
});

it('a stretch is silent where it is for the most part', () => {
  const finder = openSilenceFinder(WITHIN, fixed);
  for (const second of [...every(10, 0, 400), ...every(10, 500, 1_000)]) finder.spoke(second, second);
  expect(finder.isSilentIn({ from: 350, until: 450 }, ALWAYS)).toBe(true);
  expect(finder.isSilentIn({ from: 349, until: 449 }, ALWAYS)).toBe(false);
  expect(finder.isSilentIn({ from: 400, until: 500 }, ALWAYS)).toBe(true);
  expect(finder.isSilentIn({ from: 600, until: 700 }, ALWAYS)).toBe(false);
  expect(finder.isSilentIn({ from: 400, until: 500 }, [{ from: 0, until: 420 }])).toBe(false);
});
