import { describe, expect, it } from 'vitest';
import {
  countDiscovery,
  deviceLines,
  discoveryJson,
  discoveryText,
  proposalLines,
} from '../../../src/core/discover/discovery-text.ts';
import { deviceOf, type Found, type Proposal } from '../../../src/core/discover/proposal.ts';

const words = { on: '1', off: '0' };
const proposal = (found: Found, more: Partial<Proposal> = {}): Proposal => ({
  ...{ found, label: 'X', device: null, basis: 'stated', evidence: [], isExtra: false },
  ...more,
});
const one: Readonly<Record<Found['kind'], Found>> = {
  sensor: { kind: 'sensor', topic: 't', unit: '' },
  state: { kind: 'state', topic: 't' },
  binary: { kind: 'binary', topic: 't', payloads: words, words },
  switch: { kind: 'switch', command: 'c', payloads: words, answers: words },
  number: { kind: 'number', command: 'c', unit: '', min: 0, max: 1, step: 1 },
  select: { kind: 'select', command: 'c', options: [] },
  button: { kind: 'button', command: 'c', payload: 'x' },
  event: { kind: 'event', topic: 't' },
};
const hall = deviceOf({ key: 'h', label: 'Hall', evidence: ['it says so'] });

describe('how many', () => {
  const count = (...kinds: readonly Found['kind'][]) =>
    countDiscovery({ proposals: kinds.map(kind => proposal(one[kind])), devices: [] });

  it.each<[Found['kind'], string, string]>([
    ['sensor', '1 sensor', '2 sensors'],
    ['state', '1 state', '2 states'],
    ['binary', '1 two-state reading', '2 two-state readings'],
    ['switch', '1 switch', '2 switches'],
    ['number', '1 set-point', '2 set-points'],
    ['select', '1 selection', '2 selections'],
    ['button', '1 button', '2 buttons'],
    ['event', '1 event', '2 events'],
  ])('of the kind %s', (kind, single, several) => {
    expect(count(kind)).toBe(single);
    expect(count(kind, kind)).toBe(several);
  });

  it('of all, with the clients last', () => {
    const proposals = [proposal(one.switch), proposal(one.sensor), proposal(one.sensor)];
    expect(countDiscovery({ proposals, devices: [hall] })).toBe('2 sensors, 1 switch, 1 client');
    expect(countDiscovery({ proposals: [], devices: [hall, hall] })).toBe('2 clients');
    expect(count()).toBe('nothing');
  });
});

describe('one item', () => {
  const line = (given: Proposal) => proposalLines(given, 200)[0];

  it.each<[Found, string]>([
    [{ kind: 'sensor', topic: 'a/b', unit: '°C' }, '  X: sensor in °C, a/b (it describes itself)'],
    [{ kind: 'sensor', topic: 'a/b', unit: '', path: 't' }, '  X: sensor, a/b at t (it describes itself)'],
    [one.switch, '  X: switch, c, which never answers (it describes itself)'],
    [{ ...one.switch, feedback: 'f' } as Found, '  X: switch, c, answers on f (it describes itself)'],
    [one.button, '  X: button, c, which never answers (it describes itself)'],
    [one.binary, '  X: two-state reading, t (it describes itself)'],
    [
      { kind: 'binary', topic: 't', payloads: { on: 'ON', off: 'OFF' }, words: { on: 'wet', off: 'dry' }, offAfter: 9 },
      '  X: two-state reading, t, presumed dry after 9 s without wet (it describes itself)',
    ],
  ])('%o', (found, expected) => {
    expect(line(proposal(found))).toBe(expected);
  });

  it.each<[Partial<Proposal>, string]>([
    [{ basis: 'seen' }, '  X: state, t (seen)'],
    [{ basis: 'supposed' }, '  X: state, t (only supposed)'],
    [{ isExtra: true }, '  X: state, t (it describes itself, a setting or a value of the device itself)'],
  ])('with %o', (more, expected) => {
    expect(line(proposal(one.state, more))).toBe(expected);
  });

  it('has its evidence below it, and is broken where the window ends', () => {
    const given = proposal(one.state, { evidence: ['first', 'second and third and fourth'] });
    expect(proposalLines(given, 30)).toStrictEqual([
      ...['  X: state, t (it describes', '  itself)'],
      ...['      first', '      second and third and', '      fourth'],
    ]);
    for (const text of proposalLines(given, 5)) expect(text.trim().length).toBeLessThanOrEqual(20);
    expect(proposalLines(given, 5)[0]).toBe('  X: state, t (it');
  });
});

it('a device is a heading with what is known of it', () => {
  expect(deviceLines(hall, 80)).toStrictEqual(['Hall', '    it says so']);
  expect(deviceLines(deviceOf({ key: 'k', label: 'Long name', evidence: [] }), 5)).toStrictEqual(['Long…']);
  expect(deviceLines(null, 80)).toStrictEqual(['Of no device that is known']);
});

describe('all of it', () => {
  const mine = proposal(one.state, { device: 'h', label: 'Mine', evidence: ['seen by me'] });
  const nobodys = proposal(one.event, { label: 'Nobody’s' });

  it('is told by devices, then what was not taken', () => {
    const untaken = [
      ...['a', 'b', 'c', 'd', 'e'].map(topic => ({ topic, why: 'too long' })),
      ...[
        { topic: 'z', why: 'too short' },
        { topic: 'f', why: 'too long' },
      ],
    ];
    const silent = deviceOf({ key: 's', label: 'Silent', evidence: [] });
    expect(discoveryText({ proposals: [nobodys, mine], devices: [silent, hall], untaken }, 80)).toBe(
      [
        ...['', 'Hall', '    it says so', '  Mine: state, t (it describes itself)', '      seen by me'],
        ...['', 'Of no device that is known', '  Nobody’s: event, t (it describes itself)'],
        ...['', 'Seen, and no part of a house file', '  a, b, c, d, e and 1 more: too long', '  z: too short', ''],
      ].join('\n'),
    );
  });

  it('has no part of which there is nothing', () => {
    const untaken = ['a', 'b', 'c', 'd', 'e'].map(topic => ({ topic, why: 'w' }));
    expect(discoveryText({ proposals: [], devices: [], untaken: [] }, 80)).toBe('');
    expect(discoveryText({ proposals: [], devices: [hall], untaken }, 80)).toBe(
      '\nSeen, and no part of a house file\n  a, b, c, d, e: w\n',
    );
  });

  it('is one JSON document for a program', () => {
    const untaken = [{ topic: 'a', why: 'w' }];
    const text = discoveryJson({ proposals: [mine, nobodys], devices: [hall], untaken }, [mine], ['why not']);
    expect(JSON.parse(text)).toStrictEqual({
      schema: 1,
      items: [
        {
          label: 'Mine',
          basis: 'stated',
          device: 'h',
          extra: false,
          new: true,
          kind: 'state',
          topic: 't',
          evidence: ['seen by me'],
        },
        {
          label: 'Nobody’s',
          basis: 'stated',
          device: null,
          extra: false,
          new: false,
          kind: 'event',
          topic: 't',
          evidence: [],
        },
      ],
      devices: [hall],
      untaken,
      notKnown: ['why not'],
    });
    expect(text.endsWith('\n')).toBe(true);
  });
});
