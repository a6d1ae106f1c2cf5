import { describe, expect, it } from 'vitest';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { plainHouse, runAlarms } from '../../../helpers/house/alarm-run.ts';
import { NOON } from '../../../helpers/house/house-run.ts';

const heating = { 'heating/flow': '54', 'heating/return': '41' };
const cellar = { 'cellar/temperature': '14', 'cellar/humidity': '70' };
const HOUR = 3_600_000;

function live(config: HouseConfig = plainHouse()) {
  const run = runAlarms(config);
  run.connect();
  run.speak(60_000, { ...heating, ...cellar });
  expect(run.news()).toEqual([]);
  return run;
}

describe('a client that falls silent', () => {
  it('is one alarm, half a minute after it is stale, and over a minute after it is back', () => {
    const run = live();
    // Last heard at 55 s; stale after three cadences of 5 s, at 70 s.
    run.speak(39_000, cellar);
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised heating-silent']);
    expect(run.alarm('heating-silent')).toMatchObject({
      ...{ label: 'heating is silent', value: 'stale', priority: 'warning', about: ['heating'] },
      ...{ detail: 'silent for 45 s, its cadence is 5.0 s', raisedAt: NOON + 100_000 },
    });
    run.speak(600_000, cellar);
    expect(run.news()).toEqual([]);
    expect(run.state.alarms?.unwatched).toEqual(
      [
        { why: 'Flow is stale', ids: ['flow-high', 'flow-too-high'] },
        { why: 'heating is stale', ids: ['flow-stale', 'return-stale'] },
        { why: 'Return is stale', ids: ['return-high', 'return-too-high'] },
        { why: 'pump was not heard since the link came', ids: [] },
      ].filter(({ ids }) => ids.length > 0),
    );
    run.speak(59_000, { ...heating, ...cellar });
    expect(run.news()).toEqual([]);
    run.speak(1_000, { ...heating, ...cellar });
    expect(run.news()).toEqual(['returned heating-silent']);
    expect(run.state.alarms?.unwatched).toEqual([]);
  });

  it('is none where it is back within half a minute', () => {
    const run = live();
    run.speak(30_000, cellar);
    run.speak(120_000, { ...heating, ...cellar });
    expect(run.changes).toEqual([]);
  });

  it('is one by its will too, whose retained word counts', () => {
    const { clients, ...house } = plainHouse();
    const availability = { topic: 'heating/lwt' };
    const run = live({ ...house, clients: { ...clients, heating: { publishes: ['flow', 'return'], availability } } });
    run.receive('heating/lwt', 'offline', { retained: true });
    run.speak(29_000, cellar);
    expect(run.news()).toEqual([]);
    run.speak(1_000, cellar);
    expect(run.news()).toEqual(['raised heating-silent']);
    expect(run.alarm('heating-silent')).toMatchObject({
      value: 'offline',
      detail: expect.stringContaining('"offline"'),
    });
  });

  it('that was never heard is one after an hour, or after three times what the house file says', () => {
    const run = runAlarms();
    run.connect();
    run.speak(HOUR - 1_000, cellar);
    expect(run.news()).toEqual([]);
    run.speak(31_000, cellar);
    expect(run.news()).toEqual(['raised heating-silent']);
    const { sensors, ...house } = plainHouse();
    const flow = { ...sensors.flow, every: 60 } as HouseConfig['sensors'][string];
    const told = runAlarms({ ...house, sensors: { ...sensors, flow } });
    told.connect();
    told.speak(209_000, cellar);
    expect(told.news()).toEqual([]);
    told.speak(1_000, cellar);
    expect(told.news()).toEqual(['raised heating-silent']);
    expect(told.alarm('heating-silent')).toMatchObject({ value: 'never heard' });
  });

  it('is none after a lost link, where it is silent by our own absence', () => {
    const run = live();
    run.disconnect();
    run.pass(20_000);
    run.connect();
    run.pass(14_000);
    run.speak(60_000, { ...heating, ...cellar });
    expect(run.changes).toEqual([]);
  });
});

describe('one value that is silent while its client speaks', () => {
  it('is one alarm, and its client none', () => {
    const run = live();
    run.speak(39_000, { 'heating/flow': '54', ...cellar });
    expect(run.news()).toEqual([]);
    run.speak(1_000, { 'heating/flow': '54', ...cellar });
    expect(run.news()).toEqual(['raised return-stale']);
    expect(run.alarm('return-stale')).toMatchObject({ value: 'stale', about: ['return'] });
    run.speak(61_000, { ...heating, ...cellar });
    expect(run.news()).toEqual(['returned return-stale']);
  });

  it('is one where it cannot be read, and not its last good value', () => {
    const run = live();
    run.speak(20_000, { ...heating, 'heating/flow': '84', ...cellar });
    run.speak(29_000, { ...heating, 'heating/flow': 'err', ...cellar });
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised flow-stale']);
    expect(run.alarm('flow-stale')).toMatchObject({ value: 'unreadable', detail: expect.stringContaining('"err"') });
  });

  it('stays one where its client falls silent too, which is another', () => {
    const run = live();
    run.speak(60_000, { 'heating/flow': '54', ...cellar });
    run.speak(60_000, cellar);
    expect(run.news()).toEqual(['raised return-stale', 'raised heating-silent']);
    expect(run.alarm('return-stale')).toMatchObject({ phase: 'active', unwatched: 'heating is stale' });
    // The client is back with the one value: the other one stays silent.
    run.speak(120_000, { 'heating/flow': '54', ...cellar });
    expect(run.news()).toEqual(['returned heating-silent']);
    expect(run.alarm('return-stale')).toMatchObject({ phase: 'active', unwatched: null });
  });

  it('is none of a sensor that speaks when it likes', () => {
    const { sensors, ...house } = plainHouse();
    const flow = { ...sensors.flow, retained: true } as HouseConfig['sensors'][string];
    const run = live({ ...house, sensors: { ...sensors, flow } });
    run.speak(2 * HOUR, { 'heating/return': '41', ...cellar });
    expect(run.changes).toEqual([]);
  });

  it('of a word is one where the house file says how long it may be silent', () => {
    const states = { mode: { label: 'Mode', topic: 'mode', expireAfter: 60 } };
    const run = live({ ...plainHouse(), states });
    run.receive('mode', 'auto');
    run.speak(89_000, { ...heating, ...cellar });
    expect(run.news()).toEqual([]);
    run.speak(1_000, { ...heating, ...cellar });
    expect(run.news()).toEqual(['raised mode-stale']);
  });
});
