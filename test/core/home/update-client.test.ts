import { describe, expect, test } from 'vitest';
import { freshnessOfClient, freshnessOfReading } from '../../../src/core/home/select.ts';
import { getRow } from '../../../src/core/home/table.ts';
import { articleHouse, type HouseRun, runHouse } from '../../helpers/house-run.ts';

/** The article's house whose heating tells whether it is there on `heating/status`. */
function runWithAvailability(): HouseRun {
  const house = articleHouse();
  const heating = { publishes: ['flow', 'return', 'pump', 'burner'], availability: { topic: 'heating/status' } };
  return runHouse({ ...house, clients: { ...house.clients, heating } });
}

describe('availability', () => {
  test.each(['offline', 'Offline', 'lost', 'disconnected', '{"state":"offline"}'])('%s says offline', word => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('heating/status', word);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('offline');
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('offline');
    expect(run.texts().at(-1)).toMatch(/^heating is offline: it said "\w+" on heating\/status$/);
  });

  test.each(['online', 'Online', 'ready', '{"state":"online"}'])('%s makes nothing live before a value comes', word => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.pass(60_000);
    run.receive('heating/status', 'offline', { retained: true });
    expect(freshnessOfClient(run.state, 'heating').reason).toContain('since when is unknown');
    run.receive('heating/status', word);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('stale');
    run.receive('heating/flow', '50');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
  });

  test('a client that speaks is not offline, whatever was said of it', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', 'offline');
    run.receive('heating/return', '41');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
    expect(run.texts().at(-1)).toBe('heating is live again');
  });

  test('what is neither changes nothing', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', 'perhaps');
    run.receive('heating/status', new Uint8Array([0xff]));
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('waiting');
  });
});

describe('cadence of a client', () => {
  test('is that of its fastest sensor, and follows when that one slows down', () => {
    const run = runHouse();
    run.connect();
    for (let second = 0; second < 120; second += 1) {
      if (second % 2 === 0) run.receive('heating/flow', '50');
      if (second % 10 === 0) run.receive('heating/return', '40');
      run.pass(1_000);
    }
    expect(getRow(run.state.clients, 'heating')?.cadence).toEqual({ ms: 2_000, source: 'learned', pace: 'flow' });
    for (let second = 0; second < 300; second += 10) {
      if (second % 20 === 0) run.receive('heating/flow', '50');
      run.receive('heating/return', '40');
      run.pass(10_000);
    }
    expect(getRow(run.state.clients, 'heating')?.cadence).toEqual({ ms: 10_000, source: 'learned', pace: 'return' });
  });

  test('what the house file says beats what was learned', () => {
    const house = articleHouse();
    const flow = { ...house.sensors.flow, every: 60 } as NonNullable<typeof house.sensors.flow>;
    const run = runHouse({ ...house, sensors: { ...house.sensors, flow } });
    run.connect();
    for (let round = 0; round < 8; round += 1) {
      run.receive('heating/flow', '50');
      run.pass(5_000);
    }
    run.pass(60_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    run.pass(120_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('stale');
  });
});
