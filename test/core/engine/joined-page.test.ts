import { describe, expect, it } from 'vitest';
import { askedPage, failedPage, lacksPast, toldPage } from '../../../src/core/engine/joined-page.ts';
import { noEvents } from '../../../src/core/history/query/page-events.ts';
import type { PastColumn, PastPage } from '../../../src/core/history/query/past-page.ts';
import type { GapKind, HistoryBucket } from '../../../src/core/history/query/query.ts';

const HOUR_MS = 3_600_000;
const NOW = 4 * 3_600;

const column = (hour: number, n: number, gap: GapKind | null = null, value = 10): HistoryBucket => ({
  ...{ from: hour * 3_600, until: (hour + 1) * 3_600, n, gap },
  ...(n === 0
    ? { min: null, max: null, mean: null, last: null }
    : { min: value, max: value, mean: value, last: value }),
});

function page(columns: readonly HistoryBucket[], more: Partial<PastPage> = {}): PastPage {
  const edges = [0, 1, 2, 3, 4, 5].map(hour => hour * HOUR_MS);
  return {
    question: { sensorId: 'flow', edges, first: 0, comparedEdges: null, asOf: 0 },
    ...{ columns, compared: null, events: noEvents, since: 0, aheadMs: 0, leftOut: [], unheardShare: 0 },
    ...more,
  };
}

const whole = [0, 1, 2, 3, 4].map(hour => column(hour, hour < 4 ? 720 : 0));
const gapsOf = (columns: readonly PastColumn[]) => columns.map(({ n, gap }) => (n > 0 ? n : gap));

describe('a page that is kept here', () => {
  it('lacks nothing where all was heard, and where the sensor was silent', () => {
    expect(lacksPast(page(whole), NOW)).toBe(false);
    expect(lacksPast(page([column(0, 0, 'silent'), ...whole.slice(1)]), NOW)).toBe(false);
  });

  it.each([
    ['of a history that is not there', page([])],
    ['of an hour that nobody heard', page([column(0, 0, 'not-listening'), ...whole.slice(1)])],
    ['that is damaged', page([column(0, 0, 'damaged'), ...whole.slice(1)])],
    ['of which a part of each hour was not heard', page(whole, { unheardShare: 0.3 })],
    ['whose compared hours are not kept', page(whole, { compared: [column(0, 0, 'not-listening')] })],
  ])('lacks something: %s', (_, given) => {
    expect(lacksPast(given, NOW)).toBe(true);
  });

  it('lacks nothing of the columns before it, which are not shown', () => {
    const given = page([column(0, 0, 'not-listening'), ...whole.slice(1)]);
    expect(lacksPast({ ...given, question: { ...given.question, first: 1 } }, NOW)).toBe(false);
  });
});

describe('a page together with what an engine knows', () => {
  const own = page([
    column(0, 0, 'not-listening'),
    column(1, 100),
    column(2, 0, 'silent'),
    column(3, 720),
    column(4, 0),
  ]);

  it('takes of each column who knows more of it, and says that some are from there', () => {
    const there = [
      column(0, 720, null, 20),
      column(1, 720, null, 20),
      column(2, 0),
      column(3, 700, null, 20),
      column(4, 0),
    ];
    const told = toldPage(own, { columns: there, compared: null }, 'pi:8086', NOW);
    expect(told.columns.map(({ mean }) => mean)).toEqual([20, 20, null, 10, null]);
    expect(gapsOf(told.columns)).toEqual([720, 720, 'silent', 720, null]);
    expect(told.elsewhere).toEqual({ name: 'pi:8086', kind: 'told' });
  });

  it('calls nobody silent and nobody absent where neither has anything', () => {
    const there = [column(0, 0, 'silent'), column(1, 0), column(2, 0, 'not-listening'), column(3, 0), column(4, 0)];
    const told = toldPage(own, { columns: there, compared: null }, 'pi:8086', NOW);
    expect(gapsOf(told.columns)).toEqual(['unknown', 100, 'silent', 720, null]);
    expect(told.elsewhere?.kind).toBe('nothing');
  });

  it('claims nothing of what is not heard here while it is asked, and where it does not tell', () => {
    expect(gapsOf(askedPage(own, 'pi:8086', NOW).columns)[0]).toBe('unknown');
    const failed = failedPage(page([]), 'pi:8086', 'it answers 401', NOW);
    expect(gapsOf(failed.columns)).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'not-listening']);
    expect(failed.elsewhere).toEqual({ name: 'pi:8086', kind: 'failed', why: 'it answers 401' });
  });

  it('does the same with the hours that it is compared with', () => {
    const { question } = own;
    const both = { ...own, question: { ...question, comparedEdges: question.edges }, compared: own.columns };
    const told = toldPage(both, { columns: [], compared: [column(0, 720, null, 30)] }, 'pi:8086', NOW);
    expect(gapsOf(told.compared ?? [])).toEqual([720, 100, 'silent', 720, null]);
    expect(told.elsewhere?.kind).toBe('told');
  });
});
