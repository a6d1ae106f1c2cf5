import { expect, test } from 'vitest';
import { builtInAlarms } from '../../../../src/core/alarms/definitions.ts';
import { houseAlarms } from '../../../../src/core/heating/definitions.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { builtInAlarmIds, limitAlarms } from '../../../../src/core/house/items/alarm-ids.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { articleHouse } from '../../../helpers/house/house-run.ts';
import { kindsHouse } from '../../../helpers/house/kinds-house.ts';

test('the limits of a sensor are up to four alarms, of which the milder knows the graver', () => {
  expect(limitAlarms('t', { warning: { low: 5, high: 80 }, critical: { low: 1, high: 90 } })).toEqual([
    { id: 't-high', side: 'high', limit: 80, priority: 'warning', graver: { id: 't-too-high', limit: 90 } },
    { id: 't-too-high', side: 'high', limit: 90, priority: 'alarm', graver: null },
    { id: 't-low', side: 'low', limit: 5, priority: 'warning', graver: { id: 't-too-low', limit: 1 } },
    { id: 't-too-low', side: 'low', limit: 1, priority: 'alarm', graver: null },
  ]);
  expect(limitAlarms('t', { warning: { high: 0 } })).toEqual([
    { id: 't-high', side: 'high', limit: 0, priority: 'warning', graver: null },
  ]);
  expect(limitAlarms('t', {})).toEqual([]);
});

test.each([
  ['article', articleHouse()],
  ['kinds', kindsHouse],
])('each alarm of the house %s has an id that its file may name', (_, config) => {
  const ids = builtInAlarms(createHouse(config)).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const known = builtInAlarmIds(config);
  expect(ids.filter(id => !known.includes(id))).toEqual([]);
});

test('so has each finding of a house with all roles', () => {
  const { sensors, switches, ...others } = articleHouse();
  const measured = (role: string, unit: string) => ({ label: role, topic: `more/${role}`, unit, role });
  const more = {
    room: measured('room', '°C'),
    wall: measured('wall', '°C'),
    outside: measured('outside', '°C'),
    wet: { ...measured('humidity', '%'), room: 'Out' },
  };
  const config = { ...others, switches, sensors: { ...sensors, ...more }, heating: { fuel: 'gas' } } as HouseConfig;
  const ids = houseAlarms(createHouse(config)).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['heat-short-cycling', 'flow-stuck', 'room-frost', 'heat-no-condensing']));
  const known = builtInAlarmIds(config);
  expect(ids.filter(id => !known.includes(id))).toEqual([]);
});

test('the house of the article has these', () => {
  expect(builtInAlarms(createHouse(articleHouse())).map(({ id }) => id)).toEqual([
    ...['broker', 'acl', 'denial', 'login', 'heating-silent', 'dhtclient-silent'],
    ...['flow-high', 'flow-too-high', 'flow-stale', 'return-high', 'return-too-high', 'return-stale'],
    ...['temperature-low', 'temperature-too-low', 'temperature-stale'],
    ...['humidity-high', 'humidity-too-high', 'humidity-stale'],
    ...['pump-elsewhere', 'burner-elsewhere', 'fan-elsewhere'],
  ]);
});
