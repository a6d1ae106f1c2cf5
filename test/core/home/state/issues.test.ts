import { describe, expect, test } from 'vitest';
import { endPassing, noteIssue, notePassing, settleIssue } from '../../../../src/core/home/state/issues.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import type { Issue } from '../../../../src/core/issue.ts';
import { NOON, runHouse } from '../../../helpers/house/house-run.ts';

const { state: empty } = runHouse();
const issue = (message: string, more: Partial<Issue> = {}): Issue => ({ severity: 'warning', message, ...more });
const told = ({ journal }: HomeState): readonly string[] =>
  journal.map(({ level, kind, text }) => `${level} ${kind}: ${text}`);

describe('what a person should know', () => {
  test('is told once, with what to do about it', () => {
    const noted = noteIssue(
      noteIssue(empty, issue('the log is gone', { cure: 'Look.' })),
      issue('a note', { severity: 'info' }),
    );
    expect(told(noted)).toEqual(['warning issue: the log is gone: Look.', 'info issue: a note']);
    expect(noteIssue(noted, issue('a note'))).toBe(noted);
    expect(told(noteIssue(empty, issue('broken', { severity: 'error' })))).toEqual(['warning issue: broken']);
  });

  test('is kept until twenty others came', () => {
    const many = (count: number): HomeState =>
      Array.from({ length: count }, (_, index) => issue(`i${index}`)).reduce(noteIssue, empty);
    expect(many(20).issues[0]?.message).toBe('i0');
    expect([many(21).issues.length, many(21).issues[0]?.message]).toEqual([20, 'i1']);
  });

  test('is gone with its cause, and what is so instead is told where there is news', () => {
    const noted = [issue('a'), issue('b')].reduce(noteIssue, empty);
    const settled = settleIssue(noted, issue('a'), null);
    expect([settled.issues.map(({ message }) => message), settled.journal]).toEqual([['b'], noted.journal]);
    expect(told(settleIssue(noted, issue('a'), 'a is well')).at(-1)).toBe('good issue: a is well');
    expect(settleIssue(noted, issue('c'), 'c is well')).toBe(noted);
  });
});

describe('what shows itself again and again', () => {
  const passing = notePassing(empty, issue('flicker'), NOON, 1_000);
  const at = (afterMs: number): HomeState => endPassing({ ...passing, at: NOON + afterMs });

  test('is over when it was not seen for long enough, and not before', () => {
    expect(at(999).issues).toHaveLength(1);
    expect([at(1_000).issues, at(1_000).passingIssues.size]).toEqual([[], 0]);
    expect(told(at(1_000)).at(-1)).toBe('good issue: it is over: flicker');
  });

  test('lasts from the last time that it was seen', () => {
    const again = notePassing({ ...passing, at: NOON + 900 }, issue('flicker'), NOON + 900, 1_000);
    expect(again.journal).toEqual(passing.journal);
    expect(endPassing({ ...again, at: NOON + 1_899 }).issues).toHaveLength(1);
    expect(endPassing({ ...again, at: NOON + 1_900 }).issues).toHaveLength(0);
  });

  test('is nothing where it was over before it was heard of', () => {
    expect(notePassing({ ...empty, at: NOON + 1_001 }, issue('old'), NOON, 1_000).issues).toEqual([]);
    expect(notePassing({ ...empty, at: NOON + 1_000 }, issue('old'), NOON, 1_000).issues).toHaveLength(1);
  });
});
