import { describe, expect, test } from 'vitest';
import { freshnessOfSwitch } from '../../../../src/core/home/clients/select-spoken.ts';
import { articleHouse, runConnected, runHouse } from '../../../helpers/house/house-run.ts';

describe('the position of a switch', () => {
  test('is live where the relay was heard in the moment in which the link came', () => {
    const run = runHouse({ ...articleHouse(), clients: {} });
    const pump = () => freshnessOfSwitch(run.state, 'pump');
    expect(pump().reason).toBe('unknown until it answers a command or reports by itself');
    run.connect();
    run.receive('heating/pump/done', '?');
    expect(pump()).toEqual({
      freshness: 'waiting',
      reason: 'its feedback cannot be read: "?" is neither on nor off',
      ageMs: null,
    });
    run.receive('heating/pump/done', 'on', { retained: true });
    expect(pump().freshness).toBe('retained');
    run.receive('heating/pump/done', 'on');
    run.pass(4_000);
    expect(pump()).toEqual({ freshness: 'live', reason: null, ageMs: 4_000 });
    run.disconnect();
    expect(pump()).toEqual({ freshness: 'waiting', reason: 'no link to the broker', ageMs: 4_000 });
    run.connect();
    expect(pump().reason).toBe('not heard since the link came: it may have been switched meanwhile');
  });

  test('is not better than its client', () => {
    const run = runConnected();
    run.receive('heating/pump/done', 'on');
    run.pass(20_000);
    expect(freshnessOfSwitch(run.state, 'pump')).toMatchObject({ freshness: 'stale', ageMs: 20_000 });
  });
});
