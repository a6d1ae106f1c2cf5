import { describe, expect, test } from 'vitest';
import { checkHouse } from '../../../src/core/house/check.ts';
import type { HouseConfig, SensorConfig, SwitchConfig } from '../../../src/core/house/schema.ts';
import { articleHouse } from '../../helpers/house/house-run.ts';

/** What is found of a house, with the path of the field that it is found at. */
function found(change: Partial<HouseConfig>): readonly string[] {
  const paths: string[] = [];
  const issues = checkHouse({ ...articleHouse(), ...change }, path => {
    paths.push(path.join('.'));
    return { file: 'house.json', line: paths.length };
  });
  return issues.map(({ message, place }) => `${paths[(place?.line ?? 0) - 1]}: ${message}`);
}

function withFlow(change: Partial<SensorConfig>): readonly string[] {
  const { sensors } = articleHouse();
  return found({ sensors: { ...sensors, flow: { ...sensors.flow, ...change } as SensorConfig } });
}

function withPump(change: Partial<SwitchConfig>): readonly string[] {
  const { switches } = articleHouse();
  return found({ switches: { ...switches, pump: { ...switches.pump, ...change } as SwitchConfig } });
}

describe('a scale and limits', () => {
  test.each([
    [20, 20.1, []],
    [20, 20, ['sensors.flow.range: sensors.flow.range runs from 20 to 20']],
    [20, 19.9, ['sensors.flow.range: sensors.flow.range runs from 20 to 19.9']],
  ])('a scale from %d to %d', (min, max, expected) => {
    expect(withFlow({ range: { min, max } })).toEqual(expected);
  });

  test.each(['warning', 'critical'] as const)('a low %s is below the high one', level => {
    const crossed = [`sensors.flow.${level}: sensors.flow.${level} has its low limit above its high one`];
    expect(withFlow({ [level]: { low: 5, high: 5.1 } })).toEqual([]);
    expect(withFlow({ [level]: { low: 5, high: 5 } })).toEqual(crossed);
    expect(withFlow({ [level]: { low: 5, high: 4 } })).toEqual(crossed);
    expect(withFlow({ [level]: { low: 5 } })).toEqual([]);
    expect(withFlow({ [level]: { high: 5 } })).toEqual([]);
    expect(withFlow({ [level]: {} })).toEqual([]);
  });
});

describe('topics, paths and words', () => {
  test('are looked at in each field that has one', () => {
    const { clients } = articleHouse();
    const heating = { publishes: ['flow'], availability: { topic: 'a/+', path: 'a.' } };
    expect(withFlow({ topic: '#', path: '.' })).toEqual([
      'sensors.flow.topic: sensors.flow.topic is no topic name: a topic name must not contain the wildcards + and #',
      'sensors.flow.path: sensors.flow.path is no path: it names no key',
    ]);
    expect(withPump({ command: '', feedback: '+', path: '.' })).toEqual([
      'switches.pump.command: switches.pump.command is no topic name: it must have at least one character',
      'switches.pump.feedback: switches.pump.feedback is no topic name: a topic name must not contain the wildcards + and #',
      'switches.pump.path: switches.pump.path is no path: it names no key',
    ]);
    expect(withFlow({ availability: { topic: '#' } })).toEqual([
      'sensors.flow.availability.topic: sensors.flow.availability.topic is no topic name: a topic name must not contain the wildcards + and #',
    ]);
    expect(withPump({ availabilities: { topics: [{ topic: 'a' }, { topic: 'b', path: '.' }] } })).toEqual([
      'switches.pump.availabilities.topics.1.path: switches.pump.availabilities.topics.1.path is no path: it names no key',
    ]);
    expect(found({ clients: { ...clients, heating } })).toEqual([
      'clients.heating.availability.topic: clients.heating.availability.topic is no topic name: a topic name must not contain the wildcards + and #',
      'clients.heating.availability.path: clients.heating.availability.path is no path: "." names no key: write keys and indexes joined by dots',
    ]);
  });

  test('an answer means one position, whatever its capitals, unless these count', () => {
    const answers = { on: ['Yes'], off: ['no', 'yes'] };
    expect(withPump({ answers })).toEqual([
      'switches.pump.answers.off.1: switches.pump.answers has "yes" for on and off',
    ]);
    expect(withPump({ answers: { ...answers, matchCase: true } })).toEqual([]);
    expect(withPump({ answers: { off: ['no'] } })).toEqual([]);
    expect(withPump({ answers: { on: ['no'] } })).toEqual([]);
  });
});

describe('references', () => {
  test('an id is one thing, and is served by one client', () => {
    const { sensors, switches, clients, panels } = articleHouse();
    const { flow } = sensors;
    if (flow === undefined) throw new Error('the house has no flow');
    expect(found({ sensors: { ...sensors, pump: flow } })).toEqual([
      'switches.pump: switches.pump has the same id as sensors.pump',
    ]);
    expect(found({ derived: {}, panels: [{ label: 'All', items: ['flow'] }], switches })).toEqual([]);
    expect(found({ clients: { ...clients, third: { publishes: ['flow', 'fan'] } } })).toEqual([
      'clients.third.publishes.0: "flow" is served by heating and by third',
      'clients.third.publishes.1: "fan" is served by dhtclient and by third',
    ]);
    expect(found({ panels: [...panels, { label: 'More', items: ['flow', 'spread', 'pump', 'heating'] }] })).toEqual([
      'panels.2.items.3: panels.2.items.3 names "heating", which is no item of this house',
    ]);
  });

  test('a derived value names sensors with units that it can be made of', () => {
    const { sensors } = articleHouse();
    const spread = { kind: 'difference', label: 'S', unit: 'K', minuend: 'flow', subtrahend: 'return' } as const;
    const dew = { kind: 'dew-point', label: 'D', temperature: 'temperature', humidity: 'humidity' } as const;
    const bare = { label: 'Bare', topic: 'bare', unit: '' };
    const panels = [{ label: 'All', items: ['flow'] }];
    const of = (derived: NonNullable<HouseConfig['derived']>) =>
      found({ derived, panels, sensors: { ...sensors, bare } });
    expect(of({ spread: { ...spread, minuend: 'bare', subtrahend: 'bare' } })).toEqual([]);
    expect(of({ spread: { ...spread, minuend: 'bare' } })).toEqual([
      'derived.spread.subtrahend: derived.spread is a difference of a number and °C',
    ]);
    expect(of({ spread: { ...spread, subtrahend: 'bare' } })).toEqual([
      'derived.spread.subtrahend: derived.spread is a difference of °C and a number',
    ]);
    expect(of({ spread: { ...spread, minuend: 'x', subtrahend: 'y' } })).toEqual([
      'derived.spread.minuend: derived.spread.minuend names "x", which is no sensor of this house',
      'derived.spread.subtrahend: derived.spread.subtrahend names "y", which is no sensor of this house',
    ]);
    expect(of({ dew: { ...dew, temperature: 'bare', humidity: 'flow' } })).toEqual([
      'derived.dew.temperature: derived.dew.temperature names "bare", which has no unit: a dew point is made of °C and %',
      'derived.dew.humidity: derived.dew.humidity names "flow", which is in °C: a dew point is made of °C and %',
    ]);
    expect(of({ dew: { ...dew, temperature: 'x', humidity: 'y' } })).toHaveLength(2);
  });
});

test('the picture of an event has a topic of its own', () => {
  const events = { bell: { label: 'Bell', topic: 'door/bell', snapshot: 'door/bell' } };
  expect(found({ events })).toEqual([
    'events.bell.snapshot: events.bell has one topic for what happens and for its picture',
  ]);
  expect(found({ events: { bell: { ...events.bell, snapshot: 'door/picture' } } })).toEqual([]);
  expect(found({ events: { bell: { ...events.bell, snapshot: 'door/+' } } })).toEqual([
    expect.stringContaining('events.bell.snapshot: events.bell.snapshot is no topic name'),
  ]);
});
