import { describe, expect, test } from 'vitest';
import { valueSilence } from '../../../../src/core/alarms/conditions/silence.ts';
import { say } from '../../../../src/core/alarms/measured.ts';
import { takeSnapshot } from '../../../../src/core/format/status-snapshot.ts';
import { goneItems } from '../../../../src/core/home/clients/item-presence.ts';
import { freshnessOfReading, freshnessOfSwitch, freshnessOfWord, overallOf } from '../../../../src/core/home/select.ts';
import { unwellOf } from '../../../../src/core/home/summary.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { type HouseRun, runHouse } from '../../../helpers/house/house-run.ts';

/** A gateway that tells of a valve, a door and a lamp in one document, and of each apart whether it is there. */
const gateway: HouseConfig = {
  version: 2,
  name: 'Gateway',
  sensors: {
    valve: {
      ...{ label: 'Valve', topic: 'gw/state', path: 'valve', unit: '%' },
      availability: { topic: 'gw/valve/here', online: ['yes'], offline: ['no'] },
    },
    flow: { label: 'Flow', topic: 'gw/flow', unit: '°C' },
  },
  binaries: {
    door: {
      ...{ label: 'Door', topic: 'gw/door', words: { on: 'open', off: 'closed' } },
      availabilities: { mode: 'all', topics: [{ topic: 'gw/bridge' }, { topic: 'gw/door/here' }] },
    },
  },
  switches: {
    lamp: {
      ...{ label: 'Lamp', command: 'gw/lamp/set', feedback: 'gw/lamp', on: 'on', off: 'off' },
      availabilities: { topics: [{ topic: 'gw/bridge' }, { topic: 'gw/lamp/here' }] },
    },
  },
  clients: { gw: { label: 'Gateway', publishes: ['valve', 'flow', 'door', 'lamp'] } },
  panels: [{ label: 'All', items: ['valve', 'flow', 'door', 'lamp'] }],
};

function heard(config: HouseConfig = gateway): HouseRun {
  const run = runHouse(config);
  run.connect();
  run.receive('gw/state', '{"valve":40}');
  run.receive('gw/flow', '20');
  run.receive('gw/door', 'open');
  run.receive('gw/lamp', 'on');
  return run;
}

const NO = 'it is offline: "no" was said on gw/valve/here';

describe('an item of which it is said alone whether it is there', () => {
  test('is offline when that is said, while its client and all else of it are live, whatever is heard of it', () => {
    const run = heard();
    const before = run.texts().length;
    run.receive('gw/valve/here', 'no');
    run.receive('gw/state', '{"valve":41}');
    expect(freshnessOfReading(run.state, 'valve')).toEqual({ freshness: 'offline', reason: NO, ageMs: 0 });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    expect(takeSnapshot(run.state)).toMatchObject({
      overall: 'critical',
      reasons: [`Valve: ${NO}`],
      sensors: { valve: { value: 41, freshness: 'offline', reason: NO } },
      clients: { gw: { freshness: 'live' } },
    });
    expect(goneItems(run.state)).toEqual(['valve']);
    expect([...unwellOf(run.state)]).toEqual([['valve', 'warning']]);
    run.receive('gw/valve/here', 'yes');
    expect(freshnessOfReading(run.state, 'valve')).toEqual({ freshness: 'live', reason: null, ageMs: 0 });
    expect(goneItems(run.state)).toEqual([]);
    expect(run.texts().slice(before)).toEqual([
      'Valve is offline: "no" was said on gw/valve/here',
      'Valve is there again: "yes" was said on gw/valve/here',
    ]);
  });

  test('is told of once, with the word that was kept, and with nothing that says nothing new', () => {
    const run = heard();
    const before = run.texts().length;
    run.receive('gw/valve/here', 'yes', { retained: true });
    run.receive('gw/valve/here', '', { retained: true });
    expect(run.texts()).toHaveLength(before);
    run.receive('gw/valve/here', 'no', { retained: true });
    run.receive('gw/valve/here', 'no');
    expect(run.texts().slice(before)).toEqual([
      'Valve is offline: "no" was said on gw/valve/here, retained: since when is unknown',
    ]);
    expect(run.state.journal.at(-1)).toMatchObject({ kind: 'sensor', subject: 'valve', level: 'critical' });
    expect(freshnessOfReading(run.state, 'valve').reason).toBe(NO);
  });

  test('is gone by whichever word its mode lets decide', () => {
    const run = heard();
    const freshness = () => [
      freshnessOfWord(run.state, 'door').freshness,
      freshnessOfSwitch(run.state, 'lamp').freshness,
    ];
    expect(freshness()).toEqual(['live', 'live']);
    run.receive('gw/bridge', 'offline');
    expect(freshness()).toEqual(['offline', 'offline']);
    run.receive('gw/door/here', 'online');
    run.receive('gw/lamp/here', 'online');
    // All must say so of the one; of the other the last word counts.
    expect(freshness()).toEqual(['offline', 'live']);
    run.receive('gw/bridge', 'online');
    expect(freshness()).toEqual(['live', 'live']);
    run.receive('gw/lamp/here', 'offline');
    expect(freshness()).toEqual(['live', 'offline']);
    expect(overallOf(run.state)).toEqual({
      level: 'critical',
      reasons: ['Lamp: it is offline: "offline" was said on gw/lamp/here'],
    });
    expect(overallOf(run.state, new Set(['flow'])).level).toBe('ok');
    expect(overallOf(run.state, new Set(['lamp'])).level).toBe('critical');
  });

  test('is offline also where only a retained word, or nothing, is known of it', () => {
    const run = runHouse(gateway);
    run.connect();
    run.receive('gw/door', 'open', { retained: true });
    run.receive('gw/door/here', 'offline', { retained: true });
    run.receive('gw/lamp/here', 'offline', { retained: true });
    run.receive('gw/valve/here', 'no', { retained: true });
    const why = (topic: string, word = 'offline') =>
      `it is offline: "${word}" was said on ${topic}, retained: since when is unknown`;
    expect(freshnessOfWord(run.state, 'door')).toEqual({
      ...{ freshness: 'offline', reason: why('gw/door/here'), ageMs: null },
    });
    expect(freshnessOfSwitch(run.state, 'lamp')).toEqual({
      ...{ freshness: 'waiting', reason: why('gw/lamp/here'), ageMs: null },
    });
    expect(freshnessOfReading(run.state, 'valve')).toMatchObject({
      ...{ freshness: 'waiting', reason: `never received: ${why('gw/valve/here', 'no')}` },
    });
  });

  test('that says a word that nobody knows is told once, and is as it was', () => {
    const run = heard();
    const before = run.texts().length;
    run.receive('gw/valve/here', 'maybe');
    run.receive('gw/valve/here', 'perhaps');
    expect(run.texts().slice(before)).toEqual([
      'Valve: "maybe" was said on gw/valve/here, which is neither online nor offline: add it to online or offline of the availability of valve in the house file',
    ]);
    expect(freshnessOfReading(run.state, 'valve').freshness).toBe('live');
  });

  test('is gone with its client too, and no value of now to an alarm', () => {
    const run = heard({
      ...gateway,
      clients: { gw: { ...gateway.clients.gw, publishes: ['door', 'lamp'], availability: { topic: 'gw/will' } } },
    });
    run.receive('gw/lamp/here', 'offline');
    expect(say(run.state, 'lamp')).toEqual({ kind: 'unwatched', why: 'Lamp is offline' });
    run.receive('gw/lamp/here', 'online');
    run.receive('gw/will', 'offline');
    expect(freshnessOfSwitch(run.state, 'lamp').freshness).toBe('offline');
  });

  test('keeps what was said of it when the house file changes, unless it says elsewhere whether it is there', () => {
    const run = heard();
    run.receive('gw/valve/here', 'no');
    const changed = (topic: string): HouseConfig => {
      const { valve } = gateway.sensors;
      if (valve === undefined) throw new Error('no valve');
      const availability = { topic, online: ['yes'], offline: ['no'] };
      return { ...gateway, sensors: { ...gateway.sensors, valve: { ...valve, label: 'Mixer', availability } } };
    };
    const takeHouse = (config: HouseConfig) =>
      run.dispatch({ type: 'house-changed', at: run.state.at, house: createHouse(config), file: 'h.json' });
    takeHouse(changed('gw/valve/here'));
    expect(freshnessOfReading(run.state, 'valve').freshness).toBe('offline');
    takeHouse(changed('gw/mixer/here'));
    expect(freshnessOfReading(run.state, 'valve').freshness).toBe('live');
  });
});

test('it is told of also where nothing but a retained word is known of its client', () => {
  const run = runHouse({
    ...gateway,
    sensors: { valve: { ...gateway.sensors.valve, label: 'Valve', topic: 'gw/state', unit: '%', retained: true } },
    clients: { gw: { publishes: ['valve', 'door', 'lamp'], availability: { topic: 'gw/will' } } },
  });
  run.connect();
  run.receive('gw/will', 'online', { retained: true });
  run.receive('gw/state', '{"valve":40}', { retained: true });
  expect(overallOf(run.state).level).toBe('ok');
  run.receive('gw/valve/here', 'no', { retained: true });
  expect(overallOf(run.state)).toEqual({
    level: 'critical',
    reasons: [`Valve: ${NO}, retained: since when is unknown`],
  });
});

test('its alarm is one while it is said to be gone, and its client is there', () => {
  const run = heard();
  const judged = (id: string) => valueSilence(id, 'gw').judge(null, run.state, false);
  expect(judged('valve').kind).toBe('not-so');
  run.receive('gw/valve/here', 'no');
  run.receive('gw/door/here', 'offline');
  expect(judged('valve')).toEqual({ kind: 'so', value: 'offline', detail: NO });
  expect(judged('door')).toEqual({
    ...{ kind: 'so', value: 'offline', detail: 'it is offline: "offline" was said on gw/door/here' },
  });
  run.receive('gw/valve/here', 'yes');
  expect(judged('valve').kind).toBe('not-so');
});

test('what another process has heard of it is known, unless we have heard it ourselves', () => {
  const other = heard();
  other.receive('gw/valve/here', 'no');
  other.receive('gw/lamp/here', 'offline');
  const run = runHouse(gateway);
  run.connect();
  run.receive('gw/lamp/here', 'online');
  const { at } = run.state;
  run.dispatch({ type: 'past-heard', at, past: other.state, askedAt: at, isFirst: true });
  expect(goneItems(run.state)).toEqual(['valve']);
});

test('the cure of a command that nobody confirms names that its item is said to be gone', () => {
  const run = heard();
  run.receive('gw/lamp/here', 'offline');
  const { commandId } = run.request('lamp', 'off');
  run.acknowledge(commandId);
  run.pass(6_000);
  expect(run.verdict('lamp')).toMatchObject({
    kind: 'not-confirmed',
    cure: 'Look at its power and its network: it is offline: "offline" was said on gw/lamp/here',
  });
});
