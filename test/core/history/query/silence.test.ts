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

describe('the cadence that is learned', () => {
  // From three times as long on something is a silence, and from four seconds more on.
  it.each([
    ['of one pause is that one', [0, 100], 300],
    ['of two the longer one', [0, 10, 110], 300],
    ['of three the one in the middle, whatever their order', [0, 20, 120, 140], 60],
    ['a second, of what speaks each second', [0, 1, 2, 3], 5],
  ] as const)('%s', (_, spoken, limit) => {
    const last = spoken.at(-1) ?? 0;
    const long = spoken.flatMap((second, place) => (second - (spoken[place - 1] ?? second) >= limit ? [place] : []));
    const found = (until: number) => silences(spoken, learned, [{ from: 0, until }]).slice(long.length);
    expect(found(last + limit)).toEqual([[last, last + limit]]);
    expect(found(last + limit - 1)).toEqual([]);
  });

  it('is that of the first 512 pauses, and what is as long as its limit counts behind them', () => {
    const pauses = [
      ...Array.from({ length: 256 }, () => 10),
      ...Array.from({ length: 256 }, () => 100),
      ...[10, 300, 299, 301, 299],
    ];
    let at = 0;
    const spoken = [0, ...pauses.map(pause => (at += pause))];
    const finder = openSilenceFinder({ from: 0, until: at }, learned);
    for (const second of spoken) finder.spoke(second, second);
    const found = finder.silences([{ from: 0, until: at }]);
    expect(found.map(({ from, until }) => until - from)).toEqual([300, 301]);
  });

  it('has nothing of a stretch before anything was said', () => {
    const within = { from: 5_000, until: 6_000 };
    const finder = openSilenceFinder(within, fixed);
    expect(finder.silences([{ from: 0, until: 9_000 }])).toEqual([within]);
    finder.spoke(5_030, 5_030);
    expect(finder.silences([{ from: 0, until: 9_000 }])).toEqual([{ from: 5_030, until: 6_000 }]);
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
    // Nor does it teach: its pauses are 10, 10 and 100, and a stretch of 70 between them would be one without.
    const taught = openSilenceFinder(WITHIN, learned);
    for (const [from, until] of [
      [0, 0],
      [10, 10],
      [20, 900],
      [100, 200],
      [150, 160],
      [955, 955],
      [965, 1_000],
    ] as const)
      taught.spoke(from, until);
    expect(taught.silences(ALWAYS)).toEqual([{ from: 900, until: 955 }]);
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
