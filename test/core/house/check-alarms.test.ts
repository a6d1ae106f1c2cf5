import { describe, expect, test } from 'vitest';
import { checkAlarms } from '../../../src/core/house/check-alarms.ts';
import { parseHouse } from '../../../src/core/house/parse.ts';
import type { AlarmConfig, HouseConfig } from '../../../src/core/house/schema.ts';
import { plainHouse } from '../../helpers/house/alarm-run.ts';

const house: HouseConfig = {
  ...plainHouse(),
  states: {
    mode: { label: 'Mode', topic: 'm', words: { auto: {}, E7: { level: 'critical' } } },
    text: { label: 'T', topic: 't' },
  },
  binaries: { door: { label: 'Door', topic: 'd', words: { on: 'open', off: 'closed' } } },
  events: { bell: { label: 'Bell', topic: 'b', only: ['ring'] }, tag: { label: 'Tag', topic: 'g' } },
  numbers: { target: { label: 'Target', command: 'c', feedback: 'f', unit: '°C', min: 5, max: 30 } },
  selects: { program: { label: 'Program', command: 'p', feedback: 'q', options: ['day', 'night'] } },
};

/** What is found of an alarm `own`, or of one with that id, with the path of the field that it is found at. */
function found(alarm: object, id = 'own'): readonly string[] {
  const paths: string[] = [];
  const config = { ...house, alarms: { [id]: alarm as AlarmConfig } };
  const issues = checkAlarms(config, path => {
    paths.push(path.join('.'));
    return { file: 'house.json', line: paths.length };
  });
  return issues.map(({ message, place, cure }) => `${paths[(place?.line ?? 0) - 1]}: ${message} | ${cure}`);
}

describe('an alarm that hometui has by itself', () => {
  test.each([
    ...['broker', 'acl', 'denial', 'login', 'heating-silent', 'flow-high', 'flow-too-high', 'temperature-too-low'],
    ...['flow-stale', 'mode-stale', 'door-stale', 'pump-elsewhere', 'target-elsewhere', 'program-elsewhere'],
  ])('%s is changed by its id', id => {
    expect(found({ off: true }, id)).toEqual([]);
    expect(found({ kind: 'built-in', onDelay: 5 }, id)).toEqual([]);
    expect(found({ kind: 'denial', label: 'L' }, id)).toEqual([
      `alarms.${id}.kind: alarms.${id}.kind is of an alarm that hometui has by itself | Leave kind out, or give it another id`,
    ]);
  });

  test('is no other id, and the nearest is offered', () => {
    const kinds = 'or give it a kind: limit, lasting, often, rate, compare, denial, login';
    expect(found({ off: true }, 'flow-hihg')).toEqual([
      `alarms.flow-hihg: alarms.flow-hihg names no alarm of this house, and has no kind | Did you mean flow-high? Else name one that there is, ${kinds}`,
    ]);
    // The flow of the article has no lower limit.
    expect(found({ off: true }, 'quite-something-else')[0]).toMatch(/ \| Name one that there is, or give it a kind/);
    expect(found({ off: true }, 'flow-low')).toHaveLength(1);
  });

  test('is also what is found of items with a role, and only of these', () => {
    expect(found({ off: true }, 'heat-short-cycling')).toHaveLength(1);
    const { sensors } = house;
    const flow = { ...sensors.flow, role: 'flow' } as HouseConfig['sensors'][string];
    const withRole = { ...house, sensors: { ...sensors, flow } };
    const ids = ['heat-short-cycling', 'heat-pump-idle-flow', 'flow-stuck', 'flow-hard-frost'];
    const alarms = Object.fromEntries([...ids, 'return-stuck'].map(id => [id, { off: true }]));
    const issues = checkAlarms({ ...withRole, alarms }, () => ({ file: 'f' }));
    expect(issues.map(({ message }) => message)).toEqual([
      expect.stringContaining('alarms.return-stuck names no alarm'),
    ]);
  });
});

describe('an alarm of its own', () => {
  const label = 'L';
  test.each([
    { kind: 'limit', of: 'flow', above: 60 },
    { kind: 'limit', of: 'spread', below: 3 },
    { kind: 'limit', of: 'target', above: 25 },
    { kind: 'compare', of: 'flow', above: 'return' },
    { kind: 'compare', of: 'temperature', below: 'dewPoint', by: 3 },
    { kind: 'compare', of: 'temperature', above: 'target' },
    { kind: 'rate', of: 'flow', rises: 20, within: 60 },
    { kind: 'rate', of: 'flow', falls: 20, within: 60 },
    { kind: 'lasting', of: 'pump', is: 'on', for: 60 },
    { kind: 'lasting', of: 'door', is: 'off', for: 60 },
    { kind: 'lasting', of: 'program', is: 'night', for: 60 },
    { kind: 'lasting', of: 'mode', is: 'E7', for: 60 },
    { kind: 'lasting', of: 'text', is: 'whatever', for: 60 },
    { kind: 'lasting', of: 'target', is: '21', for: 60 },
    { kind: 'often', of: 'bell', times: 3 },
    { kind: 'often', of: 'bell', is: 'ring', times: 3 },
    { kind: 'often', of: 'tag', is: '4711', times: 3 },
    { kind: 'often', of: 'burner', is: 'on', times: 3 },
    { kind: 'denial', topic: 'heating/pump' },
    { kind: 'login', user: 'heating' },
  ])('is right as %o', alarm => {
    expect(found({ label, ...alarm })).toEqual([]);
  });

  test.each([
    [
      { kind: 'limit', of: 'pump', above: 1 },
      'of: names "pump", which is no value of this house | Known are: flow, return, temperature, humidity, target, spread, dewPoint',
    ],
    [{ kind: 'limit', of: 'flow' }, ': needs above or below, and has neither | Give it one of the two'],
    [
      { kind: 'limit', of: 'flow', above: 1, below: 0 },
      ': needs above or below, and has both | Give it one of the two',
    ],
    [{ kind: 'rate', of: 'flow', within: 5 }, ': has neither rises nor falls | Say by how much the value may change'],
    [
      { kind: 'rate', of: 'x', rises: 1, within: 5 },
      'of: names "x", which is no value of this house | Known are: flow, return, temperature, humidity, target, spread, dewPoint',
    ],
    [{ kind: 'compare', of: 'flow' }, ': needs above or below, and has neither | Give it one of the two'],
    [
      { kind: 'compare', of: 'flow', above: 'y' },
      'above: names "y", which is no value of this house | Known are: flow, return, temperature, humidity, target, spread, dewPoint',
    ],
    [{ kind: 'compare', of: 'flow', above: 'humidity' }, 'above: compares °C with % | Name two values with one unit'],
    [{ kind: 'compare', of: 'spread', below: 'humidity' }, 'below: compares K with % | Name two values with one unit'],
    [
      { kind: 'lasting', of: 'bell', is: 'ring', for: 5 },
      'of: names "bell", which is nothing that stands somewhere or says something | Known are: pump, burner, fan, door, program, target, mode, text',
    ],
    [{ kind: 'lasting', of: 'pump', is: 'an', for: 5 }, 'is: is "an", which pump never is | It is one of: on, off'],
    [
      { kind: 'lasting', of: 'mode', is: 'manual', for: 5 },
      'is: is "manual", which mode never is | It is one of: auto, E7',
    ],
    [
      { kind: 'often', of: 'flow', times: 5 },
      'of: names "flow", which is nothing that stands somewhere or says something | Known are: pump, burner, fan, door, program, target, mode, text, bell, tag',
    ],
    [{ kind: 'often', of: 'bell', is: 'knock', times: 5 }, 'is: is "knock", which bell never is | It is one of: ring'],
  ])('is wrong as %o', (alarm, expected) => {
    const [field = '', text] = expected.split(/: (.*)/s);
    const path = field === '' ? 'alarms.own' : `alarms.own.${field}`;
    expect(found({ label, ...alarm })).toEqual([`${path}: ${path} ${text}`]);
  });
});

test('a house file is told what is wrong with its alarms, by line and field', () => {
  const withAlarms = (alarms: string): string =>
    `{"version":2,"name":"H","sensors":{"t":{"label":"T","topic":"t","unit":"°C","warning":{"high":5}}},\n"alarms":${alarms},\n"panels":[{"label":"P","items":["t"]}]}`;
  const errorsOf = (alarms: string): readonly string[] => {
    const read = parseHouse(withAlarms(alarms), 'h.json');
    return read.ok ? [] : read.error.map(({ place, message }) => `${place?.line}: ${message}`);
  };
  expect(errorsOf('{"t-high":{"off":true},"own":{"kind":"limit","label":"L","of":"t","above":3}}')).toEqual([]);
  expect(errorsOf('{"own":{"kind":"limit","label":"L","of":"u","above":3}}')).toEqual([
    '2: alarms.own.of names "u", which is no value of this house',
  ]);
  expect(errorsOf('{"own":{"kind":"limit","of":"t","above":3}}')).toEqual(['2: alarms.own.label is missing']);
  expect(errorsOf('{"own":{"kind":"limit","label":"L","of":"t","over":3}}')).toEqual([
    '2: alarms.own.over is not a field of a house file',
  ]);
  expect(errorsOf('{"t-high":{"onDelay":-1}}')[0]).toMatch(/^2: alarms.t-high.onDelay must be >=0/);
});
