import { describe, expect, it } from 'vitest';
import type { Listening } from '../../../../src/core/history/listening.ts';
import { clipListening } from '../../../../src/core/history/listening.ts';
import {
  type HistoryItem,
  type HistorySource,
  type HistoryVisitor,
  queryHistory,
} from '../../../../src/core/history/query/query.ts';
import { rollUpFor, stepFor } from '../../../../src/core/history/query/step.ts';
import { type RollUp, type RollUpStep, rollUp } from '../../../../src/core/history/roll-up.ts';
import { mergeSpans } from '../../../../src/core/history/spans.ts';
import { rollUpRows } from '../../../helpers/history/samples.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

const START = 1_795_910_400;
const MINUTE = 60;
const FLOW = { n: 0, id: 'flow', unit: '°C', scale: 2 };
const ITEM: HistoryItem = { id: 'flow', unit: '°C', series: [FLOW], everyS: null, expireAfterS: null };

/** A sensor that speaks each five seconds but in its silences, and who listened when. */
function source(
  silences: readonly (readonly [number, number])[],
  listening: Listening,
  asked: (RollUpStep | null)[] = [],
): HistorySource {
  const readings: number[] = [];
  for (let second = START; second < START + 7_200; second += 5) {
    const isHeard = listening.heard.some(({ from, until }) => second >= from && second < until);
    if (isHeard && !silences.some(([from, until]) => second >= from && second < until))
      readings.push(second, 5_000 + (second % 7));
  }
  return {
    read: (_, span, step, visitor) => {
      asked.push(step);
      if (step !== null) for (const row of rollUp(readings, step)) visitor.rollUp(0, step, row);
      else {
        for (let place = 0; place < readings.length; place += 2) {
          const second = readings[place] ?? 0;
          if (second >= span.from && second < span.until) visitor.reading(0, second, readings[place + 1] ?? 0);
        }
      }
      return clipListening(listening, span);
    },
  };
}

const at = (minutes: number): number => START + minutes * MINUTE;
const always: Listening = { heard: [{ from: at(0), until: at(120) }], lost: [] };
const without = (from: number, until: number): Listening => ({
  heard: [
    { from: at(0), until: at(from) },
    { from: at(until), until: at(120) },
  ],
  lost: [],
});
const edges = (stepS: number): readonly number[] =>
  Array.from({ length: 7_200 / stepS + 1 }, (_, index) => START + index * stepS);
/** By raw readings, and by the roll-up of five minutes. */
const steps = [[60], [300]] as const;

describe.each(steps)('in stretches of %d s', stepS => {
  const ask = (history: HistorySource, now = at(120)) => queryHistory(history, [ITEM], edges(stepS), now);
  const gapsAt = (history: HistorySource, minutes: readonly number[], now = at(120)) => {
    const buckets = ask(history, now).items[0]?.buckets ?? [];
    return minutes.map(minute => buckets.find(({ from, until }) => at(minute) >= from && at(minute) < until)?.gap);
  };

  it('a silent device is silent, and nobody else is to blame', () => {
    const history = source([[at(30), at(40)]], always);
    const { items, gaps } = ask(history);
    expect(gaps).toEqual([]);
    expect(
      items[0]?.silences.map(({ from, until }) => [Math.round((from - START) / 60), Math.round((until - START) / 60)]),
    ).toEqual([[30, 40]]);
    expect(gapsAt(history, [10, 32, 38, 50])).toEqual([null, 'silent', 'silent', null]);
  });

  it('a lost link or a stopped recording is our own absence, and no silence', () => {
    const history = source([], without(30, 40));
    const { items, gaps } = ask(history);
    expect(gaps).toEqual([{ from: at(30), until: at(40), kind: 'not-listening' }]);
    expect(items[0]?.silences).toEqual([]);
    expect(gapsAt(history, [10, 32, 38, 50])).toEqual([null, 'not-listening', 'not-listening', null]);
  });

  it('a device that is silent before and after our absence is blamed for what we heard of it', () => {
    const history = source([[at(20), at(50)]], without(30, 40));
    const { items, gaps } = ask(history);
    expect(gaps.map(({ kind }) => kind)).toEqual(['not-listening']);
    const found = items[0]?.silences.map(({ from, until }) => [
      Math.round((from - START) / 60),
      Math.round((until - START) / 60),
    ]);
    expect(found).toEqual([
      [20, 30],
      [40, 50],
    ]);
    expect(gapsAt(history, [22, 32, 42, 55])).toEqual(['silent', 'not-listening', 'silent', null]);
  });

  it('what is damaged is neither', () => {
    const history = source([], { ...without(30, 40), lost: [{ from: at(30), until: at(40) }] });
    const { items, gaps } = ask(history);
    expect(gaps).toEqual([{ from: at(30), until: at(40), kind: 'damaged' }]);
    expect(items[0]?.silences).toEqual([]);
    expect(gapsAt(history, [32])).toEqual(['damaged']);
  });

  it('says nothing of what is yet to come', () => {
    const history = source([[at(60), at(120)]], { heard: [{ from: at(0), until: at(60) }], lost: [] });
    expect(ask(history, at(60)).gaps).toEqual([]);
    expect(gapsAt(history, [10, 70, 110], at(60))).toEqual([null, null, null]);
  });

  it('sums up what was said', () => {
    const bucket = ask(source([], always)).items[0]?.buckets[1];
    expect(bucket).toMatchObject({ n: stepS / 5, min: 50, max: 50.06, gap: null });
    expect(bucket?.mean).toBeCloseTo(50.03, 1);
  });
});

it('says nothing of what who records has not written yet', () => {
  const written: Listening = { heard: [{ from: at(0), until: at(100) - 50 }], lost: [] };
  const ask = (recordedSince: number | null) =>
    queryHistory({ ...source([], written), recordedSince: () => recordedSince }, [ITEM], edges(60), at(100));
  const gapsOf = ({ items }: ReturnType<typeof ask>) => items[0]?.buckets.slice(97, 102).map(({ gap }) => gap);
  const [nobody, daemon] = [ask(null), ask(START)];
  expect(nobody.gaps).toEqual([{ from: at(100) - 50, until: at(100), kind: 'not-listening' }]);
  expect([nobody.knownUntil, gapsOf(nobody)]).toEqual([at(100), [null, null, null, null, null]]);
  expect(daemon).toMatchObject({ gaps: [], knownUntil: at(100) - 50 });
});

it('tells of a stretch that is not over yet what was so until now', () => {
  const left: Listening = { heard: [{ from: at(0), until: at(90) }], lost: [] };
  const gapAt = (minute: number, now: number) =>
    queryHistory(source([], left), [ITEM], edges(300), now).items[0]?.buckets.find(({ from }) => from === at(minute))
      ?.gap;
  expect(gapAt(90, at(91))).toBe('not-listening');
  expect(gapAt(95, at(95))).toBeNull();
  const silent = source([[at(80), at(120)]], { heard: [{ from: at(0), until: at(91) }], lost: [] });
  // A minute was listened to, and the rest of the five is yet to come.
  expect(queryHistory(silent, [ITEM], edges(300), at(91)).items[0]?.buckets[18]?.gap).toBe('silent');
});

it('a sensor that speaks each five minutes leaves no gap in columns of a minute', () => {
  const history: HistorySource = {
    read: (_, __, ___, visitor) => {
      for (let second = START; second < START + 7_200; second += 300) visitor.reading(0, second, 1);
      return always;
    },
  };
  const { items } = queryHistory(history, [ITEM], edges(60), at(120));
  expect(items[0]?.silences).toEqual([]);
  expect(items[0]?.buckets.filter(({ gap }) => gap !== null)).toEqual([]);
});

it('asks for the coarsest roll-up that no edge cuts', () => {
  const asked: (RollUpStep | null)[] = [];
  const history = source([], always, asked);
  for (const step of [60, 300, 1_200, 3_600]) queryHistory(history, [ITEM], edges(step), at(120));
  expect(asked).toEqual([null, 300, 300, 3_600]);
  expect(rollUpFor([START + 1_800, START + 9_000])).toBe(300);
});

describe('the rows of a roll-up', () => {
  const A = { n: 3, id: 'flow', unit: '°C', scale: 0 };
  const item: HistoryItem = { id: 'flow', unit: '°C', series: [FLOW, A], everyS: 60, expireAfterS: null };
  const row = (index: number): RollUp => ({ index, n: 1, min: index, max: index, mean: index, last: index });

  it('say the same one by one and many at once, with silences where some are missing', () => {
    const random = createRandom(33);
    for (let round = 0; round < rounds(400); round++) {
      const first = START / 300;
      const rows = Array.from({ length: 24 }, (_, place) => row(first + place)).filter(() => random.chance(0.8));
      const tell = (told: (visitor: HistoryVisitor, some: readonly RollUp[]) => void): HistorySource => ({
        read: (_, __, ___, visitor) => {
          const cut = random.below(rows.length + 1);
          for (const some of [rows.slice(0, cut), rows.slice(cut)]) told(visitor, some);
          return always;
        },
      });
      const ask = (source: HistorySource) => queryHistory(source, [item], edges(300), at(120));
      const single = ask(tell((visitor, some) => some.forEach(one => void visitor.rollUp(3, 300, one))));
      expect(ask(tell((visitor, some) => visitor.rollUps?.(3, 300, rollUpRows(some))))).toEqual(single);
      // Who is never silent within a stretch is silent from the end of one to the begin of the next that it spoke in.
      const spoken = [first - 1, ...rows.map(({ index }) => index), first + 24];
      const silent = spoken.slice(1).flatMap((index, place) => {
        const span = { from: ((spoken[place] ?? 0) + 1) * 300, until: index * 300 };
        return span.from < span.until ? [span] : [];
      });
      expect(single.items[0]?.silences).toEqual(silent);
      expect(single.items[0]?.buckets.map(({ n }) => n)).toEqual(
        Array.from({ length: 24 }, (_, place) => (rows.some(({ index }) => index === first + place) ? 1 : 0)),
      );
    }
  });

  it.each([
    ['told at once', 17],
    ['told without one that is missing, and then with some', 13],
  ])('teach as many pauses as rows that follow each other, %s', (_, cut) => {
    const source: HistorySource = {
      read: (_, __, ___, visitor) => {
        const first = START / 300;
        // Twelve pauses of nothing, then four of one row: a row that is missing is a silence.
        const rows = [
          ...Array.from({ length: 13 }, (_row, place) => first + place),
          first + 14,
          first + 16,
          first + 18,
          first + 20,
        ];
        for (const some of [rows.slice(0, cut), rows.slice(cut)]) visitor.rollUps?.(3, 300, rollUpRows(some.map(row)));
        return always;
      },
    };
    const { items } = queryHistory(source, [{ ...item, everyS: null }], edges(300), at(120));
    expect(items[0]?.silences.map(({ from, until }) => [(from - START) / 300, (until - START) / 300])).toEqual([
      ...[
        [13, 14],
        [15, 16],
        [17, 18],
        [19, 20],
        [21, 24],
      ],
    ]);
  });

  it('of a series that was not asked for say nothing', () => {
    const source: HistorySource = {
      read: (_, __, ___, visitor) => {
        visitor.reading(9, START, 1);
        visitor.rollUp(9, 300, row(START / 300));
        visitor.rollUps?.(9, 300, rollUpRows([row(START / 300)]));
        return always;
      },
    };
    expect(queryHistory(source, [item], edges(300), at(120)).items[0]?.buckets.every(({ n }) => n === 0)).toBe(true);
  });
});

describe('why a stretch is empty', () => {
  /** Of a minute so many seconds were heard, and so many lost behind them. */
  const gapOf = (heardS: number, lostS: number, now = START + 120, said: readonly number[] = []) => {
    const source: HistorySource = {
      read: (_, __, ___, visitor) => {
        for (const second of said) visitor.reading(0, second, 100);
        const lost = { from: START + heardS, until: START + heardS + lostS };
        return { heard: mergeSpans([{ from: START, until: START + heardS }]), lost: lostS === 0 ? [] : [lost] };
      },
    };
    const asked: HistoryItem = { ...ITEM, expireAfterS: 5 };
    return queryHistory(source, [asked], [START, START + 60, START + 120], now).items[0]?.buckets.map(({ gap }) => gap);
  };

  it.each([
    [60, 0, 'silent'],
    [30, 0, 'silent'],
    [29, 0, 'not-listening'],
    [30, 30, 'damaged'],
    [31, 29, 'silent'],
    [20, 20, 'damaged'],
    // Less than half of it was a silence.
    [25, 10, null],
    [24, 10, 'not-listening'],
    [0, 1, 'damaged'],
    [0, 0, 'not-listening'],
  ])('with %d s heard and %d s lost of 60 it is %s', (heardS, lostS, gap) => {
    expect(gapOf(heardS, lostS)?.[0]).toBe(gap);
  });

  it('is not asked of one in which anything was said, nor of one that is yet to come', () => {
    expect(gapOf(1, 0, START + 120, [START])).toEqual([null, 'not-listening']);
    expect(gapOf(1, 0, START + 61)).toEqual(['not-listening', 'not-listening']);
    expect(gapOf(1, 0, START + 60)).toEqual(['not-listening', null]);
    expect(gapOf(1, 0, START)).toEqual([null, null]);
  });
});

it('tells gaps in the order of time, whatever their kind', () => {
  const source: HistorySource = {
    read: () => ({ heard: [{ from: at(10), until: at(20) }], lost: [{ from: at(5), until: at(10) }] }),
  };
  expect(queryHistory(source, [ITEM], edges(300), at(30)).gaps).toEqual([
    { from: at(0), until: at(5), kind: 'not-listening' },
    { from: at(5), until: at(10), kind: 'damaged' },
    { from: at(20), until: at(30), kind: 'not-listening' },
  ]);
});

it('has lengths that a person reads easily, each for stretches up to so long', () => {
  const steps = [
    ...[1, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200],
    ...[86_400, 604_800, 1_209_600, 2_419_200, 4_838_400, 7_257_600],
  ];
  expect(steps.map(step => stepFor(step, 1))).toEqual(steps);
  expect(steps.slice(0, -1).map(step => stepFor(step + 1, 1))).toEqual(steps.slice(1));
});

it.each([
  [86_400, 80, 1_200],
  [7 * 86_400, 80, 3 * 3_600],
  [30 * 86_400, 80, 12 * 3_600],
  [365 * 86_400, 80, 7 * 86_400],
  [10 * 365 * 86_400, 80, 2 * 28 * 86_400],
  [30, 80, 1],
])('%d s in at most %d parts are parts of %d s', (length, most, step) => {
  expect(stepFor(length, most)).toBe(step);
});
