import { expect, test } from 'vitest';
import { parseHouse } from '../../../src/core/house/parse.ts';

const plain = {
  name: 'Home',
  sensors: { t: { label: 'T', topic: '~', path: 't', unit: '°C' } },
  binaries: { door: { label: 'Door', topic: '~/door', words: { on: 'open', off: 'closed' } } },
  switches: { lamp: { label: 'Lamp', command: '~/set', feedback: 'stat/~', on: 'ON', off: 'OFF' } },
  panels: [{ label: 'All', items: ['t', 'door', 'lamp'] }],
};

const parse = (house: object) => parseHouse(JSON.stringify(house), 'house.json');

test('~ stands for the base of the client that serves an item', () => {
  const client = {
    base: 'zigbee2mqtt/hall/lamp',
    publishes: ['t', 'door', 'lamp'],
    availabilities: { mode: 'all', topics: [{ topic: '~/availability' }, { topic: 'zigbee2mqtt/bridge/state' }] },
  };
  const parsed = parse({ ...plain, clients: { hall: client } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { sensors, binaries, switches, clients } = parsed.value;
  expect(sensors.t?.topic).toBe('zigbee2mqtt/hall/lamp');
  expect(binaries?.door?.topic).toBe('zigbee2mqtt/hall/lamp/door');
  expect([switches.lamp?.command, switches.lamp?.feedback]).toEqual([
    'zigbee2mqtt/hall/lamp/set',
    'stat/zigbee2mqtt/hall/lamp',
  ]);
  expect(clients.hall?.availabilities?.topics.map(({ topic }) => topic)).toEqual([
    'zigbee2mqtt/hall/lamp/availability',
    'zigbee2mqtt/bridge/state',
  ]);
});

test('~ stands for it too where it is said of an item alone whether it is there', () => {
  const door = { ...plain.binaries.door, availability: { topic: '~/door/here' } };
  const lamp = {
    ...plain.switches.lamp,
    availabilities: { mode: 'any', topics: [{ topic: '~' }, { topic: 'here/~' }] },
  };
  const house = { ...plain, binaries: { door }, switches: { lamp } };
  const parsed = parse({ ...house, clients: { hall: { base: 'hall', publishes: ['t', 'door', 'lamp'] } } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  expect(parsed.value.binaries?.door?.availability).toEqual({ topic: 'hall/door/here' });
  expect(parsed.value.switches.lamp?.availabilities).toEqual({
    ...{ mode: 'any', topics: [{ topic: 'hall' }, { topic: 'here/hall' }] },
  });
  const bare = parse({ version: 2, ...house, clients: { hall: { publishes: ['door'] } } });
  expect(bare.ok ? [] : bare.error.map(({ message }) => message)).toContain(
    'binaries.door.availability.topic is ~/door/here, and no client with a base serves it',
  );
});

test('without a base it is a character of a topic, as in version 1, and an error in version 2', () => {
  const clients = { hall: { publishes: ['t', 'door', 'lamp'] } };
  const parsed = parse({ ...plain, clients });
  expect(parsed.ok && parsed.value.sensors.t?.topic).toBe('~');
  const second = parse({ version: 2, ...plain, clients });
  expect(second.ok ? [] : second.error.map(({ message }) => message)).toEqual([
    'sensors.t.topic is ~, and no client with a base serves it',
    'binaries.door.topic is ~/door, and no client with a base serves it',
    'switches.lamp.command is ~/set, and no client with a base serves it',
    'switches.lamp.feedback is stat/~, and no client with a base serves it',
  ]);
});
