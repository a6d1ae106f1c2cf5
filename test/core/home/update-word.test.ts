import { describe, expect, test } from 'vitest';
import { say } from '../../../src/core/alarms/measured.ts';
import { freshnessOfClient, freshnessOfReading, freshnessOfWord, overallOf } from '../../../src/core/home/select.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { type HouseRun, runHouse } from '../../helpers/house/house-run.ts';
import { kindsHouse } from '../../helpers/house/kinds-house.ts';

function run(): HouseRun {
  const started = runHouse(kindsHouse);
  started.connect();
  return started;
}

const rowOf = ({ state }: HouseRun, id: string) => getRow(state.words, id);

describe('a binary and a state', () => {
  test('stand where they last said, and tell when they change', () => {
    const house = run();
    house.receive('door/contact', 'closed');
    expect(rowOf(house, 'door')).toMatchObject({ word: 'off', changedAt: null, isRetained: false });
    expect(freshnessOfWord(house.state, 'door')).toEqual({ freshness: 'live', reason: null, ageMs: 0 });
    house.pass(60_000);
    house.receive('door/contact', 'OPEN');
    expect(rowOf(house, 'door')).toMatchObject({ word: 'on', changedAt: house.state.at });
    house.receive('door/contact', 'open');
    expect(house.texts().slice(-2)).toEqual(['Front door: closed', 'Front door: open']);
  });

  test('are of unknown age in a retained message, which never beats what was heard', () => {
    const house = run();
    house.receive('heater/state', '1', { retained: true });
    expect(freshnessOfWord(house.state, 'heater')).toMatchObject({ freshness: 'retained', ageMs: null });
    house.receive('heater/state', '0');
    house.receive('heater/state', 'E7', { retained: true });
    expect(rowOf(house, 'heater')).toMatchObject({ word: '0', level: 'ok' });
  });

  test('with a level make the house as bad as that, and good again', () => {
    const house = run();
    house.receive('cellar/leak', 'wet');
    expect(overallOf(house.state, new Set(['leak']))).toEqual({ level: 'critical', reasons: ['Cellar floor is wet'] });
    expect(house.state.journal.at(-1)).toMatchObject({ level: 'critical', kind: 'item', text: 'Cellar floor: wet' });
    house.receive('cellar/leak', 'dry');
    expect(overallOf(house.state, new Set(['leak']))).toEqual({ level: 'ok', reasons: [] });
    expect(house.state.journal.at(-1)).toMatchObject({ level: 'good', text: 'Cellar floor: dry' });
    house.receive('heater/state', 'E8');
    expect(overallOf(house.state, new Set(['heater']))).toEqual({ level: 'warning', reasons: ['Heater is E8'] });
  });

  test('of any text are told when they cannot be read, and not at each change', () => {
    const house = run();
    house.receive('washer/program', 'cotton 40');
    house.receive('washer/program', 'spin');
    const before = house.texts().length;
    house.receive('washer/program', '');
    expect(house.texts().slice(before)).toEqual([
      'Program is unreadable: the payload is empty (washer/program); the last good word stays',
    ]);
    expect(freshnessOfWord(house.state, 'program').reason).toBe(
      'its last payload cannot be read: the payload is empty; the last known word stays',
    );
    house.receive('washer/program', 'done');
    expect(house.texts().at(-1)).toBe('Program is readable again');
  });

  test('are not of now after the link was gone, until they speak again', () => {
    const house = run();
    house.receive('door/contact', 'closed');
    house.pass(1_000);
    house.reconnect();
    expect(freshnessOfWord(house.state, 'door').freshness).toBe('waiting');
    house.receive('door/contact', 'closed');
    expect(freshnessOfWord(house.state, 'door').freshness).toBe('live');
  });
});

describe('an event and a counter', () => {
  test('are counted since we listen, and an event is told each time', () => {
    const house = run();
    const since = house.state.at;
    house.pass(3_000);
    house.receive('door/bell', 'single');
    house.receive('door/bell', 'double');
    house.receive('hall/motion', 'ON');
    house.receive('hall/motion', 'OFF');
    house.receive('hall/motion', 'ON');
    expect(rowOf(house, 'bell')).toMatchObject({ word: 'double', count: 2, countedSince: since });
    expect(rowOf(house, 'motion')).toMatchObject({ word: 'ON', count: 2 });
    expect(house.texts().slice(-2)).toEqual(['Door bell: ring', 'Door bell: double']);
  });

  test('are not new in a retained message', () => {
    const house = run();
    const before = house.texts().length;
    house.receive('door/bell', 'single', { retained: true });
    expect(rowOf(house, 'bell')).toMatchObject({ word: 'single', isRetained: true, count: 0 });
    expect(house.texts()).toHaveLength(before);
  });
});

describe('a client that speaks when it has something to say', () => {
  test('is there by its own word, and is not stale for its silence', () => {
    const house = run();
    expect(createHouse(kindsHouse).unpaced).toEqual(new Set(['hall', 'plug']));
    house.receive('door/online', 'online', { retained: true });
    expect(freshnessOfClient(house.state, 'hall')).toMatchObject({
      freshness: 'retained',
      reason: 'nothing was heard of it but its word; it last said "online" on door/online',
    });
    expect(overallOf(house.state, new Set(['hall'])).level).not.toBe('critical');
    house.receive('door/online', 'online');
    house.pass(3_600_000);
    expect(freshnessOfClient(house.state, 'hall').freshness).toBe('live');
    house.receive('door/online', 'offline');
    expect(freshnessOfClient(house.state, 'hall')).toMatchObject({ freshness: 'offline' });
  });

  test('has sensors that are of now as long as it is there, where the broker keeps their values', () => {
    const house = run();
    house.receive('plug/online', 'online');
    house.receive('plug/state', '{"1-0:16.7.0": 1234}');
    house.pass(86_400_000);
    expect(freshnessOfReading(house.state, 'power')).toMatchObject({ freshness: 'live', ageMs: 86_400_000 });
    house.receive('plug/online', 'offline');
    expect(freshnessOfReading(house.state, 'power').freshness).toBe('offline');
    const other = run();
    other.receive('plug/state', '{"1-0:16.7.0": 1234}', { retained: true });
    other.receive('plug/online', 'online', { retained: true });
    expect(freshnessOfReading(other.state, 'power').freshness).toBe('retained');
    expect(overallOf(other.state, new Set(['power', 'plug']))).toEqual({ level: 'ok', reasons: [] });
  });

  test.each([
    ['all', ['online', 'offline'], 'offline'],
    ['all', ['offline', 'online'], 'offline'],
    ['any', ['online', 'offline'], 'live'],
    ['any', ['offline', 'offline'], 'offline'],
    ['latest', ['online', 'offline'], 'offline'],
    ['latest', ['offline', 'online'], 'live'],
  ] as const)('of several topics it goes by %s: %j is %s', (mode, [first, second], expected) => {
    const topics = [{ topic: 'device/availability' }, { topic: 'bridge/state' }];
    const clients = { hall: { publishes: ['door', 'bell'], availabilities: { mode, topics } } };
    const house = runHouse({ ...kindsHouse, clients });
    house.connect();
    house.receive('device/availability', first);
    house.receive('bridge/state', second);
    expect(freshnessOfClient(house.state, 'hall').freshness).toBe(expected);
  });
});

describe('a binary that only says its first word', () => {
  const motion = { label: 'Hall', topic: 'hall/motion', words: { on: 'motion', off: 'quiet' }, offAfter: 90 };
  const why = 'presumed: it did not say motion for 90 s';

  function hall(change: object = {}, clients: HouseConfig['clients'] = {}): HouseRun {
    const binaries = { hall: { ...motion, ...change }, door: { ...motion, label: 'Door', topic: 'hall/door' } };
    const started = runHouse({ name: 'H', sensors: {}, switches: {}, binaries, clients, panels: [] });
    started.connect();
    return started;
  }

  test('is presumed to say the second one that long after, and called so', () => {
    const house = hall();
    house.receive('hall/motion', 'ON');
    const [heardAt, before] = [house.state.at, house.texts().length];
    house.pass(89_999);
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'on', isPresumed: false });
    expect(house.texts()).toHaveLength(before);
    house.pass(1);
    const changedAt = heardAt + 90_000;
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'off', isPresumed: true, receivedAt: heardAt, changedAt });
    expect(rowOf(house, 'door')).toMatchObject({ word: null, isPresumed: false });
    expect(freshnessOfWord(house.state, 'hall')).toEqual({ freshness: 'live', reason: why, ageMs: 90_000 });
    expect(house.texts().slice(before)).toEqual([`Hall: quiet (${why})`]);
    house.pass(600_000);
    expect(house.texts().slice(before)).toHaveLength(1);
    house.receive('hall/motion', 'ON');
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'on', isPresumed: false, changedAt: house.state.at });
    expect(house.texts().at(-1)).toBe('Hall: motion');
    expect(freshnessOfWord(house.state, 'hall').reason).toBeNull();
  });

  test('counts from the last time that it said the first', () => {
    const house = hall();
    house.receive('hall/motion', 'ON');
    house.pass(60_000);
    house.receive('hall/motion', 'ON');
    house.pass(89_000);
    expect(rowOf(house, 'hall')?.isPresumed).toBe(false);
    house.pass(1_000);
    expect(rowOf(house, 'hall')?.isPresumed).toBe(true);
  });

  test('is not where it said the second, a retained word, or something that cannot be read', () => {
    const house = hall();
    house.receive('hall/motion', 'ON', { retained: true });
    house.pass(100_000);
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'on', isRetained: true, isPresumed: false });
    house.receive('hall/motion', 'OFF');
    house.pass(100_000);
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'off', isPresumed: false });
    house.receive('hall/motion', 'ON');
    house.receive('hall/motion', '?');
    house.pass(100_000);
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'on', isPresumed: false });
  });

  test('is not where we did not listen all the time, or its device is gone', () => {
    const house = hall();
    house.receive('hall/motion', 'ON');
    house.pass(10_000);
    house.reconnect();
    house.pass(100_000);
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'on', isPresumed: false });
    const gone = hall({}, { box: { publishes: ['hall'], availability: { topic: 'box/online' } } });
    gone.receive('hall/motion', 'ON');
    gone.receive('box/online', 'offline');
    gone.pass(100_000);
    expect(rowOf(gone, 'hall')).toMatchObject({ word: 'on', isPresumed: false });
    gone.receive('box/online', 'online');
    gone.pass(1_000);
    expect(rowOf(gone, 'hall')).toMatchObject({ word: 'off', isPresumed: true });
  });

  test('was presumed, after the link was gone, and no retained word takes its place', () => {
    const house = hall();
    house.receive('hall/motion', 'ON');
    house.pass(90_000);
    house.receive('hall/motion', 'ON', { retained: true });
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'off', isPresumed: true });
    house.reconnect();
    expect(freshnessOfWord(house.state, 'hall')).toMatchObject({ freshness: 'waiting' });
    expect(rowOf(house, 'hall')).toMatchObject({ word: 'off', isPresumed: true });
  });

  test('is as bad as its word, and said to be presumed in the house’s own words', () => {
    const house = hall({ levels: { on: 'ok', off: 'warning' } });
    house.receive('hall/motion', 'ON');
    expect(overallOf(house.state, new Set(['hall'])).level).toBe('ok');
    house.pass(90_000);
    expect(overallOf(house.state, new Set(['hall']))).toEqual({
      level: 'warning',
      reasons: ['Hall is quiet, presumed'],
    });
    expect(say(house.state, 'hall')).toMatchObject({ kind: 'known', word: 'off', text: 'quiet, presumed' });
  });
});
