import { expect, it } from 'vitest';
import { clearedTopics, clearReport } from '../../../src/core/explorer/clear-report.ts';
import type { PublishAnswer } from '../../../src/core/explorer/publish-verdict.ts';

const taken = (code: number): PublishAnswer => ({ kind: 'taken', code });

it('tells what is gone by what the broker still has, whatever it acknowledged', () => {
  const answers = new Map([
    ['a', taken(0)],
    ['b', taken(0)],
    ['c', taken(135)],
  ]);
  expect(clearReport({ answers, still: new Set() })).toBe('3 retained messages are gone');
  expect(clearReport({ answers, still: new Set(['c']) })).toBe(
    '2 of 3 retained messages are gone; c is still there: denied, not authorized (135)',
  );
  expect(clearReport({ answers, still: new Set(['a', 'c']) })).toBe(
    '1 of 3 retained messages is gone; a is still there, and 1 more',
  );
  expect(clearedTopics({ answers, still: new Set(['a', 'c']) })).toEqual(['b']);
});

it('knows nothing where the broker was not heard again', () => {
  const answers = new Map([['a', taken(0)]]);
  expect(clearReport({ answers, still: null })).toContain('Whether 1 retained message is gone is not known');
  expect(clearedTopics({ answers, still: null })).toEqual([]);
});
