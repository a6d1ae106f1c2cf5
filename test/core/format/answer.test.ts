import { describe, expect, test } from 'vitest';
import { answerJson, answerOf, answerText } from '../../../src/core/format/answer.ts';
import { runHouse } from '../../helpers/house/house-run.ts';

describe('the answer to one question', () => {
  test('says whether it was retained, and takes the live word in its place', () => {
    const run = runHouse();
    // What is retained comes before the subscriptions are answered, and so before the link is called up.
    run.receive('heating/flow', '54.30', { retained: true });
    expect(answerOf(run.state, 'flow')).toMatchObject({ value: 54.3, freshness: 'retained', at: null });
    run.receive('heating/flow', '55');
    expect(answerOf(run.state, 'flow')).toMatchObject({ value: 55, freshness: 'live', reason: null });
    expect(answerText(answerOf(run.state, 'flow'))).toBe('55');
  });

  test('of a derived value is as good as the worse of its parts', () => {
    const run = runHouse();
    run.receive('heating/flow', '54.3');
    expect(answerOf(run.state, 'spread')).toMatchObject({ value: null, freshness: 'waiting' });
    run.receive('heating/return', '41', { retained: true });
    expect(answerOf(run.state, 'spread')).toMatchObject({ value: 13.3, unit: 'K', freshness: 'retained' });
  });

  test('of a switch is its position by feedback, and never by a command', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/pump', 'on');
    expect(answerOf(run.state, 'pump')).toMatchObject({ value: null, freshness: 'waiting' });
    expect(answerText(answerOf(run.state, 'pump'))).toBe('');
    run.receive('heating/pump/done', 'off');
    expect(JSON.parse(answerJson(answerOf(run.state, 'pump'), 4711))).toEqual({
      ...{ type: 'value', id: 'pump', label: 'Pump', value: 'off', unit: null },
      ...{ freshness: 'live', at: '2026-01-01T12:00:00.000Z', reason: null, daemon: 4711 },
    });
  });

  test('names what cannot be read, and a subscription that the broker refused', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', 'nan');
    expect(answerOf(run.state, 'flow')).toMatchObject({ value: null, reason: expect.stringContaining('"nan"') });
    run.dispatch({ type: 'filter-answered', at: run.state.at, filter: 'heating/return', code: 0x87 });
    expect(answerOf(run.state, 'return')).toMatchObject({ value: null, isDenied: true });
  });
});
