import { expect, it } from 'vitest';
import {
  hasSameEdges,
  isSamePage,
  isSameQuestion,
  type PastQuestion,
  toldSpan,
} from '../../../../src/core/history/query/past-question.ts';

const question: PastQuestion = { sensorId: 'flow', edges: [0, 1_000, 2_000], first: 0, comparedEdges: null, asOf: 5 };
const told = { from: 1_000, until: 2_000 };

it('has the answer of the same page, and of the same column on it', () => {
  expect(isSameQuestion(question, { ...question })).toBe(true);
  expect(isSameQuestion(question, null)).toBe(false);
  expect(isSameQuestion({ ...question, told }, { ...question, told: { ...told } })).toBe(true);
  for (const other of [
    { from: 0, until: 2_000 },
    { from: 1_000, until: 3_000 },
  ]) {
    expect(isSameQuestion({ ...question, told }, { ...question, told: other })).toBe(false);
    expect(isSamePage({ ...question, told }, { ...question, told: other })).toBe(true);
  }
  expect(isSameQuestion({ ...question, told }, question)).toBe(false);
});

it.each<Partial<PastQuestion>>([
  { sensorId: 'return' },
  { asOf: 6 },
  { endsAt: 5 },
  { edges: [0, 1_000] },
  { edges: [0, 1_000, 2_001] },
  { comparedEdges: [0, 1_000, 2_000] },
])('has another one with %j', other => {
  expect(isSamePage(question, { ...question, ...other })).toBe(false);
  expect(isSameQuestion(question, { ...question, ...other })).toBe(false);
});

it('asks for a column in seconds of the time of day', () => {
  expect(toldSpan({ ...question, told: { from: 91_000, until: 92_000 } }, 90_000)).toEqual({ from: 1, until: 2 });
  expect(toldSpan(question, 90_000)).toBeNull();
});

it('compares rows of columns edge by edge', () => {
  expect([hasSameEdges([], []), hasSameEdges([1], [1]), hasSameEdges([1], []), hasSameEdges([1], [2])]).toEqual([
    ...[true, true, false, false],
  ]);
});
