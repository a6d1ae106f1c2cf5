import { describe, expect, test } from 'vitest';
import { addDenial } from '../../../src/core/home/access/denial.ts';
import { clientFindings, sensorFindings } from '../../../src/core/home/findings.ts';
import {
  countedOf,
  denialsAbout,
  derivedValue,
  lockOf,
  mayWrite,
  overallOf,
  trendOf,
} from '../../../src/core/home/select.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { speak } from '../../helpers/house/five-houses.ts';
import { articleHouse, type HouseRun, runConnected, runHouse } from '../../helpers/house/house-run.ts';

/** The article's house in which all is well. */
function runWell(): HouseRun {
  const run = runConnected();
  speak(run);
  return run;
}

test('what the house does not have is known of nothing', () => {
  const { state } = runWell();
  expect(derivedValue(state, 'x')).toEqual({ value: null, unit: '', freshness: 'waiting', reason: 'x is unknown' });
  expect([trendOf(state, 'x'), mayWrite(state, 'x'), lockOf(state, 'x')]).toEqual([null, null, null]);
  expect(sensorFindings(state, ['x'], [])).toEqual([]);
  expect(clientFindings(state, ['heating'])).toEqual([]);
  expect(countedOf(state, new Set(['x', 'fan', 'dewPoint']))).toEqual({
    ...{ sensors: ['temperature', 'humidity'], clients: [], switches: ['fan'], words: [] },
  });
});

test('a dew point is in °C, and a difference in its own unit', () => {
  const { state } = runWell();
  expect(derivedValue(state, 'dewPoint')).toEqual({ value: 9.013, unit: '°C', freshness: 'live', reason: null });
  expect(derivedValue(state, 'spread')).toEqual({ value: 13.3, unit: 'K', freshness: 'live', reason: null });
  expect(derivedValue(runConnected().state, 'spread').value).toBeNull();
});

describe('a denial', () => {
  const denial = { evidence: 'logged', client: 'x', user: 'heating', access: 'publish', topic: 'a/b' } as const;
  const denied = (agoMs: number): HomeState => {
    const { state } = runWell();
    return addDenial(state, { ...denial, at: state.at - agoMs, detail: 'heating may not', remedy: '' });
  };

  test.each([
    [0, 'critical'],
    [599_999, 'critical'],
    [600_000, 'ok'],
  ])('of %i ms ago makes the house %s', (agoMs, level) => {
    expect(overallOf(denied(agoMs)).level).toBe(level);
  });

  test('counts where what it is about was named', () => {
    const state = denied(0);
    expect(overallOf(state, new Set(['flow'])).level).toBe('ok');
    expect(overallOf(state, new Set(['flow', 'heating'])).level).toBe('critical');
    expect([denialsAbout(state, null).length, denialsAbout(state, new Set(['flow'])).length]).toEqual([1, 0]);
  });
});

describe('a house of which nothing was heard', () => {
  const reason = (run: HouseRun, ...only: string[]): string | undefined =>
    overallOf(run.state, only.length === 0 ? null : new Set(only)).reasons[0];

  test('says so, of what was named', () => {
    const run = runConnected();
    expect(overallOf(run.state).level).toBe('unknown');
    expect(reason(run)).toBe('nothing was ever received from this house');
    expect(reason(run, 'flow', 'fan')).toBe('nothing was ever received from Flow, Fan');
  });

  test('but for retained positions, says that', () => {
    const run = runConnected();
    run.receive('heating/pump/done', 'on', { retained: true });
    expect(reason(run)).toBe('nothing but retained messages was received from this house');
    expect(reason(run, 'flow')).toBe('nothing was ever received from Flow');
  });

  test('but for a word of one of its clients, says that', () => {
    const house = articleHouse();
    const heating = { publishes: ['flow'], availability: { topic: 'heating/alive' } };
    const run = runHouse({ ...house, clients: { ...house.clients, heating } });
    run.connect();
    run.receive('heating/alive', 'online', { retained: true });
    expect(reason(run)).toBe('no value was received from this house yet');
    expect(reason(run, 'heating')).toBe('no value was received from heating yet');
    expect(reason(run, 'dhtclient')).toBe('nothing was ever received from dhtclient');
  });

  test('and that has nothing to hear of is well', () => {
    const { cadence, ...house } = articleHouse();
    const run = runHouse({
      ...house,
      sensors: {},
      derived: {},
      clients: {},
      panels: [{ label: 'A', items: ['pump'] }],
    });
    run.connect();
    expect(overallOf(run.state)).toEqual({ level: 'ok', reasons: [] });
  });
});

describe('a switch that may not be used from here', () => {
  const withAcl = (text: string): HomeState => {
    const run = runWell();
    run.dispatch({ type: 'acl-read', at: run.state.at, acl: parseAclFile(text, 'acl') });
    return run.state;
  };
  const rule = 'user monitor\ntopic read #\n';

  test('is told with the line that is missing, or the one that is in the way', () => {
    expect(lockOf(withAcl(rule), 'fan')).toBe(
      'monitor may not write cellar/fan: acl lacks "topic write cellar/fan" for monitor',
    );
    expect(lockOf(withAcl(`${rule}topic write cellar/#\ntopic deny cellar/fan\n`), 'fan')).toBe(
      'monitor may not write cellar/fan: acl:4 says "topic deny cellar/fan"',
    );
    expect(lockOf(withAcl(`${rule}topic write cellar/fan\n`), 'fan')).toBeNull();
  });

  test('is not locked by a proof alone, nor by a file that is contradicted', () => {
    const run = runWell();
    run.acknowledge(run.request('fan', 'on').commandId, 0x87);
    expect([mayWrite(run.state, 'fan'), lockOf(run.state, 'fan')]).toEqual([false, null]);
    run.dispatch({ type: 'acl-read', at: run.state.at, acl: parseAclFile(`${rule}topic write cellar/fan\n`, 'acl') });
    expect(lockOf(run.state, 'fan')).toBeNull();
  });
});

test('a client that is offline is worse than one that is silent, and is named once for all its values', () => {
  const run = runWell();
  run.pass(60_000);
  const [heating] = clientFindings(run.state, ['heating']);
  expect(heating).toEqual({
    level: 'warning',
    reason: 'heating is stale: silent for 60 s, a cadence of 5.0 s is assumed',
  });
  expect(sensorFindings(run.state, ['flow'], ['heating'])).toEqual([]);
  expect(sensorFindings(run.state, ['flow'], ['dhtclient'])).toMatchObject([{ level: 'warning' }]);
  const waiting = runConnected();
  waiting.pass(20_000);
  expect(clientFindings(waiting.state, ['heating'])[0]?.reason).toMatch(/^heating never heard on heating\/flow/);
});
