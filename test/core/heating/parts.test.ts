import { describe, expect, it } from 'vitest';
import { itemsOf, partnerOf } from '../../../src/core/heating/parts.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { heatedHouse, warmth } from '../../helpers/heating/heating-run.ts';

const house = (change: (config: HouseConfig) => HouseConfig = config => config) => createHouse(change(heatedHouse()));
const humidity = (topic: string, room?: string) =>
  ({ label: 'H', topic, unit: '%', role: 'humidity', ...(room === undefined ? {} : { room }) }) as const;

describe('the items of a role', () => {
  it('are those that can be what it says', () => {
    expect(itemsOf(house(), 'flow')).toEqual(['flow']);
    expect(itemsOf(house(), 'burner')).toEqual(['burner']);
    const odd = house(config => ({
      ...config,
      sensors: { ...config.sensors, bar: { ...warmth('flow'), unit: 'bar' }, watt: { ...warmth('pump'), unit: 'W' } },
      binaries: { flame: { label: 'Flame', topic: 'f', words: { on: 'burns', off: 'rests' }, role: 'burner' } },
      states: { word: { label: 'Word', topic: 'w', role: 'burner' } },
      switches: { ...config.switches, mute: { label: 'M', command: 'm', on: '1', off: '0', role: 'pump' } },
    }));
    expect(itemsOf(odd, 'flow')).toEqual(['flow']);
    expect(itemsOf(odd, 'pump')).toEqual(['pump']);
    expect(itemsOf(odd, 'burner')).toEqual(['burner', 'flame']);
  });
});

describe('the partner of an item', () => {
  it('is named with it by a dew point, serves the same client, or is alone', () => {
    expect(partnerOf(house(), 'temperature', 'humidity')).toBe('humidity');
    expect(partnerOf(house(), 'burner', 'flow')).toBe('flow');
    expect(partnerOf(house(), 'flow', 'wall')).toBeNull();
    const bare = house(config => ({ ...config, derived: {}, clients: {} }));
    expect(partnerOf(bare, 'temperature', 'humidity')).toBe('humidity');
  });

  it('is none where two may be meant', () => {
    const two = (rooms: readonly (string | undefined)[]) =>
      house(config => ({
        ...config,
        ...{ derived: {}, clients: {} },
        sensors: {
          ...config.sensors,
          humidity: humidity('a', rooms[0]),
          other: humidity('b', rooms[1]),
          temperature: { ...warmth('cellar'), ...(rooms[2] === undefined ? {} : { room: rooms[2] }) },
        },
      }));
    expect(partnerOf(two([undefined, undefined, undefined]), 'temperature', 'humidity')).toBeNull();
    expect(partnerOf(two(['Cellar', 'Attic', 'Attic']), 'temperature', 'humidity')).toBe('other');
    expect(partnerOf(two(['Cellar', 'Attic', 'Bath']), 'temperature', 'humidity')).toBeNull();
  });

  it('is none where one serves two: the humidity of one room tells nothing of another', () => {
    const rooms = house(config => ({
      ...config,
      ...{ derived: {}, clients: {} },
      sensors: { ...config.sensors, second: { ...warmth('cellar') } },
    }));
    expect(partnerOf(rooms, 'temperature', 'humidity')).toBeNull();
    const clients = house(config => ({
      ...config,
      derived: {},
      sensors: { ...config.sensors, second: { ...warmth('cellar') } },
      clients: { ...config.clients, far: { publishes: ['second'] } },
    }));
    expect(partnerOf(clients, 'temperature', 'humidity')).toBe('humidity');
    expect(partnerOf(clients, 'second', 'humidity')).toBeNull();
  });

  it('is none in another room', () => {
    const apart = house(config => ({
      ...config,
      derived: {},
      sensors: {
        ...config.sensors,
        humidity: humidity('a', 'Attic'),
        temperature: { ...warmth('cellar'), room: 'Cellar' },
      },
    }));
    expect(partnerOf(apart, 'temperature', 'humidity')).toBeNull();
  });
});
