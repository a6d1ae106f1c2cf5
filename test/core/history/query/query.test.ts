import { describe, expect, it } from 'vitest';
import type { Listening } from '../../../../src/core/history/listening.ts';
import { clipListening } from '../../../../src/core/history/listening.ts';
import { type HistoryItem, type HistorySource, queryHistory } from '../../../../src/core/history/query/query.ts';
import { rollUpFor, stepFor } from '../../../../src/core/history/query/step.ts';
import { type RollUpStep, rollUp } from '../../../../src/core/history/roll-up.ts';

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
