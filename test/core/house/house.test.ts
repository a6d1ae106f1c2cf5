import { describe, expect, test } from 'vitest';
import {
  commandTopics,
  createHouse,
  labelOf,
  narrowHouse,
  partsOf,
  readTopics,
  userOfClient,
  withDerivedParts,
} from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';

/** One topic with two values, one command topic for two relays, a client of each kind. */
const config: HouseConfig = {
  name: 'Shed',
  sensors: {
    heat: { label: 'Heat', topic: 'shed/air', path: 'heat', unit: '°C' },
    damp: { label: 'Damp', topic: 'shed/air', path: 'damp', unit: '%' },
    soil: { label: 'Soil', topic: 'shed/soil', unit: '°C' },
  },
  derived: {
    dew: { kind: 'dew-point', label: 'Dew', temperature: 'heat', humidity: 'damp' },
    lead: { kind: 'difference', label: 'Lead', unit: 'K', minuend: 'soil', subtrahend: 'heat' },
  },
  switches: {
    fan: { label: 'Fan', command: 'shed/set', feedback: 'shed/fan/done', on: 'fan on', off: 'fan off', key: 'f' },
    lamp: { label: 'Lamp', command: 'shed/set', feedback: 'shed/lamp/done', on: 'lamp on', off: 'lamp off', key: 'l' },
  },
  clients: {
    board: { publishes: ['heat', 'damp', 'fan'], user: 'esp', label: 'Board', availability: { topic: 'shed/board' } },
    probe: { publishes: ['soil'] },
  },
  panels: [{ label: 'Shed', items: ['heat', 'damp', 'soil', 'dew', 'lead', 'fan', 'lamp'] }],
};
const house = createHouse(config);

describe('a house made ready for use', () => {
  test('knows of each topic what it means, be it several things', () => {
    expect(Object.fromEntries(house.routes)).toEqual({
      'shed/air': [
        { kind: 'sensor', id: 'heat' },
        { kind: 'sensor', id: 'damp' },
      ],
      'shed/soil': [{ kind: 'sensor', id: 'soil' }],
      'shed/fan/done': [{ kind: 'feedback', id: 'fan' }],
      'shed/lamp/done': [{ kind: 'feedback', id: 'lamp' }],
      'shed/set': [
        { kind: 'command', id: 'fan' },
        { kind: 'command', id: 'lamp' },
      ],
      'shed/board': [{ kind: 'availability', id: 'board' }],
    });
  });

  test('knows of which items it is said alone whether they are there', () => {
    const { heat, soil } = config.sensors;
    if (heat === undefined || soil === undefined) throw new Error('they are gone');
    const sensors = {
      heat: { ...heat, availability: { topic: 'shed/heat/here' } },
      soil: { ...soil, availabilities: { topics: [{ topic: 'shed/board' }, { topic: 'shed/heat/here' }] } },
    };
    const apart = createHouse({ ...config, sensors, derived: {} });
    expect([...apart.saidApart.keys()]).toEqual(['heat', 'soil']);
    expect(apart.routes.get('shed/board')).toEqual([
      { kind: 'availability', id: 'board' },
      { kind: 'item-availability', id: 'soil' },
    ]);
    expect(apart.routes.get('shed/heat/here')).toEqual([
      { kind: 'item-availability', id: 'heat' },
      { kind: 'item-availability', id: 'soil' },
    ]);
    expect(readTopics(apart)).toContain('shed/heat/here');
    expect(house.saidApart.size).toBe(0);
    const narrow = narrowHouse(apart, new Set(['heat']));
    expect(narrow.config.sensors).toEqual({ heat });
    expect([...narrow.routes.keys()]).toEqual(['shed/air']);
  });

  test('knows which client serves what, and nobody for what no client publishes', () => {
    expect(Object.fromEntries(house.servedBy)).toEqual({ heat: 'board', damp: 'board', fan: 'board', soil: 'probe' });
  });

  test('has its parts by their ids, in the order of the file', () => {
    expect(Object.fromEntries(house.sensors)).toEqual(config.sensors);
    expect(Object.fromEntries(house.derived)).toEqual(config.derived);
    const kinds = Object.entries(config.switches).map(([id, item]) => [id, { ...item, kind: 'switch' }]);
    expect(Object.fromEntries(house.switches)).toEqual(Object.fromEntries(kinds));
    expect(Object.fromEntries(house.clients)).toEqual(config.clients);
    expect([...house.sensors.keys()]).toEqual(['heat', 'damp', 'soil']);
    const { derived, ...plain } = config;
    expect(createHouse(plain).derived.size).toBe(0);
  });

  test('reads all topics but those of commands, and commands each topic once', () => {
    expect(readTopics(house)).toEqual(['shed/air', 'shed/soil', 'shed/fan/done', 'shed/lamp/done', 'shed/board']);
    expect(commandTopics(house)).toEqual(['shed/set']);
  });

  test('reads a command topic that is a feedback topic too', () => {
    const { lamp } = config.switches;
    if (lamp === undefined) throw new Error('there is no lamp');
    const shared = createHouse({ ...config, switches: { lamp, other: { ...lamp, feedback: 'shed/set' } } });
    expect(readTopics(shared)).toContain('shed/set');
  });

  test('calls each thing by its label, and by its id where it has none', () => {
    const ids = ['heat', 'fan', 'dew', 'board', 'probe', 'stranger'];
    expect(ids.map(id => labelOf(house, id))).toEqual(['Heat', 'Fan', 'Dew', 'Board', 'probe', 'stranger']);
  });

  test('takes the id of a client for its user where the file names none', () => {
    expect(['board', 'probe', 'stranger'].map(id => userOfClient(house, id))).toEqual(['esp', 'probe', 'stranger']);
  });
});

describe('a derived value', () => {
  test('is made of two sensors, in the order in which they are put together', () => {
    expect([...house.derived.values()].map(partsOf)).toEqual([
      ['heat', 'damp'],
      ['soil', 'heat'],
    ]);
  });

  test('brings the sensors that it is made of, where it is named', () => {
    expect([...withDerivedParts(house, new Set(['lead', 'fan']))]).toEqual(['lead', 'fan', 'soil', 'heat']);
    expect([...withDerivedParts(house, new Set(['heat']))]).toEqual(['heat']);
  });
});

describe('a narrowed house', () => {
  test('has what was named and nothing else', () => {
    const narrow = narrowHouse(house, new Set(['damp', 'dew', 'lamp', 'board', 'stranger']));
    expect(narrow.config).toEqual({
      name: 'Shed',
      sensors: { damp: config.sensors.damp },
      derived: { dew: config.derived?.dew },
      switches: { lamp: config.switches.lamp },
      clients: {},
      panels: [],
    });
    expect([...narrow.routes.keys()]).toEqual(['shed/air', 'shed/lamp/done', 'shed/set']);
    expect(narrow.servedBy.size).toBe(0);
  });

  test('of a house without derived values has none', () => {
    const { derived, ...plain } = config;
    expect(narrowHouse(createHouse(plain), new Set(['heat'])).derived.size).toBe(0);
  });
});
